import * as vscode from 'vscode';
import type { ExportSummary } from '../../../src/extension/features/exportFeature.ts';
import { check, checkEqual } from './check.ts';
import { projectFile, readFile } from './workspace.ts';

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
