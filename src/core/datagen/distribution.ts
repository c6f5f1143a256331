import { exactExp, exactLog, exactPower, normalCdf, normalQuantile } from './exactMath.ts';
import { perWord } from './randomStream.ts';
import { shareOfWords, type Sampler } from './sampler.ts';
import { weightedChoice } from './weightedChoice.ts';

/** The shape of a number column. `uniform` needs its bounds, the others are cut off at theirs. */
export type Distribution = { readonly name: 'uniform' } | ShapedDistribution;

/** A distribution that is more than its bounds. */
export type ShapedDistribution =
  | CurvedDistribution
  /** Whole numbers; the k-th of them occurs as often as k^-exponent says. */
  | { readonly name: 'zipf'; readonly exponent: number }
  /** The shape of sample values: the quantiles between them are on straight lines. */
  | { readonly name: 'empirical'; readonly values: readonly number[] };

/** A distribution with a formula for its quantiles. */
export type CurvedDistribution =
  | { readonly name: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly name: 'lognormal'; readonly median: number; readonly sigma: number };

/** The most values that a zipf distribution can have: each has an entry in a table. */
export const zipfLimit = 1_000_000;

const cells = 512;
const tailCells = 256;
/** Beyond this many standard deviations lies less than one value in 25 million. */
const reach = 5.5;

/** Makes values of a distribution between `min` and `max`, which `hasValuesBetween`. */
export function distributedValues(distribution: ShapedDistribution, min: number, max: number): Sampler {
  if (distribution.name === 'zipf') return zipfValues(distribution.exponent, Math.ceil(min), Math.floor(max));
  if (distribution.name === 'empirical') return empiricalValues(distribution.values, min, max);
  return curvedValues(distribution, min, max);
}

/** Whether a distribution reaches between bounds, so that cut off there it still has a shape. */
export function hasValuesBetween(distribution: ShapedDistribution, min: number, max: number): boolean {
  if (distribution.name === 'zipf') return Math.ceil(min) <= Math.floor(max);
  const [first, last] = naturalBounds(distribution);
  if (distribution.name === 'empirical') return min <= last && max >= first;
  return max > first && min < last;
}

/** The weights of the ranks 1, 2, … `count`: rank^-exponent. */
export function zipfWeights(count: number, exponent: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => exactPower(i + 1, -exponent));
}

function zipfValues(exponent: number, first: number, last: number): Sampler {
  const { wordsPerValue, fill } = weightedChoice(zipfWeights(last - first + 1, exponent));
  return {
    wordsPerValue,
    fill: (words, out) => {
      fill(words, out);
      for (let i = 0; i < out.length; i++) out[i] = first + (out[i] ?? 0);
    },
  };
}

function empiricalValues(values: readonly number[], min: number, max: number): Sampler {
  const sorted = Float64Array.from(values).sort();
  const last = sorted.length - 1;
  const from = clamp(placeOf(sorted, min, 'first'), 0, last);
  const to = clamp(placeOf(sorted, max, 'last'), 0, last);
  return {
    wordsPerValue: 1,
    fill: (words, out) => {
      for (let i = 0; i < out.length; i++) {
        const place = from + shareOfWords(words, i, 1) * (to - from);
        const below = Math.floor(place);
        const value = sorted[below] ?? 0;
        out[i] = clamp(value + (place - below) * ((sorted[below + 1] ?? value) - value), min, max);
      }
    },
  };
}

/** Where among sorted values another stands, between two of them as a fraction; of equal ones the first or the last. */
function placeOf(sorted: Float64Array, value: number, which: 'first' | 'last'): number {
  const isBelow = (one: number): boolean => (which === 'first' ? one < value : one <= value);
  let count = 0;
  while (count < sorted.length && isBelow(sorted[count] ?? 0)) count += 1;
  const [below = value, above = value] = [sorted[count - 1], sorted[count]];
  if (which === 'first' ? above === value : below === value) return which === 'first' ? count : count - 1;
  return above > below ? count - 1 + (value - below) / (above - below) : count - 1;
}

/**
 * Tabulates the quantiles of a distribution cut off at `min` and `max`, so that a value costs a look-up and one
 * interpolation. The first and last cell have tables of their own: that is where the curve is steep.
 */
function curvedValues(distribution: CurvedDistribution, min: number, max: number): Sampler {
  const body = cutQuantiles(distribution, min, max, cells, (i) => i / cells);
  const low = cutQuantiles(distribution, min, max, tailCells, (i) => i / tailCells / cells);
  const high = cutQuantiles(distribution, min, max, tailCells, (i) => 1 - (tailCells - i) / tailCells / cells);
  return {
    wordsPerValue: 1,
    fill: (words, out) => {
      for (let i = 0; i < out.length; i++) {
        let at = (words[i] ?? 0) * perWord * cells;
        let from = body;
        if (at < 1) {
          at *= tailCells;
          from = low;
        } else if (at >= cells - 1) {
          at = (at - (cells - 1)) * tailCells;
          from = high;
        }
        const cell = Math.floor(at);
        const below = from[cell] ?? 0;
        out[i] = below + (at - cell) * ((from[cell + 1] ?? below) - below);
      }
    },
  };
}

/** The widest range a distribution reaches when it is given no bounds. */
export function naturalBounds(distribution: Distribution): readonly [number, number] {
  switch (distribution.name) {
    case 'uniform':
      return [0, 1000];
    case 'normal':
      return [distribution.mean - reach * distribution.deviation, distribution.mean + reach * distribution.deviation];
    case 'lognormal': {
      const spread = exactExp(reach * distribution.sigma);
      return [distribution.median / spread, distribution.median * spread];
    }
    case 'zipf':
      return [1, 1000];
    case 'empirical':
      return distribution.values.reduce<readonly [number, number]>(
        ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
        [Infinity, -Infinity],
      );
  }
}

/** The values at rising shares of a distribution cut off at its bounds. */
function cutQuantiles(
  distribution: CurvedDistribution,
  min: number,
  max: number,
  count: number,
  share: (i: number) => number,
): Float64Array {
  const toZ = (value: number): number => {
    if (distribution.name === 'normal') return (value - distribution.mean) / distribution.deviation;
    return value <= 0 ? -reach : exactLog(value / distribution.median) / distribution.sigma;
  };
  const [low, high] = [clamp(toZ(min), -reach, reach), clamp(toZ(max), -reach, reach)];
  const [from, to] = [normalCdf(low), normalCdf(high)];
  let z = low;
  return Float64Array.from({ length: count + 1 }, (_, i) => {
    z = normalQuantile(from + share(i) * (to - from), z, high);
    const value =
      distribution.name === 'normal'
        ? distribution.mean + z * distribution.deviation
        : distribution.median * exactExp(z * distribution.sigma);
    return clamp(value, min, max);
  });
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
