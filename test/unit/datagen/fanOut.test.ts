import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration, type GenerationOptions } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

/** Orders of customers, some of whom are active; `key` is what customer_id says beyond its relationship. */
function shop(hints: string, tests = 'not_null, '): string {
  return `
sources:
  - name: shop
    tables:
      - name: customers
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - {name: is_active, data_type: boolean}
      - name: orders
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - name: customer_id
            data_type: integer
            data_tests: [${tests}{relationships: {arguments: {to: "source('shop', 'customers')", field: id}}}]
            config: {meta: {modelyard: {${hints}}}}
`;
}

interface Spread {
  /** Orders of each customer, the most first. */
  readonly counts: readonly number[];
  readonly withoutParent: number;
  readonly ofInactive: number;
}

async function spread(yaml: string, customers: number, orders: number, seed = 1): Promise<Spread> {
  const options = { seed, rowsByTable: { customers, orders } };
  const texts = await generateTexts(tablesFromYaml(yaml), options);
  const rows = (table: string): readonly Record<string, string>[] => parseRows(texts.get(`data/${table}.csv`) ?? '');
  const counts = new Map(rows('customers').map((row) => [row['id'] ?? '', 0]));
  const inactive = new Set(rows('customers').flatMap((row) => (row['is_active'] === 'FALSE' ? [row['id']] : [])));
  const parents = rows('orders').map((row) => row['customer_id'] ?? '');
  for (const parent of parents) if (parent !== '') counts.set(parent, (counts.get(parent) ?? 0) + 1);
  assert.equal(counts.size, customers, 'every order is of a customer that exists');
  return {
    counts: [...counts.values()].sort((a, b) => b - a),
    withoutParent: parents.filter((parent) => parent === '').length,
    ofInactive: parents.filter((parent) => inactive.has(parent)).length,
  };
}

function refusals(yaml: string, customers: number, orders: number): readonly string[] {
  const options: GenerationOptions = { seed: 1, rowsByTable: { customers, orders } };
  const { value, diagnostics } = planGeneration(tablesFromYaml(yaml), options);
  assert.equal(value === undefined, diagnostics.length > 0);
  return diagnostics.map(({ message }) => message);
}

test('each parent has from min to max rows, at the least, between and at the most', async () => {
  for (const orders of [100, 150, 237, 300]) {
    const { counts } = await spread(shop('fan_out: {min: 1, max: 3}'), 100, orders);
    assert.ok(counts.every((count) => count >= 1 && count <= 3));
    assert.equal(
      counts.reduce((sum, count) => sum + count),
      orders,
    );
  }
  const { counts } = await spread(shop('fan_out: {min: 1, max: 3}'), 100, 200);
  assert.deepEqual([counts[0], counts.at(-1)], [3, 1]);
});

test('a fan_out may leave out its min or its max', async () => {
  const most = await spread(shop('fan_out: {max: 2}'), 100, 150);
  assert.deepEqual([most.counts[0], most.counts.at(-1)], [2, 0]);
  const least = await spread(shop('fan_out: {min: 2}'), 100, 500);
  assert.ok(least.counts.at(-1) === 2 && (least.counts[0] ?? 0) > 5);
});

test('rows without a parent are counted out', async () => {
  const yaml = shop('fan_out: {min: 1, max: 2}, null_rate: 0.25', '');
  const { counts, withoutParent } = await spread(yaml, 50, 120);
  assert.equal(withoutParent, 30);
  assert.ok(counts.every((count) => count === 1 || count === 2));
});

test('rows that the fan-out cannot take are refused with the counts', () => {
  const few = shop('fan_out: {min: 1, max: 3}');
  assert.deepEqual(refusals(few, 100, 99), [
    'orders.customer_id cannot be generated: 99 rows are to have a parent, but its fan_out and the 100 rows of customers take 100 to 300 rows.',
  ]);
  assert.deepEqual(refusals(few, 100, 301), [
    'orders.customer_id cannot be generated: 301 rows are to have a parent, but its fan_out and the 100 rows of customers take 100 to 300 rows.',
  ]);
  assert.deepEqual(refusals(few, 100, 300), []);
  assert.deepEqual(refusals(shop('fan_out: {min: 2}'), 100, 150), [
    'orders.customer_id cannot be generated: 150 rows are to have a parent, but its fan_out and the 100 rows of customers take 200 rows or more.',
  ]);
  assert.deepEqual(refusals(shop('fan_out: {min: 3, max: 2}'), 100, 250), [
    'orders.customer_id: the min of its fan_out is above its max.',
  ]);
});

test('at most so many rows of each parent that a condition leaves', async () => {
  const yaml = shop('fan_out: {max: 2}, where: is_active');
  const { counts, ofInactive } = await spread(yaml, 10, 18);
  assert.equal(ofInactive, 0);
  assert.ok((counts[0] ?? 0) <= 2);
  assert.deepEqual(refusals(yaml, 10, 20), []);
  assert.deepEqual(refusals(shop('fan_out: {min: 1}, where: is_active'), 10, 20), [
    'orders.customer_id: a fan_out with a min does not go with where: how many parents that leaves is left to chance.',
  ]);
});

test('popular parents have more rows, in the shape that is asked for', async () => {
  const shares = async (hints: string): Promise<{ top: number; none: number }> => {
    const { counts } = await spread(shop(hints), 1000, 20_000);
    const top = counts.slice(0, 100).reduce((sum, count) => sum + count) / 20_000;
    return { top, none: counts.filter((count) => count === 0).length };
  };
  const even = await shares('fan_out: even');
  assert.ok(even.top < 0.16 && even.none === 0, JSON.stringify(even));
  // The first 100 of 1,000 ranks have H(100) / H(1000) = 5.187 / 7.485 of all.
  const zipf = await shares('fan_out: {name: zipf, exponent: 1}');
  assert.ok(Math.abs(zipf.top - 0.693) < 0.02, JSON.stringify(zipf));
  // The largest tenth of a lognormal with sigma 1 has 1 - cdf(1.2816 - 1) = 0.389 of all.
  const lognormal = await shares('fan_out: {name: lognormal, sigma: 1}');
  assert.ok(Math.abs(lognormal.top - 0.389) < 0.03, JSON.stringify(lognormal));
  const empirical = await shares('fan_out: {name: empirical, values: [0, 1, 1, 5]}');
  assert.equal(empirical.none, 250);
});

test('a popularity counts among the parents that a condition leaves', async () => {
  const { counts, ofInactive } = await spread(shop('fan_out: {name: zipf, exponent: 2}, where: is_active'), 40, 1000);
  assert.equal(ofInactive, 0);
  // 1 / zeta(2) of all, or some 61 %.
  assert.ok((counts[0] ?? 0) > 550 && (counts[0] ?? 0) < 700, String(counts[0]));
});

test('even is what is made without the hint, and one_to_one is at most one row', async () => {
  assert.deepEqual(await spread(shop('fan_out: even'), 50, 200), await spread(shop(''), 50, 200));
  assert.deepEqual(await spread(shop('fan_out: {max: 1}'), 50, 50), await spread(shop('one_to_one: true'), 50, 50));
  assert.deepEqual(refusals(shop('fan_out: even, one_to_one: true'), 10, 10), [
    'orders.customer_id: fan_out does not go with parents that occur once each.',
  ]);
});

test('forms of fan_out that are none are reported', () => {
  for (const wrong of [
    '{}',
    '{min: -1}',
    '{min: 1.5}',
    'zipf',
    '{name: empirical, values: [0, 0]}',
    '{name: lognormal}',
  ])
    assert.match(
      refusals(shop(`fan_out: ${wrong}`), 5, 5).join(),
      /the hint "fan_out" must be even, \{name: zipf/,
      wrong,
    );
});
