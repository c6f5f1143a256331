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
