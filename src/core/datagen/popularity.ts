import { distributedValues, naturalBounds, zipfWeights } from './distribution.ts';

/** How unlike each other parents are in the number of rows that refer to them. */
export type Popularity =
  | { readonly name: 'zipf'; readonly exponent: number }
  | { readonly name: 'lognormal'; readonly sigma: number }
  /** Relative numbers, not all 0, each for as many parents as any other; a parent with 0 has no row. */
  | { readonly name: 'empirical'; readonly values: readonly number[] };

/**
 * Weights of `count` parents, the most popular first. They are the quantiles of the distribution and not draws from
 * it, so that few parents show its shape as well as many do.
 */
export function popularityWeights(popularity: Popularity, count: number): Float64Array {
  switch (popularity.name) {
    case 'zipf':
      return zipfWeights(count, popularity.exponent);
    case 'lognormal': {
      const distribution = { name: 'lognormal', median: 1, sigma: popularity.sigma } as const;
      const words = Uint32Array.from({ length: count }, (_, rank) => ((count - rank - 0.5) / count) * 2 ** 32);
      const weights = new Float64Array(count);
      distributedValues(distribution, ...naturalBounds(distribution)).fill(words, weights);
      return weights;
    }
    case 'empirical': {
      const sorted = Float64Array.from(popularity.values).sort().reverse();
      return Float64Array.from({ length: count }, (_, rank) => sorted[Math.floor((rank * sorted.length) / count)] ?? 0);
    }
  }
}
