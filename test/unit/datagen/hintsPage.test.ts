import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { generatorNames } from '../../../src/core/datagen/fieldGenerators.ts';
import { columnHintForms, tableHintForms } from '../../../src/core/datagen/hintForms.ts';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';
import { root } from '../root.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

type Row = Readonly<Record<string, string>>;
type Tables = Readonly<Record<string, readonly Row[]>>;

const page = fs.readFileSync(path.join(root, 'docs/hints.md'), 'utf8');

/** The examples of the page by the heading that they stand under. */
const examples = new Map(
  page
    .split(/^#+ /m)
    .slice(1)
    .flatMap((section): readonly [string, string][] => {
      const title = section.slice(0, section.indexOf('\n')).trim();
      return [...section.matchAll(/^```yaml\n([\s\S]*?)^```$/gm)].map(([, yaml = '']) => [title, yaml]);
    }),
);

const values = (rows: readonly Row[] | undefined, column: string): readonly string[] =>
  (rows ?? []).map((row) => row[column] ?? '');
const numbers = (rows: readonly Row[] | undefined, column: string): readonly number[] =>
  values(rows, column).map(Number);
const share = <T>(all: readonly T[], holds: (one: T) => boolean): number => all.filter(holds).length / all.length;
const isNear = (found: number, expected: number, by: number): void =>
  assert.ok(Math.abs(found - expected) < by, `${String(found)}, and not ${String(expected)}`);
const countsOf = (all: readonly string[]): ReadonlyMap<string, number> =>
  all.reduce((counts, one) => counts.set(one, (counts.get(one) ?? 0) + 1), new Map<string, number>());
const byId = (rows: readonly Row[] | undefined): ReadonlyMap<string, Row> =>
  new Map((rows ?? []).map((row) => [row['id'] ?? '', row]));
const median = (all: readonly number[]): number => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)] ?? NaN;

/** What the page says of each example. Data tests have passed when these are asked. */
const statements: Readonly<Record<string, (tables: Tables) => void>> = {
  'A source without hints': ({ customers, orders }) => {
    assert.deepEqual(values(customers, 'id').slice(0, 3), ['1', '2', '3']);
    assert.deepEqual(new Set(values(orders, 'status')), new Set(['placed', 'shipped', 'returned']));
    assert.ok(values(orders, 'ordered_at').every((time) => time.startsWith('2024-')));
    assert.ok(values(customers, 'email').every((email) => email.includes('@')));
  },
  rows: ({ stores }) => assert.equal(stores?.length, 12),
  'generator, pattern and distinct': ({ vouchers }) => {
    assert.ok(values(vouchers, 'token').every((token) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(token)));
    assert.ok(values(vouchers, 'code').every((code) => /^SALE-[A-Z]{4}\d\d$/.test(code)));
    assert.ok(values(vouchers, 'market').every((code) => /^[A-Z]{2}$/.test(code)));
    assert.ok(values(vouchers, 'given_to').every((address) => /^[a-z.0-9]+@example\.(com|net|org)$/.test(address)));
    for (const column of ['token', 'code', 'given_to'])
      assert.equal(new Set(values(vouchers, column)).size, vouchers?.length);
  },
  'weights and null_rate': ({ payments }) => {
    assert.deepEqual(new Set(values(payments, 'method')), new Set(['card', 'cash']));
    isNear(
      share(values(payments, 'method'), (method) => method === 'card'),
      0.75,
      0.12,
    );
    isNear(
      share(values(payments, 'channel'), (channel) => channel === ''),
      0.1,
      0.08,
    );
  },
  'min and max': ({ shifts }) => {
    const hours = numbers(shifts, 'hours');
    assert.ok(hours.every((value) => value >= 2 && value <= 8.5) && Math.max(...hours) > 8);
    const times = values(shifts, 'starts_at');
    assert.ok(times.every((time) => time >= '2025-03-01 06' && time < '2025-04-01'));
    assert.ok(times.some((time) => time > '2025-03-29'));
  },
  distribution: ({ visits }) => {
    isNear(median(numbers(visits, 'age')), 40, 5);
    isNear(median(numbers(visits, 'amount')), 25, 8);
    const pages = countsOf(values(visits, 'pages'));
    assert.ok((pages.get('1') ?? 0) > (pages.get('2') ?? 0) && numbers(visits, 'pages').every((page) => page <= 50));
    const seconds = numbers(visits, 'seconds');
    assert.ok(seconds.every((value) => value >= 3 && value <= 400));
    isNear(median(seconds), 11, 3);
    assert.deepEqual([...countsOf(values(visits, 'luck')).keys()].sort(), ['1', '2', '3', '4', '5', '6']);
  },
  'growth, weekdays and hours': ({ sales }) => {
    const times = values(sales, 'sold_at').map((time) => new Date(`${time.slice(0, 10)}T${time.slice(11, 19)}Z`));
    const [saturday, sunday] = [6, 0].map((day) => share(times, (time) => time.getUTCDay() === day));
    assert.equal(sunday, 0);
    isNear(saturday ?? 0, 2 / 7, 0.13);
    isNear(
      share(times, (time) => time.getUTCHours() >= 18 && time.getUTCHours() <= 20),
      15 / 36,
      0.14,
    );
    assert.ok(share(times, (time) => time.getUTCMonth() >= 3) > 0.5, 'the second half has more than the first');
  },
  'after and within': ({ customers, orders }) => {
    const all = byId(customers);
    for (const { customer_id = '', ordered_at = '', shipped_at = '' } of orders ?? []) {
      assert.ok(ordered_at >= (all.get(customer_id)?.['joined_at'] ?? '?'));
      const days = (Date.parse(shipped_at) - Date.parse(ordered_at)) / 86_400_000;
      assert.ok(shipped_at === '' || (days >= 0 && days <= 3));
    }
  },
  equals: ({ customers, orders }) => {
    const all = byId(customers);
    for (const { customer_id = '', ship_to } of orders ?? [])
      assert.equal(ship_to, all.get(customer_id)?.['country_code']);
  },
  where: ({ customers, orders }) => {
    const all = byId(customers);
    for (const { customer_id = '', invited_by = '' } of orders ?? []) {
      assert.equal(all.get(customer_id)?.['is_active'], 'TRUE');
      assert.equal(all.get(invited_by)?.['tier'], 'gold');
    }
  },
  one_to_one: ({ orders, invoices }) => {
    const paid = new Map((invoices ?? []).map(({ order_id = '', paid_on = '' }) => [order_id, paid_on]));
    assert.equal(paid.size, 150);
    for (const { id = '', paid_on } of orders ?? []) assert.equal(paid_on, paid.get(id) ?? '');
  },
  fan_out: ({ customers, visits, addresses }) => {
    const [first = 0, second = 0, third = 0] = [...countsOf(values(visits, 'customer_id')).values()].sort(
      (a, b) => b - a,
    );
    isNear(first / second, 2, 0.3);
    isNear(first / third, 3, 0.5);
    const counts = countsOf(values(addresses, 'customer_id'));
    assert.ok(counts.size === customers?.length && [...counts.values()].every((count) => count >= 1 && count <= 3));
  },
  sums_to: ({ orders, order_items: items }) => {
    const cents = (text = ''): number => Number(text.replace('.', ''));
    const sums = new Map<string, number>();
    for (const { order_id = '', amount } of items ?? []) sums.set(order_id, (sums.get(order_id) ?? 0) + cents(amount));
    for (const { id = '', total } of orders ?? []) assert.equal(sums.get(id), cents(total));
    assert.ok(values(items, 'amount').every((amount) => cents(amount) >= 1));
  },
  'Tables that refer to themselves and to each other': ({ employees }) => {
    const all = byId(employees);
    assert.equal(employees?.[0]?.['manager_id'], '');
    for (const { id, manager_id = '' } of employees) {
      if (manager_id === '') continue;
      assert.ok(Number(manager_id) < Number(id));
      assert.equal(all.get(manager_id)?.['is_manager'], 'TRUE');
    }
  },
};

test('the page names every generator', () => {
  const sentence = /`generator` names a kind of texts: (.*?)\. /.exec(page)?.[1] ?? '';
  assert.deepEqual([...sentence.matchAll(/`(\w+)`/g)].map(([, name]) => name).sort(), [...generatorNames].sort());
});

test('the page has an example for each hint, and a statement stands for each example', () => {
  assert.deepEqual([...examples.keys()], Object.keys(statements));
  const used = new Set(
    [...examples.values()]
      .flatMap(tablesFromYaml)
      .flatMap(({ rowHints, columns }) =>
        [rowHints, ...columns.map((column) => column.hints)].flatMap((hints) => Object.keys(hints)),
      ),
  );
  const hints = [...Object.keys(columnHintForms), ...Object.keys(tableHintForms)];
  assert.deepEqual(
    hints.filter((hint) => !used.has(hint)),
    [],
  );
});

for (const [title, yaml] of examples) {
  test(`the example of "${title}" gives what the page says`, async () => {
    const rowsByTable = Object.fromEntries(
      tablesFromYaml(yaml).flatMap(({ id, rowHints }) => (rowHints['rows'] === undefined ? [[id, 200]] : [])),
    ) as Record<string, number>;
    const tables = tablesFromYaml(yaml);
    const options = { seed: 1, rowsByTable };
    assert.deepEqual(planGeneration(tables, options).diagnostics, []);
    const texts = await generateTexts(tables, options);
    const files = { 'models/sources.yml': yaml, ...Object.fromEntries(texts) };
    const made = await testProject(projectTexts(files));
    const { results, faults } = await made.run('test');
    assert.deepEqual(faults, []);
    const written = [...yaml.matchAll(/\b(unique|not_null|relationships|accepted_values)\b/g)].length;
    assert.equal(results?.results.length ?? 0, written, 'each data test has run');
    for (const { node, status } of results?.results ?? []) assert.equal(status, 'pass', node.name);
    const rows = tables.map(({ name, path }) => [name, parseRows(texts.get(path) ?? '')] as const);
    statements[title]?.(Object.fromEntries(rows));
  });
}
