import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';
import { chiSquare, kolmogorovSmirnov, normalShare } from '../support/shape.ts';

type Row = Readonly<Record<string, string>>;

/** How far rows are from a shape, as a part of what chance may do: at most 1 is right. */
type Distance = (rows: readonly Row[]) => number;

interface Shape {
  readonly columns: readonly string[];
  readonly right: Distance;
  /** The distance from a shape that is not the one asked for, which has to be above 1. */
  readonly wrong: Distance;
}

const numeric = (name: string, hints: string): string =>
  `{name: ${name}, data_type: "numeric(9,2)", config: {meta: {modelyard: {${hints}}}}}`;
const typed = (name: string, type: string, hints: string): string =>
  `{name: ${name}, data_type: ${type}, config: {meta: {modelyard: {${hints}}}}}`;
const numbers = (rows: readonly Row[], column: string): readonly number[] => rows.map((row) => Number(row[column]));
const counts = (found: readonly number[], size: number): readonly number[] => {
  const result = new Array<number>(size).fill(0);
  for (const one of found) result[one] = (result[one] ?? 0) + 1;
  return result;
};

const wholeUpTo =
  (max: number): Distance =>
  (rows) =>
    kolmogorovSmirnov(numbers(rows, 'uniform'), (value) => Math.min((value + 1) / max, 1));

/** A distribution by its z, cut off at bounds; values are rounded to cents. */
function cutOff(column: string, min: number, max: number, z: (value: number) => number): Distance {
  const [low, high] = [normalShare(z(min)), normalShare(z(max))];
  return (rows) =>
    kolmogorovSmirnov(
      numbers(rows, column),
      (value) => (normalShare(z(Math.min(value + 0.005, max))) - low) / (high - low),
    );
}
const normal = (deviation: number): Distance => cutOff('normal', 300, 800, (value) => (value - 500) / deviation);
const lognormal = (sigma: number): Distance => cutOff('lognormal', 5, 5000, (value) => Math.log(value / 250) / sigma);

const quantiles =
  (sorted: readonly number[]): Distance =>
  (rows) =>
    kolmogorovSmirnov(numbers(rows, 'empirical'), (value) => {
      const at = value + 0.005;
      const above = sorted.findIndex((one) => one > at);
      if (above === -1) return 1;
      if (above === 0) return 0;
      const [low = 0, high = 0] = [sorted[above - 1], sorted[above]];
      return (above - 1 + (at - low) / (high - low)) / (sorted.length - 1);
    });

const weighed =
  (...weights: readonly number[]): Distance =>
  (rows) =>
    chiSquare(
      counts(
        rows.map((row) => 'abcde'.indexOf(row['weights'] ?? '')),
        5,
      ),
      weights,
    );

const ranks =
  (exponent: number): Distance =>
  (rows) =>
    chiSquare(
      counts(
        numbers(rows, 'zipf').map((value) => value - 11),
        40,
      ),
      Array.from({ length: 40 }, (_, i) => (i + 1) ** -exponent),
    );

const [firstDay, days] = [Date.UTC(2024, 0, 1), 360];
const moment = (text: string | undefined): number => (Date.parse(text ?? '') - firstDay) / 86_400_000;

/** Days that each are the power of their number as dense as the first, and even within. */
function growing(growth: number): Distance {
  const sums = [0];
  for (let day = 0; day < days; day++) sums.push((sums.at(-1) ?? 0) + (1 + growth) ** (day / 30));
  const before = (time: number): number => {
    const day = Math.min(Math.floor(time), days - 1);
    return ((sums[day] ?? 0) + (time - day) * ((sums[day + 1] ?? 0) - (sums[day] ?? 0))) / (sums[days] ?? 1);
  };
  return (rows) =>
    kolmogorovSmirnov(
      rows.map((row) => moment(row['growth'])),
      (time) => before(time + 1 / 86_400),
    );
}

/** Weights Monday first, times the number of such days in the span. */
const onWeekdays =
  (...weights: readonly number[]): Distance =>
  (rows) => {
    const weekday = (day: number): number => (new Date(firstDay + day * 86_400_000).getUTCDay() + 6) % 7;
    const perWeekday = counts(
      Array.from({ length: days }, (_, day) => weekday(day)),
      7,
    );
    const found = counts(
      rows.map((row) => weekday(Math.floor(moment(row['season'])))),
      7,
    );
    return chiSquare(
      found,
      perWeekday.map((count, i) => count * (weights[i] ?? 1)),
    );
  };

const atHours =
  (weights: Readonly<Record<number, number>>): Distance =>
  (rows) => {
    const found = counts(
      rows.map((row) => new Date(row['season'] ?? '').getUTCHours()),
      24,
    );
    return chiSquare(
      found,
      Array.from({ length: 24 }, (_, hour) => weights[hour] ?? 1),
    );
  };

const span = 'min: "2024-01-01", max: "2024-12-25"';
const sample = [2, 3, 3, 5, 40, 41.5, 100, 700];

const shapes: Readonly<Record<string, Shape>> = {
  uniform: {
    columns: [typed('uniform', 'integer', 'min: 0, max: 99999')],
    right: wholeUpTo(100_000),
    wrong: wholeUpTo(95_000),
  },
  normal: {
    columns: [numeric('normal', 'distribution: {name: normal, mean: 500, deviation: 100}, min: 300, max: 800')],
    right: normal(100),
    wrong: normal(125),
  },
  lognormal: {
    columns: [numeric('lognormal', 'distribution: {name: lognormal, median: 250, sigma: 0.7}, min: 5, max: 5000')],
    right: lognormal(0.7),
    wrong: lognormal(0.85),
  },
  empirical: {
    columns: [numeric('empirical', `distribution: {name: empirical, values: [${[...sample].reverse().join(', ')}]}`)],
    right: quantiles(sample),
    wrong: quantiles([2, 3, 3, 5, 40, 41.5, 150, 700]),
  },
  weights: {
    columns: [typed('weights', 'text', 'weights: {a: 10, b: 5, c: 2.5, d: 0, e: 2.5}')],
    right: weighed(10, 5, 2.5, 0, 2.5),
    wrong: weighed(10, 5, 3, 0, 2),
  },
  zipf: {
    columns: [typed('zipf', 'integer', 'min: 11, max: 50, distribution: {name: zipf, exponent: 1.1}')],
    right: ranks(1.1),
    wrong: ranks(1),
  },
  growth: {
    columns: [typed('growth', 'timestamp', `${span}, growth: 0.1`)],
    right: growing(0.1),
    wrong: growing(0.05),
  },
  'weekdays and hours': {
    columns: [typed('season', 'timestamp', `${span}, weekdays: {mon: 0.5, sat: 2, sun: 0}, hours: {"3": 0, "20": 6}`)],
    right: (rows) => Math.max(onWeekdays(0.5, 1, 1, 1, 1, 2, 0)(rows), atHours({ 3: 0, 20: 6 })(rows)),
    wrong: (rows) => Math.min(onWeekdays(1, 1, 1, 1, 1, 2, 0)(rows), atHours({ 3: 0, 20: 5 })(rows)),
  },
};

const seeds = [1, 2, 3, 5, 8];
const columns = Object.values(shapes).flatMap((shape) => shape.columns);
const yaml = `sources: [{name: raw, tables: [{name: t, columns: [${columns.join(', ')}]}]}]`;

const made = Promise.all(
  seeds.map(async (seed) => {
    const texts = await generateTexts(tablesFromYaml(yaml), { seed, rows: 20_000 });
    return parseRows(texts.get('data/t.csv') ?? '');
  }),
);

for (const [name, { right, wrong }] of Object.entries(shapes)) {
  test(`${name}: the shape is the one asked for at p = 1e-6 for five seeds, and a near one is told from it`, async () => {
    for (const rows of await made) {
      assert.ok(right(rows) <= 1, `right: ${String(right(rows))}`);
      assert.ok(wrong(rows) > 1, `wrong: ${String(wrong(rows))}`);
    }
  });
}
