import assert from 'node:assert/strict';
import type { HostLab } from '../harness/hostLab.ts';
import { pressButton, readNotification } from '../harness/notifications.ts';
import { acceptInput, runCommand } from '../harness/palette.ts';
import { readProblem, waitForNoProblem } from '../harness/problems.ts';
import { projectFolder } from '../harness/projectFolder.ts';
import { focusQuality, qualityItem, qualityMessage, readQuality } from '../harness/qualityView.ts';
import { until } from '../harness/until.ts';
import { windowSteps } from '../harness/windowSteps.ts';

const verified = 'Rule 1: players are not allowed to make any transaction before they are KYC verified.';

/** From the raw sample, mistakes included, to clean data that are extended, and tests that are tried. */
export function dataQualitySteps(lab: HostLab): void {
  const folder = lab.newFolder('quality');
  const project = projectFolder(folder);
  const rowsOf = (file: string): number => project.read(file).trimEnd().split('\n').length - 1;
  windowSteps(
    `${lab.host}: data quality`,
    () => lab.open(folder),
    (step) => {
      step('Check Data finds the rows of the raw sample that break rules', async (page) => {
        await runCommand(page, 'Modelyard: Create Sample Project');
        await page.locator('.tab.active').getByText('daily_player_transactions.sql').waitFor();
        await runCommand(page, 'Modelyard: Show Data Quality');
        await page.getByText("The rows of this project's data files have not been checked yet.").waitFor();
        await page.getByRole('button', { name: 'Check Data' }).click();
        assert.match(
          await readNotification(page, /^Checked/),
          /^Checked 31 rows in 3 files, by \d+ tests: 9 rows break 2 rules\.$/,
        );
        await qualityItem(page, verified).waitFor();
        const lines = await readQuality(page);
        assert.ok(lines.includes(`${verified} | 7 rows · transactions_need_a_verified_player`), lines.join('\n'));
        assert.ok(lines.includes('source_unique_raw_players_id | 2 rows'), lines.join('\n'));
        assert.ok(lines.includes('  raw.players 10 | line 12 · id 10 occurs 2 times'), lines.join('\n'));
        assert.equal(lines.filter((line) => /^ {2}raw\./.test(line)).length, 9);
      });

      step('Problems has the reasons, on the lines of the rows', async (page) => {
        const { severity, file, line } = await readProblem(
          page,
          /raw\.transactions 2: .* is before players\.created_at/,
        );
        assert.deepEqual({ severity, file, line }, { severity: 'Error', file: 'transactions.csv', line: 3 });
        const twice = await readProblem(page, /raw\.players 10: id 10 occurs 2 times/);
        assert.deepEqual([twice.file, twice.line], ['players.csv', 11]);
      });

      step('the keyboard alone leads to a row, and to the rule', async (page) => {
        await focusQuality(page);
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.locator('.tab.active').getByText('transactions.csv').waitFor();
        await page
          .locator('.statusbar-item')
          .getByText(/^Ln 2, /)
          .waitFor();
        // The keyboard is still in the tree.
        await page.keyboard.press('Shift+F10');
        await page.locator('.context-view, .monaco-menu').getByText('Open Rule').first().waitFor();
        await page.keyboard.press('ArrowDown');
        await page.keyboard.press('Enter');
        await page.locator('.tab.active').getByText('transactions_need_a_verified_player.sql').waitFor();
      });

      step('by rows: each has the reasons of all its rules', async (page) => {
        await runCommand(page, 'Modelyard: Group by Row');
        await qualityItem(page, 'data/players.csv:11').waitFor();
        const lines = await readQuality(page);
        assert.ok(lines.includes('raw.transactions 4 | data/transactions.csv:5 · 1 rule'), lines.join('\n'));
        assert.equal(lines.filter((line) => line.startsWith('raw.')).length, 9);
        await runCommand(page, 'Modelyard: Group by Rule');
        await qualityItem(page, verified).waitFor();
      });

      step('Clean Data shows the changes first, and writes nothing without a yes', async (page) => {
        const before = project.data();
        await runCommand(page, 'Modelyard: Clean Data');
        await acceptInput(page, 'What to do with the rows that break source_unique_raw_players_id');
        await page.locator('.tab.active').getByText('Clean Data: what would change').waitFor();
        await page.locator('.quick-input-widget').getByText('players.csv: 10 kept, 1 rejected').waitFor();
        await page.locator('.multiDiffEditor').getByText('rejects.csv').first().waitFor();
        assert.deepEqual(project.data(), before);
        await page.keyboard.press('Escape');
        await page.locator('.tab').getByText('Clean Data: what would change').waitFor({ state: 'detached' });
        assert.deepEqual(project.data(), before);
        assert.ok(!project.has('data/rejects.csv'));
      });

      step('with a yes 10, 10 and 3 rows stay, and the rejects have their reasons', async (page) => {
        await runCommand(page, 'Modelyard: Clean Data');
        await acceptInput(page, 'What to do with the rows that break source_unique_raw_players_id');
        await acceptInput(page, 'Nothing has been written yet');
        await page.locator('.tab.active').getByText('rejects.csv').waitFor();
        assert.deepEqual(
          ['affiliates', 'players', 'transactions'].map((name) => rowsOf(`data/${name}.csv`)),
          [10, 10, 3],
        );
        assert.match(project.read('data/players.csv'), /^10,8,CA,TRUE,/m);
        const rejects = project.read('data/rejects.csv');
        assert.equal(rejects.trimEnd().split('\n').length, 9);
        assert.match(rejects, /^raw\.transactions,data\/transactions\.csv,5,rejected,.*is_kyc_approved is false/m);
        await qualityMessage(page, /^Out of date/).waitFor();
        await pressButton(page, 'Cleaned. players.csv: 10 kept, 1 rejected', 'Check Data');
        await qualityItem(page, 'No rule is broken').waitFor();
        await waitForNoProblem(page, /raw\.players 10/);
      });

      step('Extend Data puts rows of the same shape behind those that are there', async (page) => {
        const before = project.data();
        await runCommand(page, 'Modelyard: Extend Data');
        await acceptInput(page, 'Rows in each table, those that are there included');
        assert.match(await readNotification(page, 'Wrote'), /All \d+ tests pass\.$/);
        for (const [name, text] of Object.entries(project.data()) as [string, string][]) {
          assert.equal(rowsOf(`data/${name}.csv`), 1000);
          assert.ok(text.startsWith(before[name as keyof typeof before].trimEnd()), `${name} was changed`);
        }
        await runCommand(page, 'Modelyard: Show Data Quality');
        await qualityMessage(page, /^Out of date/).waitFor();
      });

      step('Try Defects shows the score, and what no test caught leads to its column', async (page) => {
        await runCommand(page, 'Modelyard: Try Defects');
        await acceptInput(page, 'Percent of the rows');
        const told = await readNotification(page, /^The tests catch/);
        const [, caught, kinds] = /^The tests catch (\d+) of (\d+) kinds of defects/.exec(told) ?? assert.fail(told);
        await qualityItem(page, `Tests catch ${caught ?? ''} of ${kinds ?? ''} kinds of defects`).waitFor();
        const missed = qualityItem(page, /breaks /);
        const [, column] = /^\w+\.(\w+): /.exec(await missed.locator('.label-name').innerText()) ?? assert.fail();
        await missed.click();
        await page.locator('.tab.active').getByText('sources.yml').waitFor();
        await until(`the line of ${String(column)} is in sight`, async () =>
          page
            .locator('.editor-group-container.active .view-line')
            .filter({ hasText: `name: ${String(column)}` })
            .first()
            .isVisible(),
        );
      });
    },
  );
}
