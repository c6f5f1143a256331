import * as vscode from 'vscode';
import { check, checkEqual } from './check.ts';
import { projectFile } from './workspace.ts';

const written = 'modelyard: { one_to_one: true, null_rate: 0.2 }';

suite('hints', () => {
  test('completion offers the names of hints, and their values', async () => {
    const { document, at } = await sources();
    const names = await completed(document.uri, at(written, 'modelyard: { '.length));
    check(names.includes('fan_out') && names.includes('weights'), `offered were ${names.join(', ')}`);
    check(!names.includes('null_rate'), 'a hint that is there already was offered');
    const values = await completed(document.uri, at(written, 'modelyard: { one_to_one: '.length));
    checkEqual(
      values.filter((one) => one === 'true' || one === 'false'),
      ['true', 'false'],
    );
    const elsewhere = await completed(document.uri, new vscode.Position(3, 0));
    check(!elsewhere.includes('null_rate'), 'hints were offered where none can stand');
  });

  test('a hover says what a hint does and takes', async () => {
    const { document, at } = await sources();
    const place = at(written, 'modelyard: { one_to_one: true, nu'.length);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      place,
    );
    const text = hovers
      .flatMap(({ contents }) => contents.map((one) => (one as vscode.MarkdownString).value))
      .join('\n');
    check(/share.of.the.rows/.test(text.replaceAll('&nbsp;', ' ')), `the hover says: ${text}`);
  });
});

async function sources(): Promise<{
  document: vscode.TextDocument;
  at: (text: string, by: number) => vscode.Position;
}> {
  const document = await vscode.workspace.openTextDocument(projectFile('models/sources.yml'));
  return { document, at: (text, by) => document.positionAt(document.getText().indexOf(text) + by) };
}

async function completed(uri: vscode.Uri, place: vscode.Position): Promise<readonly string[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    uri,
    place,
  );
  // VS Code adds the words of the text.
  const ours = list.items.filter(({ kind }) => kind !== vscode.CompletionItemKind.Text);
  return ours.map(({ label }) => (typeof label === 'string' ? label : label.label));
}
