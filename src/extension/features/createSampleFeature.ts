import * as vscode from 'vscode';
import { inBackground } from '../background.ts';
import { createSampleProject, sampleProjectFolder, type SampleFile } from '../../core/service/sampleProject.ts';
import { vscodeFiles } from '../vscodeFiles.ts';
import type { Services } from './services.ts';

/** "Create Sample Project": writes the sample into a workspace folder and opens a model of it. */
export async function createSample({ extensionUri, registry, workbench, made, reveal }: Services): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage('Modelyard writes nothing in a workspace that is not trusted.');
    return false;
  }
  const folder = await chooseFolder();
  if (folder === undefined) return false;
  const shipped = (...path: readonly string[]): Thenable<Uint8Array> =>
    vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, ...path));
  const index = JSON.parse(new TextDecoder().decode(await shipped('dist', 'sampleFiles.json'))) as SampleFile[];
  const options = { location: vscode.ProgressLocation.Notification, title: 'Creating the sample project' };
  const result = await vscode.window.withProgress(options, () =>
    createSampleProject(vscodeFiles(folder), index, async (from) => shipped(from)),
  );
  if (result.kind === 'occupied') {
    const [first, ...more] = result.files;
    const others = more.length > 0 ? ` and ${String(more.length)} more` : '';
    void vscode.window.showErrorMessage(
      `The sample was not written: ${first ?? ''}${others} is already in this folder. Open an empty folder for it.`,
    );
    return false;
  }
  await registry.refresh();
  await workbench.current();
  const project = registry.projectIn(vscode.Uri.joinPath(folder, sampleProjectFolder));
  // The raw rows are in the extension: nothing is lost when generated ones replace them.
  const inProject = result.files.map((file) => file.slice(sampleProjectFolder.length + 1));
  if (project !== undefined)
    await made.made(
      project,
      inProject.filter((file) => file.endsWith('.csv')),
    );
  const model = `${sampleProjectFolder}/models/core/daily_player_transactions.sql`;
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, model), { preview: false });
  await reveal();
  inBackground(offerNext());
  return true;
}

async function offerNext(): Promise<void> {
  const build = 'Build';
  const generate = 'Generate Sample Data';
  const message =
    'The sample project is ready, with a few raw rows in each table. Generate more, or build it as it is.';
  const answer = await vscode.window.showInformationMessage(message, generate, build);
  if (answer === generate) await vscode.commands.executeCommand('modelyard.generateSampleData');
  if (answer === build) await vscode.commands.executeCommand('modelyard.build');
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    const open = 'Open Folder';
    const message = 'Open a folder first: the sample project is written into it.';
    const answer = await vscode.window.showErrorMessage(message, open);
    if (answer === open) await vscode.commands.executeCommand('workbench.action.files.openFolder');
    return undefined;
  }
  if (folders.length === 1) return folders[0]?.uri;
  const picked = await vscode.window.showWorkspaceFolderPick({ placeHolder: 'Folder for the sample project' });
  return picked?.uri;
}
