import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

/** Orders and products, and lines between them of which a combination of columns occurs once. */
function yamlOf(columns: readonly string[], combination: readonly string[]): string {
  return `
sources:
  - name: shop
    tables:
      - name: orders
        columns: [{name: id}]
      - name: products
        columns: [{name: id}]
      - name: lines
        data_tests:
          - dbt_utils.unique_combination_of_columns:
              arguments: {combination_of_columns: [${combination.join(', ')}]}
        columns:
${columns.map((column) => `          - {name: ${column}}\n`).join('')}`;
}

const columns = ['order_id', 'product_id', 'quantity', 'status'];

async function rowsOf(yaml: string, lines: number, parents = 20): Promise<Record<string, string>[]> {
  const rowsByTable = { orders: parents, products: parents, lines };
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 11, rowsByTable });
  return parseRows(texts.get('data/lines.csv') ?? '');
}

function distinct(rows: readonly Record<string, string>[], names: readonly string[]): number {
  return new Set(rows.map((row) => names.map((name) => row[name]).join())).size;
}

test('a combination of columns occurs once, up to all there are', async () => {
  const pair = ['order_id', 'product_id'];
  for (const lines of [100, 400]) {
    const rows = await rowsOf(yamlOf(columns, pair), lines);
    assert.equal(distinct(rows, pair), lines);
    assert.equal(distinct(rows, ['order_id']), 20);
    assert.ok(rows.every((row) => /^([1-9]|1\d|20)$/.test(row['order_id'] ?? '')));
  }
  const mixed = ['order_id', 'status', 'quantity'];
  assert.equal(distinct(await rowsOf(yamlOf(columns, mixed), 950), mixed), 950);
  assert.equal(distinct(await rowsOf(yamlOf(columns, mixed), 0), mixed), 0);
});

test('columns beside a combination have the values they had', async () => {
  const [with_, without] = [
    await rowsOf(yamlOf(['id', ...columns], ['order_id', 'product_id']), 100),
    await rowsOf(yamlOf(['id', ...columns], ['id']), 100),
  ];
  for (const name of ['quantity', 'status']) {
    assert.deepEqual(
      with_.map((row) => row[name]),
      without.map((row) => row[name]),
    );
  }
});

test('a combination with a column that occurs once asks for nothing', async () => {
  const rows = await rowsOf(yamlOf(['id', 'order_id'], ['id', 'order_id']), 300);
  assert.equal(distinct(rows, ['id']), 300);
});

test('values that may not be chosen freely stay, and the others tell the rows apart', async () => {
  const weighed = 'quantity, config: {meta: {modelyard: {distribution: {name: normal, mean: 5, deviation: 1}}}}';
  const names = ['order_id', 'product_id', 'quantity'];
  assert.equal(distinct(await rowsOf(yamlOf(['order_id', 'product_id', weighed], names), 400), names), 400);
});

test('too few combinations are refused with the counts, where the test is written', () => {
  const tables = tablesFromYaml(yamlOf(columns, ['order_id', 'product_id']));
  const { value, diagnostics } = planGeneration(tables, {
    seed: 1,
    rowsByTable: { orders: 20, products: 20, lines: 401 },
  });
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map(({ message, range }) => `${String(range.start.line + 1)}: ${message}`),
    [
      '11: lines (order_id, product_id) cannot be generated: 401 rows need combinations that occur once each, and only 400 are possible.',
    ],
  );
});

test('rows of one parent are told apart where its fan-out is bounded, and more rows than combinations are no matter', async () => {
  const pair = ['order_id', 'product_id'];
  const bounded = (max: number): string =>
    `order_id, config: {meta: {modelyard: {fan_out: {min: 1, max: ${String(max)}}}}}`;
  for (const [max, lines] of [
    [5, 80],
    [20, 400],
    [20, 123],
  ] as const) {
    const rows = await rowsOf(yamlOf([bounded(max), 'product_id'], pair), lines);
    assert.equal(distinct(rows, pair), lines);
    assert.ok(distinct(rows, ['product_id']) > 15, 'and not by the same few');
  }
  const few = { orders: 100, products: 5, lines: 300 };
  const texts = await generateTexts(tablesFromYaml(yamlOf([bounded(5), 'product_id'], pair)), {
    seed: 3,
    rowsByTable: few,
  });
  assert.equal(distinct(parseRows(texts.get('data/lines.csv') ?? ''), pair), 300);
  const tables = tablesFromYaml(yamlOf([bounded(6), 'product_id'], pair));
  assert.deepEqual(
    planGeneration(tables, { seed: 1, rowsByTable: few }).diagnostics.map(({ message }) => message),
    [
      'lines (order_id, product_id) cannot be generated: up to 6 rows of one parent need combinations that occur once each, and only 5 are possible.',
    ],
  );
});

test('sums of a parent stay whole when its rows are told apart', async () => {
  const lines = [
    'product_id',
    'order_id, config: {meta: {modelyard: {fan_out: {min: 1, max: 4}}}}',
    'amount, data_type: integer, config: {meta: {modelyard: {sums_to: orders.total}}}',
  ];
  const total = '{name: total, data_type: integer, config: {meta: {modelyard: {min: 10}}}}';
  const yaml = yamlOf(lines, ['product_id', 'order_id']).replace(
    'columns: [{name: id}]',
    `columns: [{name: id}, ${total}]`,
  );
  const texts = await generateTexts(tablesFromYaml(yaml), {
    seed: 3,
    rowsByTable: { orders: 40, products: 8, lines: 100 },
  });
  const rows = parseRows(texts.get('data/lines.csv') ?? '');
  assert.equal(distinct(rows, ['order_id', 'product_id']), 100);
  for (const order of parseRows(texts.get('data/orders.csv') ?? '')) {
    const amounts = rows.filter((row) => row['order_id'] === order['id']).map((row) => Number(row['amount']));
    assert.equal(
      amounts.reduce((sum, amount) => sum + amount, 0),
      Number(order['total']),
    );
  }
});
