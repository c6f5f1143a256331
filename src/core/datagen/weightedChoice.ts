import { perWord } from './randomStream.ts';

/** Writes for each random word an index, each as often as its weight says. */
export type WeightedChoice = (words: Uint32Array, out: Float64Array) => void;

/** Prepares choices in constant time (Vose's alias method). An index of weight 0 never comes. */
export function weightedChoice(weights: readonly number[]): WeightedChoice {
  const size = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const heaviest = weights.indexOf(Math.max(...weights));
  const share = Float64Array.from(weights, (weight) => (weight / total) * size);
  /** The part of each index's cell that is its own; the rest belongs to its alias. */
  const own = new Float64Array(size);
  const alias = new Int32Array(size).fill(heaviest);
  const light: number[] = [];
  const heavy: number[] = [];
  share.forEach((one, index) => (one < 1 ? light : heavy).push(index));
  while (light.length > 0 && heavy.length > 0) {
    const [small = 0, large = 0] = [light.pop(), heavy.pop()];
    own[small] = share[small] ?? 0;
    alias[small] = large;
    share[large] = (share[large] ?? 0) - (1 - (share[small] ?? 0));
    (share[large] < 1 ? light : heavy).push(large);
  }
  // What is left is a full cell but for rounding; a weight of 0 is never left over as full.
  for (const index of heavy) own[index] = 1;
  for (const index of light) own[index] = weights[index] === 0 ? 0 : 1;
  return (words, out) => {
    for (let i = 0; i < out.length; i++) {
      const at = (words[i] ?? 0) * perWord * size;
      const index = Math.floor(at);
      out[i] = at - index < (own[index] ?? 0) ? index : (alias[index] ?? 0);
    }
  };
}
