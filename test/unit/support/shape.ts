/**
 * Tests of shapes at p = 1e-6: a sample of the very distribution fails one in a million times. The seeds are fixed, so
 * a test that passes always passes; the bound says how far off a sample may be and still be no fault.
 */
const upperTail = 4.753_424;
const rarity = 1e-6;

/** Pearson's chi-square of counts against expected shares, as a part of its bound: above 1 it is too far off. */
export function chiSquare(counts: readonly number[], shares: readonly number[]): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const total = shares.reduce((sum, share) => sum + share, 0);
  const used = shares.map((share) => (share / total) * all);
  const statistic = counts.reduce((sum, count, i) => {
    const expected = used[i] ?? 0;
    if (expected === 0) return count === 0 ? sum : Infinity;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const freedom = used.filter((expected) => expected > 0).length - 1;
  // Wilson and Hilferty: the cube root of chi-square is nearly normal.
  const spread = 2 / (9 * freedom);
  return statistic / (freedom * (1 - spread + upperTail * Math.sqrt(spread)) ** 3);
}

/**
 * The Kolmogorov-Smirnov distance of values from a distribution, as a part of its bound. `atMost` gives the share of
 * values that are a value or less, so that rounded values have their rounding in it.
 */
export function kolmogorovSmirnov(values: readonly number[], atMost: (value: number) => number): number {
  const sorted = Float64Array.from(values).sort();
  let distance = 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i] ?? 0;
    if (sorted[i + 1] === value) continue;
    distance = Math.max(distance, Math.abs((i + 1) / sorted.length - atMost(value)));
  }
  return distance / Math.sqrt(Math.log(2 / rarity) / 2 / sorted.length);
}

/** The share of a normal distribution below z (Abramowitz and Stegun 7.1.26, error below 2e-7). */
export function normalShare(z: number): number {
  const t = 1 / (1 + 0.327_591_1 * (Math.abs(z) / Math.SQRT2));
  const terms = [0.254_829_592, -0.284_496_736, 1.421_413_741, -1.453_152_027, 1.061_405_429];
  const tail = terms.reduceRight((sum, term) => (sum + term) * t, 0) * Math.exp((-z * z) / 2);
  return z < 0 ? tail / 2 : 1 - tail / 2;
}
