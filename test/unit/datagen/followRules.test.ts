import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tablesFromSources } from '../../../src/core/datagen/fromSources.ts';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { readProperties } from '../../../src/core/project/readProperties.ts';
import { parseCsv } from '../../sample/parseCsv.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import type { DataTable } from '../../../src/core/datagen/dataModel.ts';

interface Described {
  readonly tables: readonly DataTable[];
  /** `code line message`, with a one-based line. */
  readonly faults: readonly string[];
}

function describe(yaml: string, seeds: readonly string[] = []): Described {
  const { value: properties } = readProperties(yaml, 'm.yml', (value) => ({ value, diagnostics: [] }));
  const files = seeds.map((name) => ({ name }));
  const { value, diagnostics } = tablesFromSources({ properties, seeds: files, config: { seedPaths: ['seeds'] } });
  return {
    tables: value,
    faults: diagnostics.map(({ code, range, message }) => `${code} ${String(range.start.line + 1)} ${message}`),
  };
}

/** A source with one table of the columns given as YAML lines, and lines beside them. */
function table(columns: readonly string[], beside: readonly string[] = []): string {
  return `sources:
  - name: shop
    tables:
      - name: things
${beside.map((line) => `        ${line}\n`).join('')}        columns:
${columns.map((column) => `          - ${column}\n`).join('')}`;
}

async function rowsOf(yaml: string, rows = 400): Promise<readonly Readonly<Record<string, string>>[]> {
  const { tables, faults } = describe(yaml);
  assert.deepEqual(faults, []);
  return parseCsv((await generateTexts(tables, { seed: 11, rows })).get('data/things.csv') ?? '');
}

test('constraints of columns and tables are followed as tests are', async () => {
  const rows = await rowsOf(
    table(
      [
        '{ name: id, data_type: integer, constraints: [{ type: primary_key }] }',
        '{ name: code, data_type: text, constraints: [{ type: unique }, { type: not_null }] }',
        '{ name: amount, data_type: "numeric(9,2)", constraints: [{ type: check, expression: "amount > 0 and amount <= 2" }] }',
        '{ name: a, data_type: integer }',
        '{ name: b, data_type: integer }',
      ],
      [
        'constraints:',
        '  - { type: primary_key, columns: [a, b] }',
        '  - { type: check, expression: "a between 1 and 30 and b >= 5 and b < 25" }',
      ],
    ),
  );
  const amounts = rows.map(({ amount }) => Number(amount));
  assert.ok(Math.min(...amounts) > 0 && Math.max(...amounts) <= 2);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  assert.equal(new Set(rows.map(({ code }) => code)).size, rows.length);
  assert.equal(new Set(rows.map(({ a, b }) => `${a ?? ''},${b ?? ''}`)).size, rows.length);
  assert.ok(rows.every(({ a, b }) => Number(a) >= 1 && Number(a) <= 30 && Number(b) >= 5 && Number(b) < 25));
});

test('foreign keys name their parent as ref, source or SQL', () => {
  const yaml = (constraint: string): string => `
sources:
  - name: shop
    schema: raw
    tables:
      - { name: people, columns: [{ name: id, data_type: integer }] }
      - name: orders
        columns:
          - { name: id, data_type: integer }
          - { name: buyer, data_type: integer, constraints: [{ type: foreign_key, ${constraint} }] }
`;
  const parent = (constraint: string): unknown => describe(yaml(constraint)).tables[1]?.columns[1]?.relationship;
  const people = { table: 'shop.people', column: 'id' };
  assert.deepEqual(parent(`to: "source('shop', 'people')", to_columns: [id]`), people);
  assert.deepEqual(parent('expression: "raw.people (id)"'), people);
  assert.deepEqual(parent('expression: "REFERENCES people(id)"'), people);
  assert.equal(parent('expression: "other.people (id)"'), undefined);
  assert.match(
    describe(yaml('expression: "other.people (id)"')).faults[0] ?? '',
    /^data\.ruleNotFollowed 10 orders: rows are made without regard to this foreign_key/,
  );
});

test('expressions that are true of a column or a row are followed', async () => {
  const rows = await rowsOf(
    table(
      [
        '{ name: stars, data_type: integer, data_tests: [{ dbt_utils.expression_is_true: { arguments: { expression: ">= 3" } } }] }',
        '{ name: level, data_type: integer, data_tests: [{ accepted_values: { arguments: { values: [1, 2, 3, 4] } } }] }',
        '{ name: starts_on, data_type: date }',
        '{ name: ends_on, data_type: date }',
        '{ name: low, data_type: integer }',
        '{ name: high, data_type: integer }',
        '{ name: state_code, data_type: text, data_tests: [dbt_utils.not_empty_string] }',
      ],
      [
        'data_tests:',
        '  - dbt_utils.expression_is_true: { arguments: { expression: "ends_on > starts_on" } }',
        '  - dbt_utils.expression_is_true: { arguments: { expression: "high > low" } }',
        '  - dbt_utils.expression_is_true: { arguments: { expression: "level <> 4 and level > 1" } }',
        `  - dbt_utils.expression_is_true: { arguments: { expression: "state_code in ('a', 'b')" } }`,
      ],
    ),
  );
  assert.ok(rows.every(({ stars }) => Number(stars) >= 3));
  assert.deepEqual(new Set(rows.map(({ level }) => level)), new Set(['2', '3']));
  assert.ok(rows.every(({ starts_on = '', ends_on = '' }) => ends_on > starts_on));
  assert.ok(rows.every(({ low, high }) => Number(high) > Number(low)));
  assert.deepEqual(new Set(rows.map(({ state_code }) => state_code)), new Set(['a', 'b']));
});

test('what cannot be read or brought together is named where it is written, and the rest is followed', () => {
  const { faults, tables } = describe(
    table([
      '{ name: total, data_type: integer, data_tests: [{ dbt_utils.accepted_range: { arguments: { min_value: 3 } } }, { dbt_utils.expression_is_true: { arguments: { expression: "% 2 = 0" } } }] }',
      '{ name: tax, data_type: integer, constraints: [{ type: check, expression: "tax <= total" }, { type: check, expression: "tax <= 9" }] }',
      '{ name: label, data_type: text, data_tests: [{ relationships: { arguments: { to: "ref(\'labels\')", field: id } } }] }',
    ]),
  );
  assert.deepEqual(
    faults.map((fault) => fault.split(': rows')[0]),
    ['data.ruleNotFollowed 6 things', 'data.ruleNotFollowed 7 things', 'data.ruleNotFollowed 8 things'],
  );
  const [total, tax] = tables[0]?.columns ?? [];
  assert.equal(total?.acceptedRange?.min, 3);
  assert.equal(tax?.acceptedRange?.max, 9);
});

test('a test that is switched off asks nothing; one on some rows gives way to a null rate', () => {
  const { tables, faults } = describe(
    table([
      '{ name: a, data_tests: [{ not_null: { config: { enabled: false } } }] }',
      '{ name: b, data_tests: [{ not_null: { config: { where: "a > 1" } } }] }',
      '{ name: c, data_tests: [{ not_null: { config: { where: "a > 1" } } }], config: { meta: { modelyard: { null_rate: 0.5 } } } }',
    ]),
  );
  assert.deepEqual(
    tables[0]?.columns.map(({ notNull }) => notNull),
    [false, true, false],
  );
  assert.equal(faults.length, 1);
});

test('times come in the order that their names tell of, unless hints say how they are made', async () => {
  const times = (names: readonly string[], hints = ''): string =>
    table(names.map((name) => `{ name: ${name}, data_type: timestamp${hints} }`));
  const pairs = [
    ['updated_at', 'created_at'],
    ['last_seen_at', 'created_at'],
    ['ends_at', 'starts_at'],
    ['trial_end', 'trial_start'],
    ['delivered_at', 'shipped_at'],
    ['shipped_at', 'ordered_at'],
    ['completed_at', 'created_at'],
    ['order_delivered_date', 'order_date'],
  ] as const;
  for (const [later, earlier] of pairs) {
    // The later one first: the order of the columns does not matter.
    const rows = await rowsOf(times([later, earlier]), 60);
    assert.ok(
      rows.every((row) => (row[later] ?? '') >= (row[earlier] ?? '')),
      `${later} after ${earlier}`,
    );
  }
  const own = describe(times(['updated_at', 'created_at'], ', config: { meta: { modelyard: { min: "2020-01-01" } } }'));
  assert.equal(own.tables[0]?.columns[0]?.hints['after'], undefined);
  const loop = describe(
    table([
      '{ name: updated_at, data_type: timestamp }',
      '{ name: created_at, data_type: timestamp, config: { meta: { modelyard: { equals: updated_at } } } }',
    ]),
  );
  assert.ok(planGeneration(loop.tables, { seed: 1 }).value !== undefined);
});

test('seeds that are described and have no file are made; those with a file are left alone', async () => {
  const yaml = `
seeds:
  - name: raw_customers
    config: { column_types: { id: integer, name: text } }
    columns: [{ name: id, data_tests: [unique, not_null] }, { name: name }]
  - name: raw_orders
    columns:
      - { name: id, data_type: integer }
      - { name: user_id, data_type: integer, data_tests: [{ relationships: { arguments: { to: "ref('raw_customers')", field: id } } }] }
  - { name: mapping }
`;
  const { tables, faults } = describe(yaml);
  assert.deepEqual(faults, []);
  const texts = await generateTexts(tables, { seed: 1, rows: 30 });
  assert.deepEqual([...texts.keys()], ['seeds/raw_customers.csv', 'seeds/raw_orders.csv']);
  const ids = new Set(parseCsv(texts.get('seeds/raw_customers.csv') ?? '').map(({ id }) => id));
  assert.ok(parseCsv(texts.get('seeds/raw_orders.csv') ?? '').every(({ user_id }) => ids.has(user_id)));
  const kept = describe(yaml, ['raw_customers']);
  assert.deepEqual(
    kept.tables.map(({ path }) => path),
    ['seeds/raw_orders.csv'],
  );
  assert.match(kept.faults.join('\n'), /raw_orders: rows are made without regard to this relationships/);
});
