import { perWord } from './randomStream.ts';
import { exactExp, exactLog, normalCdf, normalQuantile } from './exactMath.ts';

/** The shape of a number column. `uniform` needs its bounds, the others are cut off at theirs. */
export type Distribution = { readonly name: 'uniform' } | CurvedDistribution;

/** A distribution that is more than its bounds. */
export type CurvedDistribution =
  | { readonly name: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly name: 'lognormal'; readonly median: number; readonly sigma: number };

const cells = 512;
const tailCells = 256;
/** Beyond this many standard deviations lies less than one value in 25 million. */
const reach = 5.5;

/** Writes for each random word a value of a distribution. */
export type DistributedValues = (words: Uint32Array, out: Float64Array) => void;

/**
 * Tabulates the quantiles of a distribution cut off at `min` and `max`, so that a value costs a look-up and one
 * interpolation. The first and last cell have tables of their own: that is where the curve is steep.
 */
export function distributedValues(distribution: CurvedDistribution, min: number, max: number): DistributedValues {
  const body = cutQuantiles(distribution, min, max, cells, (i) => i / cells);
  const low = cutQuantiles(distribution, min, max, tailCells, (i) => i / tailCells / cells);
  const high = cutQuantiles(distribution, min, max, tailCells, (i) => 1 - (tailCells - i) / tailCells / cells);
  return (words, out) => {
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
