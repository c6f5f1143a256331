import * as vscode from 'vscode';
import { check, checkEqual } from './check.ts';

suite('commands', () => {
  test('every command of the manifest is registered', async () => {
    const extension = vscode.extensions.getExtension<unknown>('modelyard.modelyard');
    check(extension !== undefined, 'the extension is not installed');
    await extension?.activate();
    const manifest = extension?.packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
    check(manifest.contributes.commands.length > 0, 'the manifest has no command');
    checkEqual(missing, []);
  });
});
