import * as vscode from 'vscode';
import { nodeOfFile, type Preview } from '../../core/service/previewRows.ts';
import type { Services } from './services.ts';

/** "Preview": the rows of the model in the editor, or of the SQL that is selected in it. */
export async function previewActive(services: Services, uri?: vscode.Uri): Promise<Preview | undefined> {
  const { registry, workbench, results } = services;
  const editor = vscode.window.activeTextEditor;
  const target = uri ?? editor?.document.uri;
  const path = target === undefined ? undefined : registry.projectOf(target)?.pathOf(target);
  if (target === undefined || path === undefined || !vscode.workspace.isTrusted) {
    const message = vscode.workspace.isTrusted
      ? 'Open a model (a .sql file of a dbt project) to preview it.'
      : 'Modelyard runs nothing in a workspace that is not trusted.';
    void vscode.window.showInformationMessage(message);
    return undefined;
  }
  registry.activate(registry.projectOf(target));
  await services.reveal();
  const isActive = editor?.document.uri.toString() === target.toString();
  if (isActive && !editor.selection.isEmpty) {
    const text = editor.document.getText(editor.selection);
    const { line, character } = editor.selection.start;
    return results.preview({
      title: 'Selected SQL',
      subject: { kind: 'sql', text, file: path, start: { line, character } },
    });
  }
  const manifest = (await workbench.current())?.read.manifest;
  const node = manifest === undefined ? undefined : nodeOfFile(manifest, path);
  if (node !== undefined) {
    workbench.select(node.resourceType === 'model' ? node.uniqueId : undefined);
    return results.preview({ title: node.name, subject: { kind: 'node', id: node.uniqueId } });
  }
  const text = (await vscode.workspace.openTextDocument(target)).getText();
  const title = path.slice(path.lastIndexOf('/') + 1);
  return results.preview({ title, subject: { kind: 'sql', text, file: path, start: { line: 0, character: 0 } } });
}
