import { shareOfWords, type Sampler } from './sampler.ts';

/** Up to this many choices one word tells which, and finely enough whether it is the choice itself or its alias. */
const oneWordChoices = 2 ** 16;

/**
 * Chooses indexes, each as often as its weight says, in constant time (Vose's alias method). An index of weight 0
 * never comes.
 */
export function weightedChoice(weights: ArrayLike<number>): Sampler {
  const size = weights.length;
  const wordsPerValue = size <= oneWordChoices ? 1 : 2;
  const { own, alias } = aliasTable(weights);
  return {
    wordsPerValue,
    fill: (words, out) => {
      for (let i = 0; i < out.length; i++) {
        const at = shareOfWords(words, i, wordsPerValue) * size;
        const index = Math.floor(at);
        out[i] = at - index < (own[index] ?? 0) ? index : (alias[index] ?? 0);
      }
    },
  };
}

/** For each index the part of its cell that is its own, and the index that has the rest. */
function aliasTable(weights: ArrayLike<number>): { readonly own: Float64Array; readonly alias: Int32Array } {
  const size = weights.length;
  let total = 0;
  let heaviest = 0;
  for (let i = 0; i < size; i++) {
    total += weights[i] ?? 0;
    if ((weights[i] ?? 0) > (weights[heaviest] ?? 0)) heaviest = i;
  }
  const share = Float64Array.from(weights, (weight) => (weight / total) * size);
  const own = new Float64Array(size);
  const alias = new Int32Array(size).fill(heaviest);
  // Light indexes fill the list from its start, heavy ones from its end.
  const list = new Int32Array(size);
  let lightEnd = 0;
  let heavyStart = size;
  for (let i = 0; i < size; i++) {
    if ((share[i] ?? 0) < 1) list[lightEnd++] = i;
    else list[--heavyStart] = i;
  }
  while (lightEnd > 0 && heavyStart < size) {
    const small = list[--lightEnd] ?? 0;
    const large = list[heavyStart] ?? 0;
    const rest = (share[large] ?? 0) - (1 - (share[small] ?? 0));
    own[small] = share[small] ?? 0;
    alias[small] = large;
    share[large] = rest;
    if (rest < 1) {
      heavyStart += 1;
      list[lightEnd++] = large;
    }
  }
  // What is left is a full cell but for rounding; a weight of 0 is never left over as full.
  for (let at = heavyStart; at < size; at++) own[list[at] ?? 0] = 1;
  for (let at = 0; at < lightEnd; at++) own[list[at] ?? 0] = weights[list[at] ?? 0] === 0 ? 0 : 1;
  return { own, alias };
}
