import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTimestamp } from '../../../src/core/datagen/calendar.ts';
import { planGeneration } from '../../../src/core/datagen/planGeneration.ts';
import { seasonTable, type Season } from '../../../src/core/datagen/season.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

type Columns = Readonly<Record<string, readonly [type: string, hints: string, tests?: string]>>;

function yamlOf(columns: Columns): string {
  const lines = Object.entries(columns).map(
    ([name, [type, hints, tests = '[]']]) =>
      `          - {name: ${name}, data_type: ${type}, data_tests: ${tests}, config: {meta: {modelyard: {${hints}}}}}\n`,
  );
  return `sources:\n  - name: raw\n    tables:\n      - name: t\n        columns:\n${lines.join('')}`;
}

async function rowsOf(columns: Columns, rows = 4000): Promise<readonly Readonly<Record<string, string>>[]> {
  const texts = await generateTexts(tablesFromYaml(yamlOf(columns)), { seed: 11, rows });
  return parseRows(texts.get('data/t.csv') ?? '');
}

function refusals(columns: Columns): readonly string[] {
  const { value, diagnostics } = planGeneration(tablesFromYaml(yamlOf(columns)), { seed: 1 });
  assert.equal(value, undefined);
  return diagnostics.map(({ message }) => message);
}

const year = 'min: "2024-01-01", max: "2024-12-31"';
const weekdayOf = (text: string): number => new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDay();
const hourOf = (text: string): number => Number(text.slice(11, 13));

test('a weight of 0 closes weekdays and hours, and the others are as heavy as they are said to be', async () => {
  const hints = `${year}, weekdays: {sat: 0, sun: 0, mon: 3}, hours: {"0": 0, 9: 12}`;
  const values = (await rowsOf({ at: ['timestamp', hints] })).map((row) => row['at'] ?? '');
  assert.ok(values.every((value) => weekdayOf(value) >= 1 && weekdayOf(value) <= 5 && hourOf(value) !== 0));
  const share = (holds: (value: string) => boolean): number => values.filter(holds).length / values.length;
  // Mondays have 3 of 7, and the hour from nine 12 of 34.
  assert.ok(Math.abs(share((value) => weekdayOf(value) === 1) - 3 / 7) < 0.04);
  assert.ok(Math.abs(share((value) => hourOf(value) === 9) - 12 / 34) < 0.04);
});

test('growth makes later times denser, and less than none makes them rarer', async () => {
  const lateHalf = async (growth: number): Promise<number> => {
    const values = await rowsOf({ day: ['date', `min: "2024-01-01", max: "2024-12-25", growth: ${String(growth)}`] });
    return values.filter((row) => (row['day'] ?? '') > '2024-06-28').length / values.length;
  };
  // Six times thirty days on either side: of 2 by 30 days the late half has 64 of 65.
  assert.ok(Math.abs((await lateHalf(1)) - 64 / 65) < 0.01);
  assert.ok(Math.abs((await lateHalf(-0.5)) - 1 / 65) < 0.01);
  assert.ok(Math.abs((await lateHalf(0)) - 1 / 2) < 0.04);
});

test('a time after another keeps to its window, and is dense where the season is', async () => {
  const rows = await rowsOf({
    a: ['timestamp', year],
    b: ['timestamp', 'after: a, within: 2 days, hours: {"20": 46}'],
    c: ['date', `${year}, null_rate: 0.2`],
    d: ['date', 'after: c, within: 1 week, weekdays: {sun: 0}'],
  });
  const seconds = (text: string): number => parseTimestamp(text) ?? NaN;
  for (const { a = '', b = '' } of rows) {
    const later = seconds(b) - seconds(a);
    assert.ok(later >= 0 && later <= 2 * 86_400, `${a} ${b}`);
  }
  // Two windows of an hour with 46 beside 23 hours with 1: two of three.
  assert.ok(Math.abs(rows.filter(({ b = '' }) => hourOf(b) === 20).length / rows.length - 2 / 3) < 0.04);
  const withBase = rows.filter(({ c }) => c !== '');
  assert.ok(withBase.length < rows.length);
  assert.ok(withBase.every(({ c = '', d = '' }) => d >= c && seconds(d) - seconds(c) <= 7 * 86_400));
  assert.ok(rows.every(({ d = '' }) => weekdayOf(d) !== 0));
});

test('a window in which every weight is 0 is used evenly', () => {
  const season: Season = { unit: 'day', growth: 0, weekdays: [1, 1, 1, 1, 1, 0, 0], hours: undefined };
  // 1970-01-03 and 04 were a Saturday and a Sunday.
  const { at } = seasonTable(season, 0, 30);
  assert.deepEqual([at(2, 3, 0), at(2, 3, 0.49), at(2, 3, 0.5), at(2, 3, 0.999)], [2, 2, 3, 3]);
  assert.deepEqual([at(2, 4, 0), at(2, 4, 0.999), at(1, 3, 0.5), at(5, 5, 0.7)], [4, 4, 1, 5]);
});

test('parts of days and hours at the ends of a span have their part of the weight', () => {
  const even = { unit: 'second', growth: 0, weekdays: [1, 1, 1, 1, 1, 1, 1], hours: undefined } as const;
  const { at } = seasonTable(even, -100, 200_000);
  for (const share of [0, 0.25, 0.5, 0.999_999])
    assert.equal(at(-100, 200_000, share), -100 + Math.floor(share * 200_101));
});

test('seasons that cannot be kept are refused with the reason', () => {
  assert.deepEqual(refusals({ at: ['date', 'min: "2024-06-01", max: "2024-06-02", weekdays: {sat: 0, sun: 0}'] }), [
    't.at cannot be generated: every weekday or hour between its min and max has the weight 0.',
  ]);
  assert.deepEqual(refusals({ at: ['timestamp', 'min: "1000-01-01", max: "2000-01-01", hours: {"3": 2}'] }), [
    't.at cannot be generated: hours take a span of at most 4194304 hours, or some 478 years.',
  ]);
  assert.deepEqual(refusals({ at: ['timestamp', `${year}, growth: 0.1`, '[unique]'] }), [
    't.at: growth, weekdays and hours do not go with values that occur once each.',
  ]);
  assert.deepEqual(refusals({ at: ['date', 'hours: {"3": 2}'] }), ['t.at: the hint "hours" does not go with a date.']);
  assert.deepEqual(refusals({ n: ['integer', 'growth: 1'] }), ['t.n: the hint "growth" does not go with a number.']);
  assert.deepEqual(refusals({ n: ['integer', ''], m: ['integer', 'after: n, growth: 1'] }), [
    't.m: the hint "growth" does not go with after.',
  ]);
});

test('forms of growth, weekdays and hours that are none are reported', () => {
  const week = 'mon: 0, tue: 0, wed: 0, thu: 0, fri: 0, sat: 0, sun: 0';
  for (const wrong of [
    'growth: -1',
    'growth: much',
    'weekdays: {saturday: 2}',
    `weekdays: {${week}}`,
    'hours: {"24": 1}',
  ])
    assert.match(refusals({ at: ['timestamp', wrong] }).join(), /the hint "\w+" must be a (number|mapping)/, wrong);
});
