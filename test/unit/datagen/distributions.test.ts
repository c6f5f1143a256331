import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

function yamlOf(type: string, hints: string, tests = ''): string {
  const column = `{name: x, data_type: "${type}"${tests}, config: {meta: {modelyard: {${hints}}}}}`;
  return `sources:\n  - name: raw\n    tables:\n      - name: t\n        columns:\n          - ${column}\n`;
}

/** The values of one column of 2,000 rows, as they are written. */
async function valuesOf(type: string, hints: string, tests = ''): Promise<readonly string[]> {
  const texts = await generateTexts(tablesFromYaml(yamlOf(type, hints, tests)), { seed: 5, rows: 2000 });
  return parseRows(texts.get('data/t.csv') ?? '').map((row) => row['x'] ?? '');
}

function refusal(type: string, hints: string): readonly string[] {
  const { value, diagnostics } = planGeneration(tablesFromYaml(yamlOf(type, hints)), { seed: 1 });
  assert.equal(value, undefined);
  return diagnostics.map(({ message }) => message);
}

function counts(values: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const value of values) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

test('zipf gives whole numbers between its bounds, the least most often', async () => {
  const found = counts(await valuesOf('integer', 'min: 3, max: 6, distribution: {name: zipf, exponent: 1}'));
  assert.deepEqual([...found.keys()].sort(), ['3', '4', '5', '6']);
  // 1, 1/2, 1/3 and 1/4 of 25/12: 960, 480, 320 and 240 of 2,000, four deviations of some 20 either way.
  for (const [value, expected] of [
    ['3', 960],
    ['4', 480],
    ['5', 320],
    ['6', 240],
  ] as const) {
    assert.ok(Math.abs((found.get(value) ?? 0) - expected) < 90, `${value}: ${String(found.get(value))}`);
  }
});

test('zipf without bounds goes from 1 to 1000, and in a decimal column stays whole', async () => {
  const values = (await valuesOf('numeric(9,2)', 'distribution: {name: zipf, exponent: 1.1}')).map(Number);
  assert.equal(Math.min(...values), 1);
  assert.ok(Math.max(...values) <= 1000 && Math.max(...values) > 500);
  assert.ok(values.every(Number.isInteger));
});

test('empirical keeps between the least and the greatest sample value, half of it below the median', async () => {
  const values = (await valuesOf('numeric(9,2)', 'distribution: {name: empirical, values: [100, 2.5, 3]}')).map(Number);
  assert.ok(values.every((value) => value >= 2.5 && value <= 100));
  const low = values.filter((value) => value < 3).length;
  assert.ok(low > 900 && low < 1100, String(low));
  assert.ok(values.some((value) => value > 90));
});

test('empirical is cut off at bounds and at the accepted range', async () => {
  const hints = 'distribution: {name: empirical, values: [0, 10, 20, 30]}';
  const values = (await valuesOf('integer', `${hints}, min: 12, max: 18`)).map(Number);
  assert.deepEqual([Math.min(...values), Math.max(...values)], [12, 18]);
  // Cut off and not heaped up at the bounds: each of the inner numbers has a sixth.
  assert.ok(Math.abs((counts(values.map(String)).get('15') ?? 0) - 333) < 70);
  const range = ', data_tests: [{dbt_utils.accepted_range: {arguments: {min_value: 5, max_value: 9}}}]';
  const accepted = (await valuesOf('integer', hints, range)).map(Number);
  assert.deepEqual([Math.min(...accepted), Math.max(...accepted)], [5, 9]);
});

test('one bound beyond the usual span starts or ends a span as wide', async () => {
  const ends = async (type: string, hints: string): Promise<readonly (string | undefined)[]> => {
    const values = [...(await valuesOf(type, hints))].sort();
    return [values[0], values.at(-1)];
  };
  const [low = '', high = ''] = await ends('integer', 'min: 5000');
  assert.ok(Number(low) < 5010 && Number(low) >= 5000 && Number(high) > 5990 && Number(high) <= 6000);
  assert.deepEqual(await ends('date', 'min: "2030-01-01"'), ['2030-01-01', '2031-01-01']);
  assert.deepEqual(await ends('date', 'max: "2019-12-31"'), ['2018-12-31', '2019-12-31']);
  assert.deepEqual(
    (await ends('timestamp', 'min: "2030-01-01"')).map((time) => time?.slice(0, 4)),
    ['2030', '2031'],
  );
});

test('one sample value is the value of every row', async () => {
  const found = counts(await valuesOf('numeric(9,2)', 'distribution: {name: empirical, values: [7.25]}'));
  assert.deepEqual([...found], [['7.25', 2000]]);
});

test('distributions that reach nothing between their bounds are refused', () => {
  assert.deepEqual(refusal('integer', 'min: 10, max: 20, distribution: {name: empirical, values: [1, 2]}'), [
    't.x: its empirical distribution hardly reaches between its min and max.',
  ]);
  assert.deepEqual(refusal('numeric(9,2)', 'min: 0.2, max: 0.9, distribution: {name: zipf, exponent: 1}'), [
    't.x: its zipf distribution hardly reaches between its min and max.',
  ]);
  assert.deepEqual(refusal('integer', 'min: 1, max: 1000001, distribution: {name: zipf, exponent: 1}'), [
    't.x cannot be generated: a zipf distribution takes at most 1000000 different values between min and max.',
  ]);
  for (const wrong of ['{name: zipf}', '{name: zipf, exponent: 0}', '{name: empirical, values: []}', 'zipf'])
    assert.match(refusal('integer', `distribution: ${wrong}`).join(), /the hint "distribution" must be uniform/);
});
