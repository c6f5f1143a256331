import * as vscode from 'vscode';
import { formatDiagnostic } from '../../core/diagnostics/diagnostic.ts';
import { compileOne } from '../../core/service/compileNodes.ts';
import { nodeOfFile } from '../../core/service/previewRows.ts';
import { Disposable } from '../disposable.ts';
import type { Services } from './services.ts';

const scheme = 'modelyard-compiled';

/** "Show Compiled SQL": a read-only document beside the model that follows its changes. */
export class CompiledSqlFeature extends Disposable implements vscode.TextDocumentContentProvider {
  readonly #services: Services;
  readonly #changed = this._register(new vscode.EventEmitter<vscode.Uri>());
  readonly onDidChange = this.#changed.event;

  constructor(services: Services) {
    super();
    this.#services = services;
    this._register(vscode.workspace.registerTextDocumentContentProvider(scheme, this));
    this._register(
      services.workbench.onDidChange(() => {
        const shown = vscode.workspace.textDocuments.filter((document) => document.uri.scheme === scheme);
        for (const { uri } of shown) this.#changed.fire(uri);
      }),
    );
  }

  /** Opens the compiled SQL of a model beside it. */
  async show(uri: vscode.Uri | undefined): Promise<void> {
    const target = uri ?? vscode.window.activeTextEditor?.document.uri;
    const project = target === undefined ? undefined : this.#services.registry.projectOf(target);
    const path = target === undefined ? undefined : project?.pathOf(target);
    if (project === undefined || path === undefined) {
      void vscode.window.showInformationMessage('Open a model (a .sql file of a dbt project) to see its compiled SQL.');
      return;
    }
    const compiled = vscode.Uri.from({ scheme, path: `/${path}`, query: project.folder.toString() });
    const document = await vscode.workspace.openTextDocument(compiled);
    await vscode.languages.setTextDocumentLanguage(document, 'sql');
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true });
  }

  async provideTextDocumentContent(uri: vscode.Uri): Promise<string> {
    const project = this.#services.registry.projectIn(vscode.Uri.parse(uri.query));
    const manifest = (await project?.service.read())?.manifest;
    const node = manifest === undefined ? undefined : nodeOfFile(manifest, uri.path.slice(1));
    if (project === undefined || manifest === undefined || node === undefined)
      return '-- This file is not a model of the project.';
    const { value, diagnostics } = await compileOne(project.service, manifest, node);
    return value?.code ?? diagnostics.map((one) => `-- ${formatDiagnostic(one)}`).join('\n');
  }
}
