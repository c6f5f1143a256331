import * as vscode from 'vscode';
import { sha256 } from '../../../src/core/compile/sha256.ts';
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
    const tables = await Promise.all(
      ['affiliates', 'players', 'transactions'].map((name) => readFile(`data/${name}.csv`)),
    );
    for (const table of tables) checkEqual(table.trimEnd().split('\n').length, rows + 1);
    // The command line gives the same bytes for these rows and this seed: every host does.
    checkEqual(sha256(tables.join('')), '25e12905c0c7b2c144c95541b8331ef1499acd21ad4a797c3bfa961bd52cd698');

    const { outcome, counts } = await vscode.commands.executeCommand<RunSummary>('modelyard.build');
    checkEqual(outcome, 'ran');
    check((counts['pass'] ?? 0) > 30, 'the tests of the sample were not run');
    const others = Object.entries(counts).filter(([status, count]) => status !== 'pass' && count > 0);
    checkEqual(others, [['success', 3]]);
    const { results } = JSON.parse(await readFile('target/run_results.json')) as { results: readonly unknown[] };
    checkEqual(results.length, 3 + (counts['pass'] ?? 0));
  });
});
