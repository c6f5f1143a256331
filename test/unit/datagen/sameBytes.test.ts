import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

const key = 'data_type: integer, data_tests: [unique, not_null]';
const to = (table: string): string => `{relationships: {arguments: {to: "source('s', '${table}')", field: id}}}`;
const hinted = (hints: string): string => `config: {meta: {modelyard: {${hints}}}}`;

/** Two tables with a hint of each kind that calculates. */
const yaml = `
sources:
  - name: s
    tables:
      - name: a
        columns:
          - {name: id, ${key}}
          - {name: n, data_type: "numeric(9,2)", ${hinted('distribution: {name: normal, mean: 50, deviation: 9}')}}
          - {name: l, data_type: "numeric(9,2)", ${hinted('distribution: {name: lognormal, median: 50, sigma: 1}, min: 1')}}
          - {name: z, data_type: integer, ${hinted('distribution: {name: zipf, exponent: 1.3}, max: 70')}}
          - {name: e, data_type: "numeric(9,2)", ${hinted('distribution: {name: empirical, values: [1, 2.5, 7, 100]}')}}
          - {name: g, data_type: timestamp, ${hinted('growth: 0.07, weekdays: {sat: 3}, hours: {"9": 4, "2": 0}')}}
          - {name: f, data_type: date, ${hinted('after: d, within: 3 weeks, growth: -0.2, weekdays: {sun: 0}')}}
          - {name: d, data_type: date, ${hinted('growth: 2')}}
          - {name: up, data_type: integer, data_tests: [${to('a')}], ${hinted('null_rate: 0.1')}}
      - name: b
        columns:
          - {name: a_id, data_type: integer, data_tests: [${to('a')}], ${hinted('fan_out: {min: 1, max: 4}')}}
          - {name: part, data_type: "numeric(9,2)", ${hinted('sums_to: a.l')}}
          - {name: z_id, data_type: integer, data_tests: [${to('c')}], ${hinted('fan_out: {name: zipf, exponent: 0.9}')}}
          - {name: l_id, data_type: integer, data_tests: [${to('c')}], ${hinted('fan_out: {name: lognormal, sigma: 1.5}')}}
      - name: c
        columns:
          - {name: id, ${key}}
`;

async function textOf(): Promise<string> {
  const texts = await generateTexts(tablesFromYaml(yaml), { seed: 42, rowsByTable: { a: 400, b: 1000, c: 50 } });
  return [...texts.values()].join('\n');
}

test('hints that calculate give the very bytes they always gave, on every platform', async () => {
  const hash = createHash('sha256')
    .update(await textOf())
    .digest('hex');
  assert.equal(hash, 'b85473358e183bfa174d918bbc2fb330f97ee82f0d2b5072136a2f2f9d8bfdce');
});

/** Functions of Math of which ECMAScript leaves the last digits to the engine (ECMA-262, 21.3.2). */
const approximate = [
  ...([
    'acos',
    'acosh',
    'asin',
    'asinh',
    'atan',
    'atan2',
    'atanh',
    'cbrt',
    'cos',
    'cosh',
    'exp',
    'expm1',
    'hypot',
  ] as const),
  ...(['log', 'log10', 'log1p', 'log2', 'pow', 'random', 'sin', 'sinh', 'tan', 'tanh'] as const),
];

test('no function is called that engines calculate each in its own way', async (context) => {
  const before = await textOf();
  for (const name of approximate) {
    context.mock.method(Math, name, () => {
      throw new Error(`Math.${name} is called`);
    });
  }
  assert.equal(await textOf(), before);
  assert.throws(() => Math.exp(1), /Math\.exp is called/);
});
