import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cellCount, inRange, rangeText, type CellRange } from '../../../src/webview/results/cellRange.ts';
import { columnWidth } from '../../../src/webview/results/columnWidth.ts';
import { pageSize, RowPages, StaleRowsError } from '../../../src/webview/results/rowPages.ts';

function pagesOf(rowCount: number) {
  const asked: number[] = [];
  const state = { generation: 1, failing: false };
  const pages = new RowPages(1, ({ from, count }) => {
    asked.push(from);
    if (state.failing) return Promise.reject(new Error('gone'));
    const rows = Array.from({ length: Math.min(count, rowCount - from) }, (_, at) => [from + at]);
    return Promise.resolve({ generation: state.generation, rows: JSON.stringify(rows) });
  });
  return { pages, asked, state };
}

test('a window across pages is put together, and no page is asked for twice', async () => {
  const { pages, asked } = pagesOf(1000);
  assert.equal(pages.rowsAtHand(0, 1), undefined);
  const rows = await pages.rows(pageSize - 1, pageSize + 2);
  assert.deepEqual(rows, [[pageSize - 1], [pageSize], [pageSize + 1]]);
  await pages.rows(0, 2 * pageSize);
  assert.deepEqual(asked, [0, pageSize]);
  assert.deepEqual(pages.rowsAtHand(pageSize, pageSize + 1), [[pageSize]]);
  assert.deepEqual(await pages.rows(0, 0), []);
});

test('the pages looked at longest ago are let go', async () => {
  const { pages, asked } = pagesOf(1_000_000);
  for (let at = 0; at <= 100; at++) {
    await pages.rows(at * pageSize, at * pageSize + 1);
    await pages.rows(0, 1);
  }
  assert.equal(asked.length, 101);
  assert.notEqual(pages.rowsAtHand(0, 1), undefined);
  assert.equal(pages.rowsAtHand(pageSize, pageSize + 1), undefined);
});

test('rows of another generation are refused, and a failure is tried again', async () => {
  const { pages, state, asked } = pagesOf(10);
  state.generation = 2;
  await assert.rejects(pages.rows(0, 1), StaleRowsError);
  state.generation = 1;
  state.failing = true;
  await assert.rejects(pages.rows(0, 1), { message: 'gone' });
  state.failing = false;
  assert.deepEqual(await pages.rows(0, 1), [[0]]);
  assert.equal(asked.length, 3);
});

const range = (fromRow: number, fromColumn: number, toRow: number, toColumn: number): CellRange => ({
  anchor: { row: fromRow, column: fromColumn },
  head: { row: toRow, column: toColumn },
});

test('a range is a rectangle, whichever corner it began in', () => {
  for (const one of [range(1, 1, 2, 3), range(2, 3, 1, 1), range(2, 1, 1, 3)]) {
    assert.equal(cellCount(one), 6);
    assert.equal(inRange(one, { row: 2, column: 2 }), true);
    assert.equal(inRange(one, { row: 3, column: 2 }), false);
    assert.equal(inRange(one, { row: 1, column: 0 }), false);
  }
});

test('a copy is one value as it is, or cells as spreadsheets take them', () => {
  assert.equal(rangeText(range(5, 1, 5, 1), [['x', 'a "b"\tc']]), 'a "b"\tc');
  const rows = [
    [1, 'plain', null],
    [2, 'a "quote"', 'line\nbreak'],
  ];
  assert.equal(rangeText(range(0, 2, 1, 0), rows), '1\tplain\tNULL\n2\t"a ""quote"""\t"line\nbreak"');
});

test('a column is as wide as its header and first values, within bounds', () => {
  const measure = (text: string) => text.length * 7;
  const width = (name: string, values: readonly string[]) =>
    columnWidth(
      { name, type: 'text' },
      0,
      values.map((value) => [value]),
      measure,
    );
  assert.equal(width('id', ['1']), 72);
  assert.equal(width('a_long_column_name', ['1']), 152);
  assert.equal(width('id', ['1', 'twelve chars']), 108);
  assert.equal(width('id', ['x'.repeat(500)]), 320);
});
