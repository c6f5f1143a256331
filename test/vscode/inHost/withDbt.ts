import * as vscode from 'vscode';
import type { CompareSummary } from '../../../src/extension/features/compareFeature.ts';
import type { WarehouseRowsSummary } from '../../../src/extension/features/warehouseRowsFeature.ts';
import { check, checkEqual } from './check.ts';
import { otherProgram, realDbts, runWithDbt, useDbt } from './dbtProgram.ts';
import { fileWhen, projectFile, readFile, writeFile } from './workspace.ts';

suite('a dbt that cannot be run', () => {
  suiteSetup(async () => {
    // The active project is that of the active editor: what was exported is one too.
    await vscode.window.showTextDocument(projectFile('models/core/daily_player_transactions.sql'));
  });
  suiteTeardown(() => useDbt(undefined));

  test('a dbt that is not there is told, and nothing is run', async () => {
    await useDbt('/nowhere/dbt');
    checkEqual(await runWithDbt({ command: 'build', target: 'dev' }), { outcome: 'missing' });
  });

  test('a program that is no dbt is told', async function () {
    if (otherProgram === undefined) return this.skip();
    await useDbt(otherProgram);
    checkEqual(await runWithDbt({ command: 'build', target: 'dev' }), { outcome: 'missing' });
  });
});

for (const { name, program } of realDbts) {
  suite(`run with ${name}`, () => {
    suiteSetup(async () => {
      // Neither reads the database of the other, nor is taken for it.
      for (const left of ['target/gaming.duckdb', 'target/fresh.duckdb', 'target/run']) {
        await vscode.workspace.fs.delete(projectFile(left), { recursive: true }).then(undefined, () => undefined);
      }
      await useDbt(program);
    });
    suiteTeardown(() => useDbt(undefined));

    test('real dbt builds the sample, and its results are shown', async function () {
      if (program === undefined) return this.skip();
      const { outcome, exitCode, endings } = await runWithDbt({ command: 'build', target: 'dev' });
      checkEqual([outcome, exitCode], ['ran', 0]);
      check((endings?.['success'] ?? 0) >= 3 && (endings?.['pass'] ?? 0) > 30, JSON.stringify(endings));
      const { metadata } = JSON.parse(await readFile('target/run_results.json')) as {
        metadata: { dbt_version: string };
      };
      check(!metadata.dbt_version.includes('modelyard'), metadata.dbt_version);
    });

    test('a target that is not there ends without results, and the last ones stay', async function () {
      if (program === undefined) return this.skip();
      const before = await readFile('target/run_results.json');
      const { outcome, reason } = await runWithDbt({ command: 'build', target: 'nowhere' });
      checkEqual(outcome, 'noResults');
      check(reason?.includes("'nowhere'") === true, reason ?? '');
      checkEqual(await readFile('target/run_results.json'), before);
    });

    test('cancelled half way, what had ended before is shown, and the tables are there', async function () {
      if (program === undefined) return this.skip();
      const slow = projectFile('models/core/slow.sql');
      await writeFile(slow, slowModel);
      try {
        const running = runWithDbt({
          command: 'run',
          target: 'dev',
          select: ['agg_discord_deposits_by_country', 'slow'],
        });
        await fileWhen(projectFile('target/run/gaming_analytics/models/core/slow.sql'));
        const [execution] = vscode.tasks.taskExecutions.filter(({ task }) => task.name.startsWith('dbt run'));
        check(execution !== undefined, 'there is no task');
        execution?.terminate();
        // dbt 2 does not write down how they ended.
        checkEqual(await running, { outcome: 'cancelled', endings: name === 'dbt 2' ? {} : { success: 1 } });
      } finally {
        await vscode.workspace.fs.delete(slow);
      }
      const { outcome } = await rowsOn('dev', 'player_top_three_deposits');
      checkEqual(outcome, 'shown');
    });

    test('a model that dbt has built is shown, and is the same offline', async function () {
      if (program === undefined) return this.skip();
      const { outcome, shown, count } = await rowsOn('dev', 'player_top_three_deposits');
      check(outcome === 'shown' && shown === count && (count ?? 0) > 0, JSON.stringify({ outcome, shown, count }));
      for (const model of ['player_top_three_deposits', 'daily_player_transactions']) {
        const { outcome: verdict, comparison } = await compared('dev', model);
        checkEqual([verdict, comparison?.differenceCount], ['equal', 0]);
      }
    });

    test('a cent that differs there is found, with the key of its row', async function () {
      if (program === undefined) return this.skip();
      const model = 'models/core/agg_discord_deposits_by_country.sql';
      const text = await readFile(model);
      const doctored = text.replace('sum(deposits.amount)', `sum(deposits.amount) + ${centInOneRow}`);
      check(doctored !== text, text);
      await writeFile(projectFile(model), doctored);
      try {
        const ran = await runWithDbt({ command: 'run', target: 'dev', select: ['agg_discord_deposits_by_country'] });
        checkEqual(ran.endings, { success: 1 });
      } finally {
        await writeFile(projectFile(model), text);
      }
      const { outcome, comparison } = await compared('dev', 'agg_discord_deposits_by_country');
      checkEqual([outcome, comparison?.key, comparison?.differenceCount], ['different', ['country_code'], 1]);
      const [difference] = comparison?.differences ?? [];
      check(difference?.kind === 'changed' && difference.columns.length === 1, JSON.stringify(difference));
    });

    test('what is not there, and a connection that fails, are told in one sentence', async function () {
      if (program === undefined) return this.skip();
      const profiles = await readFile('profiles.yml');
      const broken = '    broken: { type: duckdb, path: /nowhere/at/all.duckdb }\n';
      const fresh = '    fresh: { type: duckdb, path: target/fresh.duckdb }\n';
      await writeFile(
        projectFile('profiles.yml'),
        profiles.replace(/^ {2}outputs:\n/m, `  outputs:\n${broken}${fresh}`),
      );
      try {
        const { outcome, reason } = await compared('broken', 'agg_discord_deposits_by_country');
        checkEqual(outcome, 'failed');
        check(
          /^dbt could not read \w+ on broken: IO Error: Cannot open file .*No such file/.test(reason ?? ''),
          reason ?? '',
        );
        const run = await runWithDbt({ command: 'run', target: 'broken' });
        checkEqual(run.outcome, 'noResults');
        check(/Cannot open file .*No such file/.test(run.reason ?? ''), run.reason ?? '');
        const absent = await rowsOn('fresh', 'agg_discord_deposits_by_country');
        check(absent.reason?.includes('is not on fresh yet') === true, JSON.stringify(absent));
      } finally {
        await writeFile(projectFile('profiles.yml'), profiles);
      }
    });

    test('a table with more rows than are compared is counted, and not read', async function () {
      if (program === undefined) return this.skip();
      const settings = vscode.workspace.getConfiguration('modelyard');
      await settings.update('compareLimit', 1, vscode.ConfigurationTarget.Global);
      try {
        const { outcome, reason } = await compared('dev', 'player_top_three_deposits');
        checkEqual(outcome, 'failed');
        check(/^There are [\d,]+ offline and [\d,]+ dev rows: no more than 1 are/.test(reason ?? ''), reason ?? '');
      } finally {
        await settings.update('compareLimit', undefined, vscode.ConfigurationTarget.Global);
      }
    });

    test('a comparison that is cancelled shows nothing', async function () {
      if (program === undefined) return this.skip();
      let summary: CompareSummary | undefined;
      void compared('dev', 'player_top_three_deposits').then((one) => (summary = one));
      while (summary === undefined) {
        await vscode.commands.executeCommand('modelyard.cancel');
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      checkEqual(summary, { outcome: 'cancelled' });
    });
  });
}

/** Takes minutes on DuckDB, and comes after another model. */
const slowModel = `select count(*) as n from range(1000000) a, range(10000000) b
where (a.range * b.range) % 7 = (select max(deposit_count) from {{ ref('agg_discord_deposits_by_country') }})
`;

const centInOneRow = 'case when row_number() over (order by discord_players.country_code) = 1 then 0.01 else 0 end';

function rowsOn(target: string, model: string): Thenable<WarehouseRowsSummary> {
  return vscode.commands.executeCommand<WarehouseRowsSummary>('modelyard.showWarehouseRows', { model, target });
}

function compared(target: string, model: string): Thenable<CompareSummary> {
  return vscode.commands.executeCommand<CompareSummary>('modelyard.compareWithWarehouse', { model, target });
}
