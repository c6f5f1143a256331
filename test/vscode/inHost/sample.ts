import * as vscode from 'vscode';
import type { RunSummary } from '../../../src/extension/features/runFeature.ts';
import { check, checkEqual } from './check.ts';
import { readFile } from './workspace.ts';

const rows = 200;

suite('the sample', () => {
  test('is created, gets data and is built by commands alone', async () => {
    checkEqual(await vscode.commands.executeCommand('modelyard.createSampleProject'), true);
    check(
      (await readFile('dbt_project.yml')).includes('name: gaming_analytics'),
      'dbt_project.yml is not the sample’s',
    );

    checkEqual(await vscode.commands.executeCommand('modelyard.generateSampleData', { rows, seed: 'in-host' }), true);
    for (const table of ['affiliates', 'players', 'transactions']) {
      checkEqual((await readFile(`data/${table}.csv`)).trimEnd().split('\n').length, rows + 1);
    }

    const { outcome, counts } = await vscode.commands.executeCommand<RunSummary>('modelyard.build');
    checkEqual(outcome, 'ran');
    check((counts['pass'] ?? 0) > 30, 'the tests of the sample were not run');
    checkEqual({ ...counts, pass: 0 }, { success: 3, pass: 0, warn: 0, fail: 0, error: 0, skipped: 0, 'no-op': 0 });
    const { results } = JSON.parse(await readFile('target/run_results.json')) as { results: readonly unknown[] };
    checkEqual(results.length, 3 + (counts['pass'] ?? 0));
  });
});
