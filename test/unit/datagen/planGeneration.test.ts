import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration, type GenerationOptions } from '../../../src/core/datagen/planGeneration.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

/** Columns in the form of sources.yml: `  - {…}` lines of one table each. */
interface Tables {
  readonly [table: string]: string;
}

function yamlOf(tables: Tables): string {
  const blocks = Object.entries(tables).map(([name, columns]) => `      - name: ${name}\n        columns:\n${columns}`);
  return `sources:\n  - name: raw\n    tables:\n${blocks.join('')}`;
}

/** One column: its name, and what else its mapping says. */
function column(name: string, type: string, rest = '', hints = ''): string {
  const meta = hints === '' ? '' : `, config: {meta: {modelyard: {${hints}}}}`;
  return `          - {name: ${name}, data_type: "${type}"${rest === '' ? '' : `, ${rest}`}${meta}}\n`;
}

const key = 'data_tests: [unique, not_null]';
const parent = (table: string, more = ''): string =>
  `data_tests: [{relationships: {arguments: {to: "source('raw', '${table}')", field: id}}}${more}]`;

/** The faults of a plan as `line: message [code]`, one-based lines. */
function faults(tables: Tables, options: Partial<GenerationOptions> = {}): string[] {
  const { value, diagnostics } = planGeneration(tablesFromYaml(yamlOf(tables)), { seed: 1, ...options });
  assert.equal(value === undefined, diagnostics.length > 0, 'a plan is made when and only when nothing is wrong');
  for (const one of diagnostics) assert.equal(one.file, 'models/sources.yml');
  return diagnostics.map((one) => `${String(one.range.start.line + 1)}: ${one.message} [${one.code}]`);
}

function check(tables: Tables, expected: readonly string[], options: Partial<GenerationOptions> = {}): void {
  assert.deepEqual(faults(tables, options), expected);
}

test('more unique values than there are is refused with the counts', () => {
  check(
    { a: column('code', 'text', 'data_tests: [unique]', 'pattern: "[A-E]"') },
    [
      '6: a.code cannot be generated: 10 rows need values that occur once each, and only 5 are possible. [data.impossible]',
    ],
    { rows: 10 },
  );
  check({ a: column('code', 'text', '', 'pattern: "[A-E]", distinct: true') }, [], { rows: 5 });
  const words = 'data_tests: [unique, {accepted_values: {arguments: {values: [x, y, z]}}}]';
  check(
    { a: column('word', 'text', words) },
    [
      '6: a.word cannot be generated: 4 rows need values that occur once each, and only 3 are possible. [data.impossible]',
    ],
    { rows: 4 },
  );
  check(
    { a: column('day', 'date', 'data_tests: [unique]', 'min: "2024-02-01", max: "2024-02-29"') },
    [
      '6: a.day cannot be generated: 30 rows need values that occur once each, and only 29 are possible. [data.impossible]',
    ],
    { rows: 30 },
  );
});

test('parents that do not suffice are refused with the counts', () => {
  const one = { a: column('id', 'int', key), b: column('a_id', 'int', parent('a', ', not_null'), 'one_to_one: true') };
  check(one, ['9: b.a_id cannot be generated: 5 rows need a parent of its own, and a has 3 rows. [data.impossible]'], {
    rowsByTable: { a: 3, b: 5 },
  });
  check(one, [], { rowsByTable: { a: 5, b: 5 } });
  const any = { a: column('id', 'int', key), b: column('a_id', 'int', parent('a', ', not_null')) };
  check(any, ['9: b.a_id cannot be generated: 5 rows need a parent, and a has 0 rows. [data.impossible]'], {
    rowsByTable: { a: 0, b: 5 },
  });
  const where = {
    a: column('id', 'int', key) + column('ok', 'boolean', '', 'weights: {"true": 0, "false": 1}'),
    b: column('a_id', 'int', parent('a', ', not_null'), 'where: ok'),
  };
  check(where, ['10: b.a_id cannot be generated: no row of its parent ever has a.ok = true. [data.impossible]']);
  const conditions = {
    a: column('id', 'int', key) + column('ok', 'boolean'),
    b:
      column('good', 'int', parent('a', ', not_null'), 'where: ok') +
      column('bad', 'int', parent('a', ', not_null'), 'where: not ok'),
  };
  check(
    conditions,
    ['11: b.bad cannot be generated: 1 rows with a.ok = false are needed, and the table has 1. [data.impossible]'],
    { rowsByTable: { a: 1, b: 1 } },
  );
  check(conditions, [], { rowsByTable: { a: 2, b: 1 } });
});

test('conditions on columns that are not chosen freely are refused', () => {
  const onParent = (type: string, hints: string): Tables => ({
    a: column('id', 'int', key) + column('sure', 'boolean') + column('x', type, '', hints),
    b: column('a_id', 'int', parent('a'), 'where: x'),
  });
  check(onParent('boolean', 'equals: sure'), [
    '11: b.a_id: its hint "where" asks for a.x, whose values are decided by something else. [data.contradiction]',
  ]);
  check(onParent('date', ''), [
    '11: b.a_id: its hint "where" asks for a.x, which is not a boolean and has no list of values. [data.contradiction]',
  ]);
});

test('hints that are unknown or of another form are reported where the column is declared', () => {
  const [unknown] = faults({ a: column('id', 'int', key) + column('x', 'text', '', 'patern: "[A-Z]"') });
  assert.match(unknown ?? '', /^7: a\.x: unknown hint "patern" under meta\.modelyard\. Known are generator, pattern, /);
  const cases: readonly (readonly [string, string, string])[] = [
    ['text', 'pattern: "[A-Z]*"', 'the hint "pattern" must be a pattern of fixed length'],
    ['text', 'generator: phone_of_mars', 'the hint "generator" must be one of country_code, uuid'],
    ['text', 'null_rate: 2', 'the hint "null_rate" must be a number from 0 to 1'],
    ['text', 'weights: {a: -1}', 'the hint "weights" must be a mapping of values to numbers'],
    ['timestamp', 'min: yesterday', 'the hint "min" must be a date or time such as'],
    ['timestamp', 'min: "2024-02-30"', 'the hint "min" must be a date or time such as'],
    ['int', 'max: many', 'the hint "max" must be a number'],
    ['int', 'distribution: {name: lognormal, median: 0, sigma: 1}', 'the hint "distribution" must be uniform'],
    ['text', 'where: {a: 1, b: 2}', 'the hint "where" must be'],
  ];
  for (const [type, hint, expected] of cases) {
    const [fault, ...others] = faults({ a: column('x', type, '', hint) });
    assert.ok(fault?.includes(expected) === true && fault.endsWith('[data.badHint]'), `${hint}: ${String(fault)}`);
    assert.deepEqual(others, []);
  }
});

test('hints that contradict the rules or each other are reported', () => {
  const cases: readonly (readonly [string, string])[] = [
    [
      column('x', 'text', 'data_tests: [not_null]', 'null_rate: 0.1'),
      'not_null and a null_rate contradict each other.',
    ],
    [column('x', 'int', '', 'pattern: "[A-Z]"'), 'the hint "pattern" does not go with a number.'],
    [column('x', 'text', '', 'one_to_one: true'), 'the hint "one_to_one" does not go with text.'],
    [column('x', 'timestamp', '', 'within: 3 days'), 'the hint "within" does not go with a timestamp.'],
    [
      column('x', 'text', '', 'generator: country_code, pattern: "[A-Z]"'),
      'a pattern does not go with a list of values.',
    ],
    [
      column('x', 'text', '', 'generator: country_code, weights: {XX: 1}'),
      'weights name XX, which the column may not hold.',
    ],
    [
      column('x', 'int', '', 'min: 100, distribution: {name: normal, mean: 0, deviation: 1}'),
      'its min is above its max.',
    ],
    [
      column('x', 'int', '', 'min: 100, max: 200, distribution: {name: normal, mean: 0, deviation: 1}'),
      'its normal distribution hardly reaches between its min and max.',
    ],
    [column('x', 'int', '', 'min: 9, max: 3'), 'its min is above its max.'],
  ];
  for (const [columns, detail] of cases) check({ a: columns }, [`6: a.x: ${detail} [data.contradiction]`]);
  check({ a: column('x', 'date') + column('later', 'date', '', 'after: x, max: "2024-06-30"') }, [
    '7: a.later: it comes after x, up to 2024-12-31, but its max is 2024-06-30. [data.contradiction]',
  ]);
  check({ a: column('x', 'date') + column('later', 'timestamp', '', 'after: x') }, [
    '7: a.later: it comes after x, which takes times or numbers of one type. [data.contradiction]',
  ]);
});

test('references that lead nowhere or not to one row are reported', () => {
  check({ a: column('x', 'date', '', 'after: later') }, [
    '6: a.x refers to later, which no source declares. [data.unknownReference]',
  ]);
  check({ a: column('x', 'int', parent('nothing')) }, [
    '6: a.x refers to raw.nothing.id, which no source declares. [data.unknownReference]',
  ]);
  check({ a: column('x', 'date', '', 'after: b.later'), b: column('later', 'date') }, [
    '6: a.x: it refers to b.later, but no single relationship leads from a there. [data.contradiction]',
  ]);
  const many = {
    a: column('id', 'int', key) + column('at', 'date', '', 'equals: b.at'),
    b: column('a_id', 'int', parent('a')) + column('at', 'date'),
  };
  check(many, [
    '7: a.at: several rows of b may have the same a_id, so there is no single at; give a_id the hint one_to_one. [data.contradiction]',
  ]);
});

test('columns that wait for each other are refused once, with the way round', () => {
  check({ a: column('x', 'date', '', 'after: later') + column('later', 'date', '', 'equals: x') }, [
    '6: These columns wait for each other, so none can be made first: a.x -> a.later -> a.x. [data.cycle]',
  ]);
});

test('a table without columns is refused', () => {
  const tables = tablesFromYaml('sources:\n  - name: raw\n    tables:\n      - name: bare\n');
  const { value, diagnostics } = planGeneration(tables, { seed: 1 });
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map((one) => one.code),
    ['data.noColumns'],
  );
});

test('rows come from the table asked for, from all, from the hint, and are 1,000 otherwise', () => {
  const yaml = `${yamlOf({ a: column('id', 'int', key), b: column('id', 'int', key) })}        config: {meta: {modelyard: {rows: 7}}}\n`;
  const rows = (options: Partial<GenerationOptions>): number[] | undefined =>
    planGeneration(tablesFromYaml(yaml), { seed: 1, ...options }).value?.tables.map((table) => table.rows);
  assert.deepEqual(rows({}), [1000, 7]);
  assert.deepEqual(rows({ rows: 5 }), [5, 5]);
  assert.deepEqual(rows({ rows: 5, rowsByTable: { a: 2, 'raw.b': 3 } }), [2, 3]);
});

test('numbers of rows that are none, and tables that are not declared, are refused', () => {
  const tables = { a: column('id', 'int', key) };
  check(
    tables,
    ['4: -1 is no number of rows for the table a: it must be a whole number, 0 or more. [data.badRowCount]'],
    { rows: -1 },
  );
  check(
    tables,
    ['1: Rows were asked for a table players, which no source declares. Declared are a. [data.unknownTable]'],
    { rowsByTable: { players: 5 } },
  );
});
