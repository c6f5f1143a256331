import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

/** A table `t` of one column with an `accepted_range`, and what else its mapping says. */
function yamlOf(name: string, range: string, more = '', tests = ''): string {
  const test = `{dbt_utils.accepted_range: {arguments: {${range}}}}`;
  const column = `{name: ${name}${more}, data_tests: [${test}${tests}]}`;
  return `sources:\n  - name: raw\n    tables:\n      - name: t\n        columns:\n          - ${column}\n`;
}

async function valuesOf(yaml: string, rows = 2000): Promise<readonly string[]> {
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 5, rows });
  return parseRows(texts.get('data/t.csv') ?? '').flatMap((row) => Object.values(row));
}

/** Asserts that all values are from the first to the last that is expected, and that both ends are come near. */
async function check(yaml: string, first: string | number, last: string | number, rows?: number): Promise<void> {
  const texts = await valuesOf(yaml, rows);
  const values = texts.map((text) => (typeof first === 'number' ? Number(text) : text));
  const sorted = values.toSorted((a, b) => (a < b ? -1 : 1));
  assert.ok(
    (sorted[0] ?? '') >= first && (sorted.at(-1) ?? '') <= last,
    `${String(sorted[0])} … ${String(sorted.at(-1))}`,
  );
  assert.ok(new Set(values).size > 1);
}

test('numbers are inside the range, its bounds among them or not', async () => {
  await check(yamlOf('x', 'min_value: 3, max_value: 5', ', data_type: integer'), 3, 5);
  await check(yamlOf('x', 'min_value: 3, max_value: 6, inclusive: false', ', data_type: integer'), 4, 5);
  await check(yamlOf('x', 'min_value: 0, max_value: 0.1, inclusive: false', ', data_type: "numeric(9,2)"'), 0.01, 0.09);
  await check(yamlOf('x', 'min_value: 50000', ', data_type: integer'), 50_000, 51_000);
  await check(yamlOf('x', 'max_value: -5', ', data_type: integer'), -1005, -5);
  await check(yamlOf('x', 'min_value: "7", max_value: 9', ', data_type: integer'), 7, 9);
});

test('a column without a type has that of its name, and else that of its range', async () => {
  await check(yamlOf('price', 'min_value: 20, max_value: 30'), 20, 30);
  await check(yamlOf('price', 'min_value: 5000'), 5000, 7000);
  await check(yamlOf('score', 'min_value: 1, max_value: 9'), 1, 9);
  assert.ok((await valuesOf(yamlOf('score', 'min_value: 0, max_value: 1'))).includes('0.37'));
  await check(
    yamlOf('seen', `min_value: "'2023-02-01'", max_value: "cast('2023-02-09' as date)"`),
    '2023-02-01',
    '2023-02-09',
  );
  await check(yamlOf('made_at', `max_value: "'2024-03-01 12:00:00'"`), '2024-01-01', '2024-03-01 12:00:00+00:00');
});

test('values that occur once each use the whole range', async () => {
  const unique = (range: string, rows: number): Promise<readonly string[]> =>
    valuesOf(yamlOf('x', range, ', data_type: integer', ', unique'), rows);
  assert.equal(new Set(await unique('min_value: 0, max_value: 4999', 5000)).size, 5000);
  assert.deepEqual(await unique('min_value: 10', 3), ['10', '11', '12']);
  assert.deepEqual(await unique('min_value: 0', 3), ['1', '2', '3']);
});

test('a range that cannot be met, or not be read, is refused with the reason', () => {
  const refusal = (yaml: string): string[] => {
    const { value, diagnostics } = planGeneration(tablesFromYaml(yaml), { seed: 1, rows: 10 });
    assert.equal(value, undefined);
    return diagnostics.map(({ message }) => message);
  };
  const integer = ', data_type: integer';
  assert.deepEqual(refusal(yamlOf('x', 'min_value: 5, max_value: 3', integer)), ['t.x: its min is above its max.']);
  assert.deepEqual(refusal(yamlOf('x', 'min_value: 1, max_value: 3', integer, ', unique')), [
    't.x cannot be generated: 10 rows need values that occur once each, and only 3 are possible.',
  ]);
  assert.deepEqual(refusal(yamlOf('x', 'max_value: current_date', ', data_type: date')), [
    't.x cannot be generated: the bound "current_date" of its accepted_range is no value of its type that can be read without a database.',
  ]);
  assert.deepEqual(refusal(yamlOf('x', 'max_value: 3', ', data_type: date')), [
    't.x cannot be generated: the bound 3 of its accepted_range is no value of its type that can be read without a database.',
  ]);
  const words = ', {accepted_values: {arguments: {values: [1, 2, 9]}}}';
  assert.deepEqual(refusal(yamlOf('x', 'max_value: 3', '', words)), [
    't.x cannot be generated: not each of its accepted values is in its accepted_range.',
  ]);
  const hint = ', config: {meta: {modelyard: {min: 8, max: 9}}}';
  assert.deepEqual(refusal(yamlOf('x', 'max_value: 3', integer + hint)), ['t.x: its min is above its max.']);
});
