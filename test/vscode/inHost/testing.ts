import * as vscode from 'vscode';
import { check, checkEqual } from './check.ts';
import { projectFile, readFile } from './workspace.ts';

interface RunResults {
  readonly args: { readonly which: string };
  readonly results: readonly { readonly unique_id: string; readonly status: string }[];
}

/** Of the sample that the suites before this one have made. */
suite('the Testing view', () => {
  test('runs every test of dbt', async () => {
    await vscode.window.showTextDocument(projectFile('models/core/daily_player_transactions.sql'));
    await vscode.commands.executeCommand('modelyard.build');
    await vscode.commands.executeCommand('testing.runAll');
    const { args, results } = JSON.parse(await readFile('target/run_results.json')) as RunResults;
    checkEqual(args.which, 'test');
    check(results.length > 30, `${String(results.length)} tests were run`);
    checkEqual(
      results.filter(({ unique_id: id, status }) => !id.startsWith('test.') || status !== 'pass'),
      [],
    );
  });
});
