import { perWord } from './randomStream.ts';

/** Makes values of random words, each of as many as it takes. */
export interface Sampler {
  readonly wordsPerValue: 1 | 2;
  /** `words` holds `wordsPerValue` words for each place of `out`. */
  readonly fill: (words: Uint32Array, out: Float64Array) => void;
}

/** The number from 0 up to, not including, 1 of the words of one value: 32 bits of one word, 53 of two. */
export function shareOfWords(words: Uint32Array, value: number, wordsPerValue: 1 | 2): number {
  if (wordsPerValue === 1) return (words[value] ?? 0) * perWord;
  return (((words[2 * value] ?? 0) >>> 5) * 0x4000000 + ((words[2 * value + 1] ?? 0) >>> 6)) * 2 ** -53;
}

/** Sizes up to this draw one word a value; beyond, a second word keeps all values equally likely. */
const oneWordSize = 2 ** 26;

/** Whole numbers from min to max, all alike. */
export function uniformValues(min: number, max: number): Sampler {
  const size = max - min + 1;
  const wordsPerValue = size <= oneWordSize ? 1 : 2;
  return {
    wordsPerValue,
    fill: (words, out) => {
      for (let i = 0; i < out.length; i++) out[i] = min + Math.floor(shareOfWords(words, i, wordsPerValue) * size);
    },
  };
}
