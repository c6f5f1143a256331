import { daySeconds } from './calendar.ts';
import { exactPower } from './exactMath.ts';
import { shareOfWords, type Sampler } from './sampler.ts';

/** The days of a week, the first one first. */
export const weekdayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** How dense times lie, where they do not lie evenly. */
export interface Season {
  /** What a time counts: seconds since 1970, or days. */
  readonly unit: 'second' | 'day';
  /** The part by which the density rises every 30 days; above -1. */
  readonly growth: number;
  /** A weight for each weekday, Monday first. */
  readonly weekdays: readonly number[];
  /** A weight for each hour of a day; undefined where all are alike. */
  readonly hours: readonly number[] | undefined;
}

/** The most cells that a table may have: the hours of 478 years. */
export const seasonCells = 2 ** 22;

/** Times by their weight between any two bounds of a span. */
export interface SeasonTable {
  /** The weight of the whole span. */
  readonly total: number;
  /** The time from `from` to `to` before which the share `share` (below 1) of the weight between them lies. */
  readonly at: (from: number, to: number, share: number) => number;
}

/** The number of cells that the table of a span has: days, or hours where they have weights. */
export function seasonTableSize(season: Season, min: number, max: number): number {
  const size = cellSize(season);
  return Math.floor(max / size) - Math.floor(min / size) + 1;
}

/**
 * Sums the weights of a span, day by day or hour by hour, so that a time is found by one search, in proportion in any
 * part of the span. A part in which every weight is 0 is used evenly.
 */
export function seasonTable(season: Season, min: number, max: number): SeasonTable {
  const size = cellSize(season);
  const first = Math.floor(min / size);
  const sums = cellSums(season, first, seasonTableSize(season, min, max));
  const weightBefore = (time: number): number => {
    const cell = Math.floor(time / size) - first;
    const below = sums[cell] ?? 0;
    return below + (time / size - first - cell) * ((sums[cell + 1] ?? below) - below);
  };
  const at = (from: number, to: number, share: number): number => {
    const [low, high] = [weightBefore(from), weightBefore(to + 1)];
    if (!(high > low)) return from + Math.floor(share * (to - from + 1));
    const target = low + share * (high - low);
    const cell = lastNotAbove(sums, target, Math.floor(from / size) - first, Math.floor(to / size) - first);
    const below = sums[cell] ?? 0;
    const inside = (target - below) / ((sums[cell + 1] ?? 0) - below);
    const time = Math.floor((first + cell + inside) * size);
    return Math.min(Math.max(time, from), to);
  };
  return { total: weightBefore(max + 1) - weightBefore(min), at };
}

/** Times from min to max, as dense as a season says. */
export function seasonalValues(season: Season, min: number, max: number): Sampler {
  const { at } = seasonTable(season, min, max);
  return {
    wordsPerValue: 2,
    fill: (words, out) => {
      for (let i = 0; i < out.length; i++) out[i] = at(min, max, shareOfWords(words, i, 2));
    },
  };
}

function cellSize({ unit, hours }: Season): number {
  if (unit === 'day') return 1;
  return hours === undefined ? daySeconds : 3600;
}

/** The weight of all cells before each one, and of all. */
function cellSums({ growth, weekdays, hours }: Season, first: number, count: number): Float64Array {
  const cellsADay = hours === undefined ? 1 : 24;
  const sums = new Float64Array(count + 1);
  const firstDay = Math.floor(first / cellsADay);
  // Powers of the densest day are 1, and those of all others less: none is too large.
  const densest = growth > 0 ? Math.floor((first + count - 1) / cellsADay) : firstDay;
  let weight = 0;
  let day = firstDay - 1;
  for (let i = 0; i < count; i++) {
    const cell = first + i;
    if (Math.floor(cell / cellsADay) !== day) {
      day = Math.floor(cell / cellsADay);
      // 1970-01-01 was a Thursday.
      const weekday = (((day + 3) % 7) + 7) % 7;
      weight = (weekdays[weekday] ?? 1) * (growth === 0 ? 1 : exactPower(1 + growth, (day - densest) / 30));
    }
    sums[i + 1] = (sums[i] ?? 0) + weight * (hours?.[cell - day * cellsADay] ?? 1);
  }
  return sums;
}

/** The last cell from `from` to `to` whose sum is not above a number. */
function lastNotAbove(sums: Float64Array, number: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((sums[middle] ?? 0) <= number) low = middle;
    else high = middle - 1;
  }
  return low;
}
