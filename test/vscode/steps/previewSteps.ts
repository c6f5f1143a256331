import assert from 'node:assert/strict';
import { computeModels, parseRows } from '../../sample/independentModels.ts';
import type { HostLab } from '../harness/hostLab.ts';
import { writeSample } from '../harness/projectFolder.ts';
import { readResults, readRow, readRows, resultsView } from '../harness/resultsView.ts';
import { openFile, selectLines, waitForLenses } from '../harness/textEditor.ts';
import { tablesOnDisk } from '../harness/warehouse.ts';
import { windowSteps } from '../harness/windowSteps.ts';
import { money } from './money.ts';

/** The model reads another one, which has not been built either. */
const depositDays = `select * from {{ ref('daily_player_transactions') }}
where deposits > 0
`;

/** The key that previews: a whole model, text that is not saved, a selection. */
export function previewSteps(lab: HostLab): void {
  const folder = lab.newFolder('preview');
  const project = writeSample(folder);
  project.write('models/core/deposit_days.sql', depositDays);
  const days = computeModels(project.data()).daily_player_transactions;
  windowSteps(
    `${lab.host}: preview`,
    () => lab.open(folder),
    (step) => {
      step('Ctrl+Enter previews a model of a new project, and builds what it reads and nothing else', async (page) => {
        await openFile(page, 'deposit_days.sql');
        await waitForLenses(page);
        await page.keyboard.press('ControlOrMeta+Enter');
        const expected = days.filter(({ deposits }) => deposits > 0);
        await readResults(page, 'deposit_days', `${String(expected.length)} rows`);
        const rows = await readRows(await resultsView(page), expected.length);
        assert.deepEqual(
          rows.map((cells) => cells.join(' ')).sort(),
          expected
            .map((row) => [row.player_id, row.transaction_date, money(row.deposits), money(row.withdrawals)].join(' '))
            .sort(),
        );
        assert.deepEqual(await tablesOnDisk(project), ['daily_player_transactions', 'raw__transactions']);
        assert.ok(!project.has('target/run_results.json'));
      });

      step('text that is not saved is what is previewed', async (page) => {
        const saved = project.read('models/core/daily_player_transactions.sql');
        await openFile(page, 'daily_player_transactions.sql');
        await page.keyboard.press('ControlOrMeta+End');
        await page.keyboard.insertText('limit 1\n');
        await page.keyboard.press('ControlOrMeta+Enter');
        await readResults(page, 'daily_player_transactions', '1 row');
        assert.equal(project.read('models/core/daily_player_transactions.sql'), saved);
      });

      step('selected SQL is previewed by itself', async (page) => {
        await openFile(page, 'daily_player_transactions.sql');
        await selectLines(page, 4, 9);
        await page.keyboard.press('ControlOrMeta+Enter');
        const transactions = parseRows(project.data().transactions);
        const { columns } = await readResults(page, 'Selected SQL', `${String(transactions.length)} rows`);
        assert.deepEqual(
          columns.map(([name]) => name),
          ['player_id', 'transaction_date', 'transaction_type', 'amount'],
        );
        const [first] = transactions;
        assert.deepEqual(await readRow(await resultsView(page), 0), [
          first?.['player_id'],
          first?.['timestamp']?.slice(0, 10),
          first?.['type'],
          first?.['amount'],
        ]);
      });
    },
  );
}
