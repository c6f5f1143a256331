import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ResultsContent, ResultsSource } from '../../src/extension/views/resultsChannel.ts';
import { daily, dailySubject, quiet, sampleRow, sampleSource } from './resultsSamples.ts';
import { cell, openResults } from './resultsTestPage.ts';
import { themeNames } from './themes.ts';
import { until } from './until.ts';
import { ViewLab, type PageOptions } from './webviewPage.ts';

let lab: ViewLab;
before(async () => {
  lab = await ViewLab.open('results');
});
after(() => lab.close());

const open = (content?: ResultsContent, source?: ResultsSource, options?: PageOptions) =>
  openResults(lab, content, source, options);

for (const theme of themeNames) {
  test(`rows with failing tests are clean in ${theme}`, async () => {
    const view = await open(daily, sampleSource(812), { theme });
    await cell(view, 1, 0).waitFor();
    await view.shot(`rows-${theme}`);
    await view.assertClean();
    await view.close();
  });
}

test('cells show exact values, NULL apart from text, and numbers at the end', async () => {
  const view = await open(quiet, sampleSource(812));
  await cell(view, 1, 0).waitFor();
  const texts = await Promise.all([0, 1, 2, 3, 4].map((column) => cell(view, 2, column).innerText()));
  assert.deepEqual(texts, ['2', '2024-01-02', '7.50', '-1.05', 'Discord']);
  assert.equal(await cell(view, 1, 3).innerText(), 'NULL');
  assert.equal(await view.page.locator('.ag-cell.null').first().innerText(), 'NULL');
  assert.equal(await cell(view, 1, 4).innerText(), '');
  const style = (column: number) =>
    view.page.evaluate(`(({ textAlign, fontVariantNumeric }) => [textAlign, fontVariantNumeric])(
      getComputedStyle(document.querySelector('.ag-row .ag-cell[col-id="${String(column)}"]')))`);
  assert.deepEqual(await style(2), ['end', 'tabular-nums']);
  assert.deepEqual(await style(1), ['start', 'normal']);
  assert.deepEqual(await view.page.locator('.columnHeader').first().locator('span').allInnerTexts(), [
    'player_id',
    'integer',
  ]);
  await view.close();
});

test('the header says what the rows are of, how they stand, and how many in what time', async () => {
  const view = await open({ ...quiet, limited: 500 }, sampleSource(500));
  await cell(view, 1, 0).waitFor();
  const words = (await view.page.locator('.bar').innerText()).replaceAll(/\s+/g, ' ');
  assert.equal(words, 'daily_player_transactions built first 500 rows 23 ms 2 passed tests: 2 passed');
  await view.page.getByRole('button', { name: /^Open models/ }).click();
  await view.page.getByRole('button', { name: 'Run again' }).click();
  await until(() => view.asked.length === 2);
  assert.deepEqual(view.asked, [
    'openLocation {"file":"models/core/daily_player_transactions.sql","line":0,"character":0}',
    'rerun null',
  ]);
  await view.close();
});

test('failing tests are shown with their rows and message, first, and lead to their place', async () => {
  const view = await open(daily, sampleSource(812));
  await cell(view, 1, 0).waitFor();
  assert.deepEqual(
    await view.page.evaluate('[...document.querySelectorAll(".test")].map((one) => one.dataset.verdict)'),
    ['fail', 'warn', 'pass', 'pass'],
  );
  const first = view.page.locator('.test').first();
  assert.equal(await first.locator('.verdict').innerText(), 'failed, 2 rows');
  assert.match(await first.locator('.testMessage').innerText(), /^Expected no rows, found 2/);
  await first.click();
  await until(() => view.asked.length === 1);
  assert.deepEqual(view.asked, ['openLocation {"file":"models/core/core.yml","line":11,"character":10}']);
  const fold = view.page.locator('.testsButton');
  assert.equal(await fold.getAttribute('aria-expanded'), 'true');
  await fold.click();
  assert.equal(await view.page.locator('.sidePanel').count(), 0);
  assert.equal(await fold.getAttribute('aria-expanded'), 'false');
  assert.equal(
    await view.page.evaluate('document.activeElement.className'),
    'iconButton testsButton',
    'keeps the focus',
  );
  await view.close();
});

test('news of the tests change the header and neither the rows nor their place', async () => {
  const view = await open(quiet, sampleSource(812));
  await cell(view, 1, 0).waitFor();
  const before = await view.page.locator('.grid').boundingBox();
  await cell(view, 3, 1).click();
  view.channel.update(dailySubject);
  await view.page.locator('.testsButton[data-verdict="fail"]').waitFor();
  assert.deepEqual(await view.page.locator('.grid').boundingBox(), before);
  assert.equal(await view.page.evaluate('document.activeElement.getAttribute("col-id")'), '1');
  assert.equal(await view.layoutShift(), 0);
  await view.close();
});

test('of a million rows only windows are asked for, wherever the view jumps', async () => {
  const source = sampleSource(1_000_000);
  const view = await open({ ...quiet, rowCount: 1_000_000 }, source);
  await cell(view, 1, 0).waitFor();
  assert.deepEqual(source.windows, ['0+200']);
  assert.equal(await view.page.locator('[role="grid"], [role="treegrid"]').getAttribute('aria-rowcount'), '1000001');
  await cell(view, 1, 0).click();
  await view.page.keyboard.press('Control+End');
  await until(
    async () => (await cell(view, 1_000_000, 0).count()) === 1 && (await cell(view, 1_000_000, 0).innerText()) !== '',
  );
  assert.equal(await cell(view, 1_000_000, 0).innerText(), '1000000');
  assert.equal(source.windows.at(-1), '999800+200');
  assert.ok(source.windows.length < 10, source.windows.join(' '));
  await view.shot('million');
  await view.assertClean();
  await view.close();
});

test('pages of rows that were replaced are dropped', async () => {
  let release = (): void => undefined;
  const late = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow: ResultsSource = { page: () => late.then(() => [sampleRow(41)]) };
  const view = await open({ ...quiet, rowCount: 1 }, slow);
  await view.page.locator('.bar').waitFor();
  view.channel.show({ ...quiet, rowCount: 2 }, sampleSource(2));
  release();
  await cell(view, 2, 0).waitFor();
  assert.deepEqual(await view.page.locator('.ag-cell[col-id="0"]').allInnerTexts(), ['1', '2']);
  assert.equal(await view.page.getByRole('alert').count(), 0);
  await view.close();
});

test('a page that fails is reported', async () => {
  const view = await open(quiet, { page: () => Promise.reject(new Error('the database is gone')) });
  await view.page.getByRole('alert').getByText('the database is gone').waitFor();
  await view.shot('page-failed');
  await view.close();
});

test('the keyboard moves between cells and copies one cell or a range', async () => {
  const view = await open(quiet, sampleSource(812));
  const { page } = view;
  const clipboard = () => page.evaluate('navigator.clipboard.readText()');
  await cell(view, 2, 2).click();
  await page.keyboard.press('Control+c');
  await until(async () => (await clipboard()) === '7.50');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+c');
  await until(async () => (await clipboard()) === '-1.05');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowDown');
  await view.shot('range');
  assert.equal(await page.locator('.ag-cell.chosen').count(), 6);
  await page.keyboard.press('Control+c');
  await until(async () => (await clipboard()) === '-1.05\tDiscord\n-2.05\tDiscord\nNULL\tDiscord');
  assert.equal(await page.locator('[role="status"].spoken').innerText(), 'Copied 6 cells');
  await view.assertClean();
  await view.close();
});

test('a range that reaches beyond the rows at hand is fetched and copied', async () => {
  const source = sampleSource(812);
  const view = await open(quiet, source);
  await cell(view, 1, 0).click();
  await view.page.keyboard.press('Control+Shift+ArrowDown');
  await until(async () => (await view.page.locator('.ag-row[row-index="811"]').count()) > 0);
  await view.page.keyboard.press('Control+c');
  await until(async () => /^Copied/.test(await view.page.locator('[role="status"].spoken').innerText()));
  const lines = String(await view.page.evaluate('navigator.clipboard.readText()')).split('\n');
  assert.equal(lines.length, 812);
  assert.equal(lines[499]?.split('\t')[0], '500');
  await view.close();
});

const failure: ResultsContent = {
  state: 'failed',
  title: 'agg_discord_deposits_by_country',
  subject: { ...dailySubject, status: 'error', tests: [] } as typeof dailySubject,
  error: {
    message: 'no such column: p.countrycode. Did you mean p.country_code?',
    location: { file: 'models/core/agg_discord_deposits_by_country.sql', line: 11, character: 4 },
    detail: '  10 | select\n  11 |     count(*) as deposit_count,\n> 12 |     p.countrycode,\n     |     ^^^^^^^^^^^^^',
  },
};

const states = {
  empty: { state: 'empty' },
  running: { state: 'running', title: daily.title, subject: dailySubject, message: 'Building stg_players (2 of 3)' },
  failed: failure,
  cancelled: { state: 'cancelled', title: daily.title, subject: dailySubject },
  noRows: { ...quiet, rowCount: 0 },
  selectedSql: { ...quiet, title: 'Selected SQL', subject: { kind: 'sql' }, rowCount: 3 },
} as const satisfies Record<string, ResultsContent>;

for (const [name, content] of Object.entries(states)) {
  test(`the state ${name} is clean in every theme`, async () => {
    const view = await open(content, sampleSource(3));
    await view.page.locator('.state, .failure, .columnHeader').first().waitFor();
    for (const theme of themeNames) {
      await view.setTheme(theme);
      await view.shot(`${name}-${theme}`);
      await view.assertClean();
    }
    await view.close();
  });
}

test('an error shows its message, its place and the SQL as it is written', async () => {
  const view = await open(failure);
  await view.page.getByRole('button', { name: 'models/core/agg_discord_deposits_by_country.sql:12:5' }).click();
  await until(() => view.asked.length === 1);
  assert.match(view.asked[0] ?? '', /"line":11,"character":4/);
  assert.match(await view.page.locator('pre').innerText(), /> 12 \| {5}p\.countrycode,\n/);
  await view.close();
});

test('what runs can be cancelled', async () => {
  const view = await open(states.running);
  await view.page.getByText('Building stg_players (2 of 3)').waitFor();
  await view.page.getByRole('button', { name: 'Cancel' }).last().click();
  await until(() => view.asked.length === 1);
  assert.deepEqual(view.asked, ['cancel null']);
  await view.close();
});

test('no rows still show the columns, and that there are none', async () => {
  const source = sampleSource(0);
  const view = await open(states.noRows, source);
  await view.page.locator('.noRows').waitFor();
  assert.equal(await view.page.locator('.noRows').innerText(), '0 rows');
  assert.equal(await view.page.locator('.columnHeader').count(), 6);
  assert.equal(await view.page.locator('.ag-row').count(), 0);
  assert.deepEqual(source.windows, []);
  await view.close();
});

test('a narrow and low panel keeps the header on one line and the tests above the rows', async () => {
  const view = await open(daily, sampleSource(812), { width: 300, height: 200 });
  await cell(view, 1, 0).waitFor();
  assert.equal(await view.page.evaluate('document.querySelector(".bar").scrollWidth'), 300);
  await view.shot('narrow');
  await view.assertClean();
  await view.close();
});

test('fifty columns with long names', async () => {
  const columns = Array.from({ length: 50 }, (_, at) => ({
    name: `a_rather_long_column_name_${String(at)}`,
    type: 'text',
  }));
  const row = columns.map((_, at) => `value ${String(at)}`);
  const view = await open({ ...quiet, columns, rowCount: 1 }, { page: () => Promise.resolve([row]) });
  await cell(view, 1, 0).click();
  await view.page.keyboard.press('Control+ArrowRight');
  await cell(view, 1, 49).waitFor();
  assert.equal(await cell(view, 1, 49).innerText(), 'value 49');
  await view.assertClean();
  await view.close();
});
