import * as vscode from 'vscode';
import type { RunSummary } from '../../../src/extension/features/runFeature.ts';
import { checkEqual } from './check.ts';
import { diagnosticsWhen, projectFile } from './workspace.ts';

const model = 'models/core/in_host.sql';

const good = `select *
from {{ ref('daily_player_transactions') }}
`;

/** Of the sample that the suite before this one has built. */
suite('diagnostics', () => {
  test('a model that is made in the editor is there at once', async () => {
    const edit = new vscode.WorkspaceEdit();
    edit.createFile(projectFile(model), { contents: new TextEncoder().encode(good) });
    await vscode.workspace.applyEdit(edit);
    checkEqual((await vscode.commands.executeCommand<RunSummary>('modelyard.build', ['in_host'])).counts['success'], 1);
  });

  test('an unknown ref in text that is not saved has its place, and goes with the fault', async () => {
    const document = await vscode.workspace.openTextDocument(projectFile(model));
    const place = new vscode.Range(1, 13, 1, 38);
    const name = document.getText(place);
    checkEqual(name, 'daily_player_transactions');
    await replace(document.uri, place, 'weekly_player_transactions');
    const [fault] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
    checkEqual([fault?.code, fault?.range.start.line], ['compile.unknownRef', 1]);
    await replace(document.uri, new vscode.Range(1, 13, 1, 39), name);
    await diagnosticsWhen(document.uri, (found) => found.length === 0);
    await document.save();
  });

  test('an error of the database has the line of the model below its Jinja', async () => {
    const document = await vscode.workspace.openTextDocument(projectFile(model));
    const loop = `{% for n in [1, 2, 3] %}\n-- {{ n }}\n\n{% endfor %}\n`;
    const whole = (): vscode.Range => document.validateRange(new vscode.Range(0, 0, 1000, 0));
    await replace(document.uri, whole(), loop + good.replace('*', 'no_such_column'));
    const { outcome, counts } = await vscode.commands.executeCommand<RunSummary>('modelyard.build', ['in_host']);
    checkEqual([outcome, counts['error'], counts['success']], ['ran', 1, 0]);
    const [fault] = await diagnosticsWhen(projectFile(model), (found) => found.length > 0);
    checkEqual([fault?.severity, fault?.range.start.line, fault?.range.start.character], [0, 4, 7]);
    await replace(document.uri, whole(), good);
    checkEqual((await vscode.commands.executeCommand<RunSummary>('modelyard.build', ['in_host'])).counts['error'], 0);
    await diagnosticsWhen(projectFile(model), (found) => found.length === 0);
    await document.save();
  });
});

async function replace(uri: vscode.Uri, range: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, text);
  await vscode.workspace.applyEdit(edit);
}
