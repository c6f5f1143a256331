import type { RandomStream } from './randomStream.ts';

/**
 * Divides the total of each parent among the rows that link to it: whole numbers from 1 on that sum to it exactly.
 * A total is at least the number of its rows. A row without a parent, or with one that has no total, is NaN.
 */
export function totalParts(
  links: Float64Array,
  totalOf: (parent: number) => number,
  parents: number,
  stream: RandomStream,
): Float64Array {
  const weights = new Uint32Array(links.length);
  stream.fill(weights);
  const weightOf = (row: number): number => ((weights[row] ?? 0) >>> 8) + 1;
  const counts = new Int32Array(parents);
  const sums = new Float64Array(parents);
  for (let row = 0; row < links.length; row++) {
    const parent = links[row] ?? NaN;
    if (!(parent >= 0)) continue;
    counts[parent] = (counts[parent] ?? 0) + 1;
    sums[parent] = (sums[parent] ?? 0) + weightOf(row);
  }
  // Each row has 1 and, of what is left, the step of its parent's running share: the steps end at the whole.
  const passed = new Float64Array(parents);
  const given = new Float64Array(parents);
  const parts = new Float64Array(links.length).fill(NaN);
  for (let row = 0; row < links.length; row++) {
    const parent = links[row] ?? NaN;
    if (!(parent >= 0)) continue;
    const share = (passed[parent] ?? 0) + weightOf(row);
    passed[parent] = share;
    const step = Math.floor((totalOf(parent) - (counts[parent] ?? 0)) * (share / (sums[parent] ?? 1)));
    parts[row] = 1 + step - (given[parent] ?? 0);
    given[parent] = step;
  }
  return parts;
}
