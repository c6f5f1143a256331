import * as vscode from 'vscode';
import { rejectLine, rejectsHead } from '../../core/quality/cleanedFile.ts';
import { changedTables, previewCleaned, type CleaningPlan } from '../../core/service/cleanProject.ts';
import { Disposable } from '../disposable.ts';
import type { OpenProject } from '../openProject.ts';

const scheme = 'modelyard-cleaned';
const title = 'Clean Data: what would change';

/** Files with more bytes than this are not compared in an editor. */
const largestShown = 5 * 1024 * 1024;

/** Shows in diff editors what cleaning would write, before anything is written. */
export class CleanDiff extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #changed = this._register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor() {
    super();
    this._register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this._register(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) this.#texts.delete(uri.toString());
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Opens the changed files beside their cleaned texts, and the rejects with their reasons; those that are not too large. */
  async show(project: OpenProject, plan: CleaningPlan): Promise<void> {
    const rejects: Uint8Array[] = [rejectsHead];
    const changes: [vscode.Uri, vscode.Uri | undefined, vscode.Uri][] = [];
    for (const repairs of changedTables(plan)) {
      const raw = project.uriOf(repairs.table.file);
      if ((await vscode.workspace.fs.stat(raw)).size > largestShown) continue;
      const preview = await previewCleaned(project.service, repairs);
      if (preview === undefined) continue;
      rejects.push(...preview.repaired.map((record) => rejectLine(repairs, record)));
      changes.push([raw, raw, this.#put(raw, preview.bytes)]);
    }
    if (changes.length === 0) return;
    if (rejects.length > 1) {
      const uri = this.#put(project.uriOf('rejects.csv'), rejects);
      changes.push([uri, undefined, uri]);
    }
    await vscode.commands.executeCommand('vscode.changes', title, changes);
  }

  /** Closes the diff: what it compared is decided. */
  async close(): Promise<void> {
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter(({ label }) => label.startsWith(title)));
  }

  /** Under the path of the file that the text is of: then the diff does not take it for a file that was renamed. */
  #put(file: vscode.Uri, bytes: readonly Uint8Array[]): vscode.Uri {
    const uri = file.with({ scheme });
    const decoder = new TextDecoder();
    const text = bytes.map((piece) => decoder.decode(piece, { stream: true })).join('') + decoder.decode();
    this.#texts.set(uri.toString(), text);
    this.#changed.fire(uri);
    return uri;
  }
}
