import * as vscode from 'vscode';
import { ModelyardProject } from '../core/service/modelyardProject.ts';
import { Disposable } from './disposable.ts';
import type { ExtensionHost } from './extensionHost.ts';
import { vscodeFiles } from './vscodeFiles.ts';

const readDelayMs = 250;

/** A dbt project of the workspace: its service, and word of every change to what it reads. */
export class OpenProject extends Disposable {
  readonly folder: vscode.Uri;
  readonly service: ModelyardProject;
  readonly #changed = this._register(new vscode.EventEmitter<ReadonlySet<string>>());
  /** Fires a moment after files of the project were changed on disk or in the editor, with their paths. */
  readonly onDidChange = this.#changed.event;
  #changedPaths = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(folder: vscode.Uri, extensionUri: vscode.Uri, host: ExtensionHost) {
    super();
    this.folder = folder;
    this.service = new ModelyardProject(
      {
        files: vscodeFiles(folder),
        engine: host.startEngine(extensionUri),
        clock: { now: () => performance.timeOrigin + performance.now() },
        environmentVariable: (name) => host.environmentVariable(name),
        newId: () => crypto.randomUUID(),
        profiles: async () => ((await this.#hasOwnProfiles()) ? undefined : host.homeProfiles()),
      },
      { targetName: undefined, vars: {} },
    );
    this._register({ dispose: () => void this.service.close() });
    this._register({ dispose: () => clearTimeout(this.#timer) });
    this.#watch();
  }

  /** Path of a file from the project's folder; undefined for a file outside of it. */
  pathOf(uri: vscode.Uri): string | undefined {
    const root = this.folder.path.replace(/\/$/, '');
    const isInside = uri.scheme === this.folder.scheme && uri.authority === this.folder.authority;
    return isInside && uri.path.startsWith(`${root}/`) ? uri.path.slice(root.length + 1) : undefined;
  }

  /** The file that a diagnostic or location names. */
  uriOf(file: string): vscode.Uri {
    return file.startsWith('/') || /^[A-Za-z]:[\\/]/.test(file)
      ? vscode.Uri.file(file)
      : vscode.Uri.joinPath(this.folder, file);
  }

  #watch(): void {
    const pattern = new vscode.RelativePattern(this.folder, '**/*.{sql,yml,yaml,csv,md}');
    const watcher = this._register(vscode.workspace.createFileSystemWatcher(pattern));
    const heard = (uri: vscode.Uri): void => {
      const path = this.pathOf(uri);
      if (path !== undefined && !path.startsWith('target/')) this.#readSoon(path);
    };
    this._register(watcher.onDidChange(heard));
    this._register(watcher.onDidCreate(heard));
    this._register(watcher.onDidDelete(heard));
    // The disk's watcher may be late, and misses what comes into folders that were made a moment ago: what is done in
    // the editor is heard from the editor.
    const { workspace } = vscode;
    const unsaved = new Set<string>();
    this._register(
      workspace.onDidSaveTextDocument(({ uri }) => {
        unsaved.delete(uri.toString());
        heard(uri);
      }),
    );
    // Changes that are thrown away with their editor: the file is again what it was.
    this._register(
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (unsaved.delete(uri.toString())) heard(uri);
      }),
    );
    this._register(workspace.onDidCreateFiles(({ files }) => files.forEach(heard)));
    this._register(workspace.onDidDeleteFiles(({ files }) => files.forEach(heard)));
    this._register(
      workspace.onDidRenameFiles(({ files }) => files.flatMap((one) => [one.oldUri, one.newUri]).forEach(heard)),
    );
    this._register(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || !/\.(sql|ya?ml|md)$/.test(document.uri.path)) return;
        unsaved.add(document.uri.toString());
        heard(document.uri);
      }),
    );
  }

  #readSoon(path: string): void {
    this.service.changed([path]);
    this.#changedPaths.add(path);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const paths = this.#changedPaths;
      this.#changedPaths = new Set();
      this.#changed.fire(paths);
    }, readDelayMs);
  }

  async #hasOwnProfiles(): Promise<boolean> {
    try {
      await vscode.workspace.fs.stat(this.uriOf('profiles.yml'));
      return true;
    } catch {
      return false;
    }
  }
}
