import * as vscode from 'vscode';
import { nodeOfFile } from '../../core/service/previewRows.ts';
import { Disposable } from '../disposable.ts';
import type { Services } from './services.ts';

/** "Run | Test | Preview | Compiled" above the first line of a model. */
export class ModelLenses extends Disposable implements vscode.CodeLensProvider {
  readonly #services: Services;
  readonly #changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(services: Services) {
    super();
    this.#services = services;
    const languages = ['sql', 'jinja-sql'].map((language) => ({ language }));
    this._register(vscode.languages.registerCodeLensProvider(languages, this));
    this._register(services.workbench.onDidChange(() => this.#changed.fire()));
  }

  provideCodeLenses({ uri }: vscode.TextDocument): vscode.CodeLens[] {
    const { registry, workbench } = this.#services;
    const path = registry.projectOf(uri)?.pathOf(uri);
    const node =
      path === undefined || workbench.manifest === undefined ? undefined : nodeOfFile(workbench.manifest, path);
    if (node === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, command: string): vscode.CodeLens =>
      new vscode.CodeLens(top, { title, command: `modelyard.${command}`, arguments: [uri] });
    const run = node.resourceType === 'model' ? [lens('Run', 'runModel')] : [];
    return [...run, lens('Test', 'testModel'), lens('Preview', 'preview'), lens('Compiled', 'showCompiledSql')];
  }
}
