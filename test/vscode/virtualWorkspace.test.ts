import assert from 'node:assert/strict';
import { after } from 'node:test';
import { defaultGeneration } from '../../src/core/service/generateData.ts';
import { generateSample } from '../sample/generateInMemory.ts';
import { computeModels } from '../sample/independentModels.ts';
import { card, lineageView, waitForStatus } from './harness/lineageView.ts';
import { readNotification } from './harness/notifications.ts';
import { packagedExtension } from './harness/packagedExtension.ts';
import { acceptInput, runCommand } from './harness/palette.ts';
import { readResults, readRows, resultsView } from './harness/resultsView.ts';
import { startVirtualEditor, type VirtualEditor } from './harness/virtualEditor.ts';
import { windowSteps } from './harness/windowSteps.ts';
import { money } from './steps/money.ts';

let editor: VirtualEditor | undefined;
after(() => editor?.stop());

windowSteps(
  'VS Code for the web, without a server',
  async () => {
    editor = await startVirtualEditor(packagedExtension());
    return editor.page;
  },
  (step) => {
    step('creates the sample in a folder that is on no disk', async (page) => {
      await runCommand(page, 'Modelyard: Create Sample Project');
      await page.locator('.tab.active').getByText('daily_player_transactions.sql').waitFor();
      await card(await lineageView(page), '.daily_player_transactions').waitFor();
    });

    step('generates data and builds', async (page) => {
      await runCommand(page, 'Modelyard: Generate Sample Data');
      await acceptInput(page, 'Rows in each table');
      await acceptInput(page, 'Seed');
      await readNotification(page, 'Wrote 3,000 rows');
      await runCommand(page, 'Modelyard: Build');
      assert.match(await readNotification(page, /Build: \d/), /^Build: 3 built, \d+ tests passed in \d+\.\d s\.$/);
    });

    step('shows rows that are right', async (page) => {
      // The same rows and seed give the same bytes anywhere.
      const expected = computeModels(await generateSample(defaultGeneration)).agg_discord_deposits_by_country;
      const lineage = await lineageView(page);
      await waitForStatus(lineage, '.agg_discord_deposits_by_country', 'success');
      await card(lineage, '.agg_discord_deposits_by_country').click();
      await readResults(page, 'agg_discord_deposits_by_country', `${String(expected.length)} rows`);
      const rows = await readRows(await resultsView(page), expected.length);
      assert.deepEqual(
        rows.map((cells) => cells.join(' ')).sort(),
        expected.map((row) => `${row.country_code} ${money(row.deposit_sum)} ${String(row.deposit_count)}`).sort(),
      );
    });
  },
);
