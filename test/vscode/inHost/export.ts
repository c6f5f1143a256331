import * as vscode from 'vscode';
import type { ExportSummary } from '../../../src/extension/features/exportFeature.ts';
import type { DbtSummary } from '../../../src/extension/features/runWithDbtFeature.ts';
import { check, checkEqual } from './check.ts';
import { projectFile, readFile } from './workspace.ts';

/** The variables of the host that runs programs; undefined in the browser's. */
const environment = (globalThis as { process?: { env?: Readonly<Record<string, string | undefined>> } }).process?.env;
const program = (globalThis as { process?: { execPath?: string } }).process?.execPath;

/** Of the sample that the suites before this one have made. */
suite('export', () => {
  test('a project for a warehouse, with nothing written over the files of others', async () => {
    const folder = projectFile('../exported');
    const answers = { target: 'postgres', folder };
    const first = await vscode.commands.executeCommand<ExportSummary>('modelyard.exportProject', answers);
    checkEqual([first.outcome, first.findings, first.files > 10], ['exported', 0, true]);
    check(
      (await readFile('../exported/load/load.sql')).includes('create table if not exists raw.players'),
      'no load script',
    );
    checkEqual(await readFile('../exported/models/sources.yml'), await readFile('models/sources.yml'));
    const inTheWay = { target: 'postgres', folder: projectFile('') };
    const second = await vscode.commands.executeCommand<ExportSummary>('modelyard.exportProject', inTheWay);
    checkEqual(second.outcome, 'refused');
  });

  test('a DAG with a task for each model', async () => {
    const answers = { folder: projectFile('../exported'), tasks: 'nodes', schedule: '@hourly' };
    const { outcome } = await vscode.commands.executeCommand<ExportSummary>('modelyard.exportAirflowDag', answers);
    checkEqual(outcome, 'exported');
    const text = await readFile('../exported/airflow_dag/dbt_dag.py');
    check(text.includes('model_daily_player_transactions = dbt('), text);
    check(text.includes('schedule="@hourly"'), text);
  });
});

suite('run with dbt', () => {
  suiteSetup(async () => {
    // The active project is that of the active editor: what was exported is one too.
    await vscode.window.showTextDocument(projectFile('models/core/daily_player_transactions.sql'));
  });
  suiteTeardown(() => useDbt(undefined));

  test('a dbt that is not there is told, and nothing is run', async () => {
    await useDbt('/nowhere/dbt');
    checkEqual(await runWithDbt(), { outcome: 'missing' });
  });

  test('a program that is no dbt is told', async function () {
    if (program === undefined) return this.skip();
    await useDbt(program);
    checkEqual(await runWithDbt(), { outcome: 'missing' });
  });

  test('real dbt builds the sample, and its results are shown', async function () {
    const dbt = environment?.['MODELYARD_TEST_DBT'];
    if (dbt === undefined) return this.skip();
    await useDbt(dbt);
    const { outcome, exitCode, endings } = await runWithDbt();
    checkEqual([outcome, exitCode], ['ran', 0]);
    check((endings?.['success'] ?? 0) >= 3 && (endings?.['pass'] ?? 0) > 30, JSON.stringify(endings));
    const { metadata } = JSON.parse(await readFile('target/run_results.json')) as { metadata: { dbt_version: string } };
    check(!metadata.dbt_version.includes('modelyard'), metadata.dbt_version);
  });

  test('a target that is not there ends without results, and the last ones stay', async function () {
    const dbt = environment?.['MODELYARD_TEST_DBT'];
    if (dbt === undefined) return this.skip();
    await useDbt(dbt);
    const before = await readFile('target/run_results.json');
    const { outcome } = await runWithDbt('nowhere');
    checkEqual(outcome, 'noResults');
    checkEqual(await readFile('target/run_results.json'), before);
  });
});

async function useDbt(path: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('modelyard').update('dbtPath', path, vscode.ConfigurationTarget.Global);
}

async function runWithDbt(target = 'dev'): Promise<DbtSummary> {
  return vscode.commands.executeCommand<DbtSummary>('modelyard.runWithDbt', { command: 'build', target });
}
