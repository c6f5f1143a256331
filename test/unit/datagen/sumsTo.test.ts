import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

interface Shop {
  readonly total?: string;
  readonly order_id?: string;
  readonly amount?: string;
}

/** Items of orders; each text is what the column's mapping says beyond its name. */
function shop({
  total = 'data_type: "numeric(9,2)", config: {meta: {modelyard: {min: 3, max: 500}}}',
  order_id = 'config: {meta: {modelyard: {fan_out: {min: 1, max: 5}}}}',
  amount = 'data_type: "numeric(9,2)", data_tests: [not_null], config: {meta: {modelyard: {sums_to: orders.total}}}',
}: Shop = {}): string {
  return `
sources:
  - name: shop
    tables:
      - name: orders
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - {name: total, ${total}}
      - name: items
        columns:
          - {name: amount, ${amount}}
          - {name: order_id, data_type: integer, data_tests: [{relationships: {arguments: {to: "source('shop', 'orders')", field: id}}}], ${order_id}}
`;
}

type Row = Readonly<Record<string, string>>;

async function rowsOf(
  yaml: string,
  orders: number,
  items: number,
): Promise<{ orders: readonly Row[]; items: readonly Row[] }> {
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 3, rowsByTable: { orders, items } });
  const rows = (table: string): readonly Row[] => parseRows(texts.get(`data/${table}.csv`) ?? '');
  return { orders: rows('orders'), items: rows('items') };
}

function refusals(yaml: string, items = 200): readonly string[] {
  const { value, diagnostics } = planGeneration(tablesFromYaml(yaml), { seed: 1, rowsByTable: { orders: 100, items } });
  assert.equal(value, undefined);
  return diagnostics.map(({ message }) => message);
}

/** An amount in its smallest unit, read from its text without any arithmetic of fractions. */
const cents = (text = ''): bigint => BigInt(text.replace('.', ''));

/** Fails unless the items of each order sum to its total. */
function checkSums({ orders, items }: { orders: readonly Row[]; items: readonly Row[] }): void {
  const sums = new Map<string, bigint>();
  for (const { order_id = '', amount } of items) {
    if (order_id !== '') sums.set(order_id, (sums.get(order_id) ?? 0n) + cents(amount));
  }
  for (const { id = '', total } of orders) assert.equal(sums.get(id), cents(total), `order ${id}`);
}

test('the amounts of each parent sum to its value, each above 0', async () => {
  const made = await rowsOf(shop(), 2000, 6000);
  checkSums(made);
  assert.ok(made.items.every(({ amount }) => cents(amount) > 0n));
  const shares = made.items.map(({ amount }) => Number(amount));
  assert.ok(new Set(shares).size > 3000, 'and they are not all alike');
});

test('whole numbers sum too, up to a unit for each row and no more', async () => {
  const whole = 'data_type: integer, config: {meta: {modelyard: {';
  const yaml = shop({ total: `${whole}min: 5, max: 6}}}`, amount: `${whole}sums_to: orders.total}}}` });
  const made = await rowsOf(yaml, 100, 500);
  checkSums(made);
  assert.deepEqual(new Set(made.items.map(({ amount }) => amount)), new Set(['1', '2']));
});

test('the totals may be keys, and shapes of their own', async () => {
  checkSums(
    await rowsOf(
      shop({
        total:
          'data_type: "numeric(9,2)", config: {meta: {modelyard: {min: 1, distribution: {name: lognormal, median: 30, sigma: 1}}}}',
      }),
      300,
      700,
    ),
  );
  const key = 'data_type: integer, data_tests: [unique, {dbt_utils.accepted_range: {arguments: {min_value: 7}}}]';
  const made = await rowsOf(
    shop({ total: key, amount: 'data_type: integer, config: {meta: {modelyard: {sums_to: orders.total}}}' }),
    50,
    120,
  );
  assert.deepEqual([made.orders[0]?.['total'], made.orders.at(-1)?.['total']], ['7', '56']);
  checkSums(made);
});

test('rows without a parent, or with one without a value, have none', async () => {
  const made = await rowsOf(
    shop({
      total: 'data_type: "numeric(9,2)", config: {meta: {modelyard: {min: 3, max: 9, null_rate: 0.3}}}',
      order_id: 'config: {meta: {modelyard: {fan_out: {min: 1, max: 5}, null_rate: 0.2}}}',
      amount: 'data_type: "numeric(9,2)", config: {meta: {modelyard: {sums_to: orders.total}}}',
    }),
    100,
    300,
  );
  const without = new Set(made.orders.flatMap(({ id, total }) => (total === '' ? [id] : [])));
  assert.ok(without.size > 10);
  assert.ok(made.items.every(({ order_id, amount }) => (amount === '') === (order_id === '' || without.has(order_id))));
  checkSums({
    orders: made.orders.filter(({ total }) => total !== ''),
    items: made.items.filter(({ amount }) => amount !== ''),
  });
});

test('sums that cannot be met are refused with the reason', () => {
  assert.deepEqual(refusals(shop({ order_id: 'description: the order' })), [
    'items.amount: it sums to orders.total, so each row of orders needs a row here; give order_id a fan_out such as {min: 1, max: 5}.',
  ]);
  assert.deepEqual(refusals(shop({ order_id: 'config: {meta: {modelyard: {fan_out: {max: 5}}}}' })), [
    'items.amount: it sums to orders.total, so each row of orders needs a row here; give order_id a fan_out such as {min: 1, max: 5}.',
  ]);
  assert.deepEqual(
    refusals(shop({ total: 'data_type: "numeric(9,2)", config: {meta: {modelyard: {min: 0.04, max: 9}}}' })),
    [
      'items.amount cannot be generated: up to 5 rows sum to one orders.total, each at least 1 of its smallest unit, and it may be as little as 0.04.',
    ],
  );
  assert.deepEqual(refusals(shop({ total: 'data_type: "numeric(9,3)"' })), [
    'items.amount: it sums to orders.total, which is no number with as many decimals.',
  ]);
  assert.deepEqual(
    refusals(shop({ total: 'data_type: "numeric(9,2)", config: {meta: {modelyard: {min: 3, null_rate: 0.1}}}' })),
    ['items.amount: it may not be empty, but not each of its rows finds a value of orders.total.'],
  );
  const amount = (hints: string): string => `data_type: "numeric(9,2)", config: {meta: {modelyard: {${hints}}}}`;
  assert.deepEqual(refusals(shop({ amount: amount('sums_to: orders.total, max: 20') })), [
    'items.amount: the hint "max" does not go with sums_to.',
  ]);
  assert.deepEqual(refusals(shop({ amount: amount('sums_to: amount') })), [
    'items.amount: it refers to amount, but no single relationship leads from items there.',
  ]);
  assert.deepEqual(refusals(shop({ amount: amount('sums_to: orders.sum') })), [
    'items.amount refers to orders.sum, which no source declares.',
  ]);
  assert.match(
    refusals(shop(), 600).join(),
    /600 rows are to have a parent, but its fan_out and the 100 rows of orders take 100 to 500 rows/,
  );
});
