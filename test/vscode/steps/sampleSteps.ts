import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { sampleFiles } from '../../../scripts/sampleFiles.mjs';
import { computeModels, type SampleModels } from '../../sample/independentModels.ts';
import type { HostLab } from '../harness/hostLab.ts';
import { card, enterGraph, lineageView, waitForStatus } from '../harness/lineageView.ts';
import { readNotification } from '../harness/notifications.ts';
import { acceptInput, pick, runCommand } from '../harness/palette.ts';
import { projectFolder } from '../harness/projectFolder.ts';
import { readResults, readRow, readRows, resultsView, scrollToRow } from '../harness/resultsView.ts';
import { root } from '../../unit/root.ts';
import { windowSteps } from '../harness/windowSteps.ts';
import { money } from './money.ts';

const sources = ['affiliates', 'players', 'transactions'];
const models = ['daily_player_transactions', 'agg_discord_deposits_by_country', 'player_top_three_deposits'];

/** From an empty folder to the rows of a model: the way that the README shows. */
export function sampleSteps(lab: HostLab): void {
  const folder = lab.newFolder('sample');
  const project = projectFolder(folder);
  windowSteps(
    `${lab.host}: the sample`,
    () => lab.open(folder),
    (step) => {
      step('Create Sample Project writes a project and shows its lineage', async (page) => {
        await runCommand(page, 'Modelyard: Create Sample Project');
        await page.locator('.tab.active').getByText('daily_player_transactions.sql').waitFor();
        for (const { from, to } of sampleFiles(root)) {
          assert.ok(fs.readFileSync(path.join(folder, to)).equals(fs.readFileSync(path.join(root, from))), to);
        }
        const lineage = await lineageView(page);
        await card(lineage, '.daily_player_transactions').waitFor();
        const shown = await lineage.locator('.card .name').allInnerTexts();
        assert.deepEqual(shown.sort(), [...sources, ...models].sort());
      });

      step('the extension runs in the host that is tested', async (page) => {
        await runCommand(page, 'Developer: Show Running Extensions');
        // The list draws only the rows in sight, and orders them by how long each took: a high window shows them all.
        const size = page.viewportSize() ?? assert.fail();
        await page.setViewportSize({ ...size, height: 3000 });
        const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'Modelyard' });
        assert.equal((await row.innerText()).includes('web worker'), lab.host === 'web');
        await page.setViewportSize(size);
      });

      step('Generate Sample Data takes Enter twice', async (page) => {
        await runCommand(page, 'Modelyard: Generate Sample Data');
        await acceptInput(page, 'Rows in each table');
        await acceptInput(page, 'Seed');
        const told = await readNotification(page, 'Wrote');
        assert.match(told, /^Wrote 3,000 rows: affiliates, players, transactions\. All \d+ tests pass\.$/);
        for (const text of Object.values(project.data()) as string[]) {
          assert.equal(text.trimEnd().split('\n').length, 1001);
        }
      });

      step('Build builds every model and passes every test', async (page) => {
        await runCommand(page, 'Modelyard: Build');
        const told = await readNotification(page, /Build: \d/);
        const [, tests] = /^Build: 3 built, (\d+) tests passed in \d+\.\d s\.$/.exec(told) ?? assert.fail(told);
        const { results } = JSON.parse(project.read('target/run_results.json')) as {
          results: readonly { unique_id: string; status: string }[];
        };
        const ended = (kind: string, status: string): number =>
          results.filter((one) => one.unique_id.startsWith(`${kind}.`) && one.status === status).length;
        assert.equal(ended('model', 'success'), 3);
        assert.equal(ended('test', 'pass'), Number(tests));
        assert.equal(results.length, 3 + Number(tests));
        const lineage = await lineageView(page);
        for (const name of models) {
          await waitForStatus(lineage, `.${name}`, 'success');
          await card(lineage, `.${name}`).locator('.tests[data-verdict="pass"]').waitFor();
        }
      });

      step('a click on a node shows its rows, and scrolling fetches more', async (page) => {
        const expected = computeModels(project.data()).daily_player_transactions;
        await card(await lineageView(page), '.daily_player_transactions').click();
        const count = `${expected.length.toLocaleString('en')} rows`;
        const shown = await readResults(page, 'daily_player_transactions', count);
        assert.equal(shown.status, 'built');
        assert.match(shown.duration, /^(<1|\d+) ms$|^\d+\.\d+ s$/);
        assert.deepEqual(shown.columns, [
          ['player_id', 'integer'],
          ['transaction_date', 'date'],
          ['deposits', 'decimal(38,2)'],
          ['withdrawals', 'decimal(38,2)'],
        ]);
        const results = await resultsView(page);
        assertDailyRow(await readRow(results, 0), expected);
        await scrollToRow(page, 800);
        assertDailyRow(await readRow(results, 800), expected);
      });

      step('the keyboard alone goes to a node and shows its rows', async (page) => {
        await enterGraph(page);
        const lineage = await lineageView(page);
        await page.keyboard.press('Home');
        await lineage.locator('.card[data-node$=".raw.affiliates"]:focus').waitFor();
        await page.keyboard.press('ArrowRight');
        await lineage.locator('.card[data-node$=".agg_discord_deposits_by_country"]:focus').waitFor();
        await page.keyboard.press('Enter');
        const expected = computeModels(project.data()).agg_discord_deposits_by_country;
        await readResults(page, 'agg_discord_deposits_by_country', `${String(expected.length)} rows`);
        const rows = await readRows(await resultsView(page), expected.length);
        assert.deepEqual(
          rows.map((cells) => cells.join(' ')).sort(),
          expected.map((row) => `${row.country_code} ${money(row.deposit_sum)} ${String(row.deposit_count)}`).sort(),
        );
      });

      step('an Airflow DAG is looked at in the lineage, and written when that is agreed to', async (page) => {
        const written = path.join(folder, 'airflow_dag/dbt_dag.py');
        const before = fs.readFileSync(written, 'utf8');
        const look = async (): Promise<FrameLocator> => {
          await runCommand(page, 'Modelyard: Export Airflow DAG…');
          await pick(page, 'A task for each model, snapshot and seed');
          await acceptInput(page, 'schedule');
          const lineage = await lineageView(page);
          await card(lineage, 'model_daily_player_transactions').waitFor();
          return lineage;
        };
        const lineage = await look();
        assert.deepEqual((await lineage.locator('.card .name').allInnerTexts()).sort(), [
          ...models.map((name) => `model_${name}`).sort(),
          'source_tests',
        ]);
        await lineage.getByRole('button', { name: 'Cancel' }).click();
        await card(lineage, '.daily_player_transactions').waitFor();
        assert.equal(fs.readFileSync(written, 'utf8'), before);
        await (await look()).getByRole('button', { name: 'Write DAG…' }).click();
        await page.locator('.quick-input-widget').getByRole('button', { name: 'Write DAG Here' }).click();
        await readNotification(page, 'Wrote airflow_dag/dbt_dag.py with 4 tasks.');
        assert.match(fs.readFileSync(written, 'utf8'), /model_daily_player_transactions = dbt\(/);
        await card(await lineageView(page), '.daily_player_transactions').waitFor();
      });
    },
  );
}

type Daily = SampleModels['daily_player_transactions'];

/** Whatever row it is: its player and day are found in what the CSVs give, and its amounts are theirs. */
function assertDailyRow(cells: readonly string[], expected: Daily): void {
  const [player, date] = cells;
  const row = expected.find((one) => one.player_id === player && one.transaction_date === date);
  assert.deepEqual(cells, row && [row.player_id, row.transaction_date, money(row.deposits), money(row.withdrawals)]);
}
