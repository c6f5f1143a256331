import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { compareTables } from '../../src/core/compare/compareTables.ts';
import type { ComparedTable } from '../../src/core/compare/comparedTable.ts';
import { neverCancelled } from '../../src/core/diagnostics/cancellation.ts';
import { comparisonContent } from '../../src/extension/comparisonContent.ts';
import type { ResultsTestPage } from './resultsTestPage.ts';
import { cell, openResults } from './resultsTestPage.ts';
import { themeNames } from './themes.ts';
import { ViewLab, type PageOptions } from './webviewPage.ts';

let lab: ViewLab;
before(async () => {
  lab = await ViewLab.open('results');
});
after(() => lab.close());

const offline: ComparedTable = {
  columns: [
    { name: 'player_id', type: 'integer' },
    { name: 'country', type: 'text' },
    { name: 'largest_deposit', type: 'decimal(38,2)' },
    { name: 'last_seen', type: 'timestamp' },
    { name: 'note', type: 'text' },
  ],
  rows: Array.from({ length: 40 }, (_, at) => [at + 1, 'NL', `${String(at * 7)}.50`, '2024-01-02 03:04:05', null]),
};

/** The same with a cent more, a row less, one more, a text for a null, and another column. */
const there: ComparedTable = {
  columns: [
    { name: 'PLAYER_ID', type: 'NUMBER(38,0)' },
    { name: 'COUNTRY', type: 'VARCHAR' },
    { name: 'LARGEST_DEPOSIT', type: 'NUMBER(18,2)' },
    { name: 'LAST_SEEN', type: 'TIMESTAMP_NTZ(9)' },
    { name: 'LOADED_AT', type: 'TIMESTAMP_NTZ(9)' },
    { name: 'NOTE', type: 'VARCHAR' },
  ],
  rows: offline.rows
    .filter((_, at) => at !== 11)
    .map(([id, country, amount, , note], at) => [
      String(id),
      at === 9 ? 'DE' : (country ?? null),
      at === 4 ? '28.51' : (amount ?? null),
      '2024-01-02 03:04:05.000',
      '2024-02-01 00:00:00',
      at === 20 ? '' : (note ?? null),
    ])
    .concat([['99', 'FR', '1.00', '2024-01-02 03:04:05', null, null]]),
};

async function open(left: ComparedTable, right: ComparedTable, options: PageOptions = {}): Promise<ResultsTestPage> {
  const compared = await compareTables(
    left,
    right,
    { key: ['player_id'], mostDifferences: 100 },
    { progress: () => undefined, cancellation: neverCancelled },
  );
  const fetched = comparisonContent(compared, ['offline', 'snowflake']);
  assert.equal(fetched.kind, 'rows');
  const { content, rows } = fetched;
  return openResults(
    lab,
    {
      state: 'rows',
      title: 'player_top_three_deposits: offline and snowflake',
      subject: { kind: 'warehouse', target: 'snowflake' },
      ...content,
      rowCount: rows.length,
      durationMs: 4100,
    },
    { page: (from, count) => Promise.resolve(rows.slice(from, from + count)) },
    options,
  );
}

for (const theme of themeNames) {
  test(`rows that differ and the columns beside them are clean in ${theme}`, async () => {
    const view = await open(offline, there, { theme, width: 960, height: 320 });
    await cell(view, 1, 0).waitFor();
    await view.shot(`compared-${theme}`);
    await view.assertClean();
    await view.close();
  });
}

test('a cent that differs is marked in both rows, which stand below each other with their key', async () => {
  const view = await open(offline, there, { width: 1200, height: 400 });
  await cell(view, 1, 0).waitFor();
  const texts = async (row: number) => Promise.all([0, 1, 3].map((column) => cell(view, row, column).innerText()));
  assert.deepEqual(await texts(1), ['offline', '5', '28.50']);
  assert.deepEqual(await texts(2), ['snowflake', '5', '28.51']);
  assert.deepEqual(
    await view.page.evaluate('[...document.querySelectorAll(".ag-cell.changed")].map((one) => one.innerText)'),
    ['28.50', '28.51', 'NL', 'DE', 'NULL', ''],
  );
  assert.deepEqual(await Promise.all([5, 8].map((row) => cell(view, row, 0).innerText())), [
    'only offline',
    'only snowflake',
  ]);
  await view.close();
});

test('the header sums up, and the columns stand beside the rows with hashes and types', async () => {
  const view = await open(offline, there);
  await cell(view, 1, 0).waitFor();
  const words = (await view.page.locator('.bar').innerText()).replaceAll(/\s+/g, ' ');
  assert.match(words, /5 rows differ 40 \/ 40 rows 4\.10 s 5 of 6 columns$/);
  assert.deepEqual(
    await view.page.evaluate('[...document.querySelectorAll(".test")].map((one) => one.dataset.verdict)'),
    ['different', 'different', 'different', 'different', 'right', 'equal'],
  );
  const amount = view.page.locator('.test').nth(2);
  assert.match(await amount.innerText(), /largest_deposit\s+values differ\s+decimal\(38,2\) \/ NUMBER\(18,2\)/);
  assert.match(await amount.innerText(), /[0-9a-f]{16} offline\s+[0-9a-f]{16} snowflake/);
  assert.equal(
    await view.page.locator('.rowsText').innerText(),
    '40 rows offline, 40 rows snowflake. Rows are found by player_id.',
  );
  await view.page.getByRole('button', { name: '5 of 6 columns differ' }).click();
  assert.equal(await view.page.locator('.sidePanel').count(), 0);
  await view.close();
});

test('equal rows say so', async () => {
  const view = await open(offline, offline);
  const state = view.page.locator('[data-state="equal"]');
  await state.waitFor();
  assert.match(await state.innerText(), /^All 40 rows are equal: offline and snowflake\./);
  assert.match(await view.page.locator('.bar').innerText(), /equal/);
  await view.shot('compared-equal');
  await view.assertClean();
  await view.close();
});

test('a narrow panel keeps the header on one line', async () => {
  const view = await open(offline, there, { width: 300, height: 240 });
  await cell(view, 1, 0).waitFor();
  assert.equal(await view.page.evaluate('document.querySelector(".bar").scrollWidth'), 300);
  assert.equal(await view.page.locator('.testsButton').getAttribute('aria-expanded'), 'false');
  await view.shot('compared-narrow');
  await view.assertClean();
  await view.close();
});
