import { exactExp, exactLog, normalCdf, normalQuantile } from './exactMath.ts';

/** The shape of a number column. `uniform` needs its bounds, the others are cut off at theirs. */
export type Distribution =
  | { readonly name: 'uniform' }
  | { readonly name: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly name: 'lognormal'; readonly median: number; readonly sigma: number };

const cells = 1024;
const tailCells = 256;
/** Beyond this many standard deviations lies less than one value in 25 million. */
const reach = 5.5;

/** Gives the value below which the share `u` of a distribution lies, for u from 0 up to 1. */
export type QuantileTable = (u: number) => number;

/**
 * Tabulates the quantiles of a distribution cut off at `min` and `max`, so that a draw costs a look-up and one
 * interpolation. The first and last cell have tables of their own: that is where the curve is steep.
 */
export function quantileTable(distribution: Distribution, min: number, max: number): QuantileTable {
  if (distribution.name === 'uniform') return (u) => min + u * (max - min);
  const quantile = cutQuantile(distribution, min, max);
  const body = Float64Array.from({ length: cells + 1 }, (_, i) => quantile(i / cells));
  const low = Float64Array.from({ length: tailCells + 1 }, (_, i) => quantile(i / tailCells / cells));
  const high = Float64Array.from({ length: tailCells + 1 }, (_, i) =>
    quantile(1 - (tailCells - i) / tailCells / cells),
  );
  return (u) => {
    const at = u * cells;
    if (at < 1) return interpolate(low, at * tailCells);
    if (at >= cells - 1) return interpolate(high, (at - (cells - 1)) * tailCells);
    return interpolate(body, at);
  };
}

function interpolate(table: Float64Array, at: number): number {
  const cell = Math.floor(at);
  const from = table[cell] ?? 0;
  return from + (at - cell) * ((table[cell + 1] ?? from) - from);
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

function cutQuantile(
  distribution: Exclude<Distribution, { name: 'uniform' }>,
  min: number,
  max: number,
): (u: number) => number {
  const toZ = (value: number): number => {
    if (distribution.name === 'normal') return (value - distribution.mean) / distribution.deviation;
    return value <= 0 ? -reach : exactLog(value / distribution.median) / distribution.sigma;
  };
  const fromZ = (z: number): number =>
    distribution.name === 'normal'
      ? distribution.mean + z * distribution.deviation
      : distribution.median * exactExp(z * distribution.sigma);
  const [low, high] = [clamp(toZ(min), -reach, reach), clamp(toZ(max), -reach, reach)];
  const [from, to] = [normalCdf(low), normalCdf(high)];
  return (u) => clamp(fromZ(normalQuantile(from + u * (to - from), low, high)), min, max);
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(Math.max(value, min), max);
}
