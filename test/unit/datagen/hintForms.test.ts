import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { hintChoices } from '../../../src/core/datagen/hintChoices.ts';
import { columnHintForms, tableHintForms } from '../../../src/core/datagen/hintForms.ts';
import { hintSchema } from '../../../src/core/datagen/hintSchema.ts';
import { readColumnHints, readTableHints } from '../../../src/core/datagen/hints.ts';
import { isPlainMap, type PlainMap, type PlainValue } from '../../../src/core/project/plainValue.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';
import { root } from '../root.ts';
import { definition, isValid } from '../support/jsonSchema.ts';

const schema = hintSchema();
const [table] = tablesFromYaml('sources: [{name: s, tables: [{name: t, columns: [{name: x}]}]}]');
assert.ok(table?.columns[0] !== undefined);
const column = table.columns[0];

/** Messages of reading a column's or a table's hints. */
function faults(of: 'table' | 'column', hints: PlainMap): readonly string[] {
  assert.ok(table !== undefined);
  const { diagnostics } =
    of === 'column' ? readColumnHints(table, { ...column, hints }) : readTableHints({ ...table, rowHints: hints });
  return diagnostics.map(({ message }) => message);
}

/** Whether hints are read without a fault; fails when the published schema has another mind. */
function isRead(of: 'table' | 'column', hints: PlainMap): boolean {
  const read = faults(of, hints).length === 0;
  assert.equal(isValid(definition(schema, `#/definitions/${of}Hints`), hints, schema), read, JSON.stringify(hints));
  return read;
}

const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, 0]));

/** For each hint values that it takes and values that it does not. */
const examples: Readonly<Record<keyof typeof columnHintForms, { good: PlainValue[]; bad: PlainValue[] }>> = {
  generator: { good: ['country_code', 'uuid'], bad: ['phone_of_mars', '', 1] },
  pattern: { good: ['[A-Z]{6}'], bad: ['', ['a']] },
  distinct: { good: [true, false], bad: ['true', 1, null] },
  weights: { good: [{ a: 1, b: 0 }, { true: 0.5 }], bad: [{ a: -1 }, { a: 0, b: 0 }, {}, [1], { a: 'b' }] },
  null_rate: { good: [0, 0.5, 1], bad: [-0.1, 1.1, '0.5'] },
  min: { good: [0, -5.5, '2024-01-01'], bad: ['', true, [1], 1e300] },
  max: { good: [9e15, 'never'], bad: [null, {}] },
  distribution: {
    good: [
      'uniform',
      { name: 'uniform' },
      { name: 'normal', mean: -5, deviation: 1 },
      { name: 'lognormal', median: 5, sigma: 0.1 },
      { name: 'zipf', exponent: 1.1 },
      { name: 'empirical', values: [1, 2, 2] },
    ],
    bad: [
      'normal',
      { name: 'normal', mean: 1 },
      { name: 'normal', mean: 1, deviation: 0 },
      { name: 'lognormal', median: 5, sigma: 0.1, mean: 1 },
      { name: 'zipf', exponent: 11 },
      { name: 'empirical', values: [] },
      { name: 'empirical', values: ['1'] },
      { exponent: 1 },
    ],
  },
  growth: { good: [0, 0.1, -0.99, 10], bad: [-1, 11, '10 %'] },
  weekdays: { good: [{ sat: 2 }, {}, { ...week, wed: 1 }], bad: [{ saturday: 2 }, week, { sat: -1 }, ['sat']] },
  hours: { good: [{ '20': 3, '0': 0 }], bad: [{ '24': 1 }, { '08': 1 }, { '8': 'many' }] },
  after: { good: ['a', 'b.c', ['a', 'b.c']], bad: [[], '', ['a', 1], {}] },
  within: { good: ['30 days', '1 hour', '5weeks'], bad: ['a while', '30', '1 month', 30] },
  equals: { good: ['players.created_at'], bad: ['', ['a']] },
  sums_to: { good: ['orders.total'], bad: ['', 5] },
  where: {
    good: ['is_ok', 'not is_ok', 'NOT is_ok', { kind: 'x' }, { level: 3 }, { is_ok: false }],
    bad: ['a = b', '', {}, { a: 1, b: 2 }, { a: null }, { a: [1] }],
  },
  one_to_one: { good: [true], bad: ['yes'] },
  fan_out: {
    good: [
      'even',
      { name: 'zipf', exponent: 1 },
      { name: 'lognormal', sigma: 2 },
      { name: 'empirical', values: [0, 1] },
      { min: 1 },
      { max: 3 },
      { min: 0, max: 0 },
    ],
    bad: ['zipf', {}, { min: -1 }, { min: 1.5 }, { most: 3 }, { name: 'empirical', values: [0, 0] }, { name: 'even' }],
  },
};

test('readers and schema agree on what each hint takes, and on every value of every other', () => {
  const all = Object.values(examples).flatMap(({ good, bad }) => [...good, ...bad]);
  for (const hint of Object.keys(columnHintForms) as (keyof typeof examples)[]) {
    for (const value of examples[hint].good) assert.ok(isRead('column', { [hint]: value }), `${hint} takes it`);
    for (const value of examples[hint].bad) assert.ok(!isRead('column', { [hint]: value }), `${hint} refuses it`);
    for (const value of all) isRead('column', { [hint]: value });
  }
  assert.ok(isRead('table', { rows: 0 }) && isRead('table', {}) && isRead('column', {}));
  for (const rows of [-1, 1.5, 2e9, '7']) assert.ok(!isRead('table', { rows }));
});

test('hints that are not known are refused by both, with those that are', () => {
  assert.ok(!isRead('column', { patern: 'x' }) && !isRead('column', { toString: true }));
  assert.ok(!isRead('table', { min: 1 }));
  assert.deepEqual(faults('table', { row: 7 }), ['t: unknown hint "row" under meta.modelyard. Known are rows.']);
});

test('the published schema is the one that the hints give', () => {
  const text = fs.readFileSync(path.join(root, 'schemas/modelyard-hints.schema.json'), 'utf8');
  assert.deepEqual(JSON.parse(text), schema, 'run node scripts/hintSchema.mjs');
});

test('each hint says what it does, and completion offers its words', () => {
  const choices = [...hintChoices('column'), ...hintChoices('table')];
  assert.deepEqual(
    choices.map(({ name }) => name),
    [...Object.keys(columnHintForms), ...Object.keys(tableHintForms)],
  );
  for (const { name, description, expected, snippet } of choices) {
    assert.match(description, /^[A-Z].*\.$/, name);
    assert.ok(expected !== '' && snippet !== '', name);
  }
  const words = (hint: string): readonly string[] | undefined => choices.find(({ name }) => name === hint)?.values;
  assert.deepEqual(words('distinct'), ['true', 'false']);
  assert.deepEqual(words('generator')?.slice(0, 3), ['country_code', 'uuid', 'email']);
  assert.deepEqual([words('distribution'), words('fan_out'), words('min')], [['uniform'], ['even'], []]);
});

test('what a snippet writes is a value that its hint takes', () => {
  for (const of of ['column', 'table'] as const) {
    for (const { name, snippet } of hintChoices(of)) {
      const filled = snippet
        .replace(/\$\{\d+\|([^,|]+)[^|]*\|\}/g, '$1')
        .replace(/\$\{\d+:((?:\\\}|[^}])*)\}/g, '$1')
        .replaceAll('\\}', '}');
      const yaml = `sources: [{name: s, tables: [{name: t, columns: [{name: x, config: {meta: {modelyard: {${name}: ${filled}}}}}]}]}]`;
      const hints = tablesFromYaml(yaml)[0]?.columns[0]?.hints;
      assert.ok(isPlainMap(hints) && isRead(of, hints), `${name}: ${filled}`);
    }
  }
});
