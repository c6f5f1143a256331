/** A stream of uniform 32-bit words. */
export interface RandomStream {
  /** Fills a whole array with the next words: many at once cost a third of as many single ones. */
  fill(words: Uint32Array): void;
}

/** Turns a word into a number from 0 up to, not including, 1. */
export const perWord = 2 ** -32;

/**
 * The stream of one purpose, named by texts: the seed, the table, the column. Streams of different names are
 * independent, so what one column draws never moves another. The generator is sfc32 (PractRand, public domain):
 * 32-bit integer arithmetic alone, so every platform draws the same.
 */
export function randomStream(...names: readonly string[]): RandomStream {
  let [a, b, c] = stateOf(names.map((name) => `${String(name.length)}:${name}`).join(''));
  let counter = 1;
  const fill = (words: Uint32Array): void => {
    let [x, y, z, n] = [a, b, c, counter];
    for (let i = 0; i < words.length; i++) {
      const sum = (((x + y) | 0) + n) | 0;
      n = (n + 1) | 0;
      x = y ^ (y >>> 9);
      y = (z + (z << 3)) | 0;
      z = (((z << 21) | (z >>> 11)) + sum) | 0;
      words[i] = sum;
    }
    [a, b, c, counter] = [x, y, z, n];
  };
  // The first words still show how alike the names are.
  fill(new Uint32Array(12));
  return { fill };
}

/** Three words that depend on every character of a text. */
function stateOf(text: string): [number, number, number] {
  let a = 0x2545f491;
  let b = 0x6c8e9cf5;
  let c = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = mixBits(a ^ unit);
    b = mixBits((b + unit) ^ a);
    c = mixBits((c + Math.imul(unit, 0x9e3779b1)) ^ b);
  }
  return [a, b, c];
}

/** Spreads a change of any bit over all 32. */
export function mixBits(word: number): number {
  let x = word | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return x ^ (x >>> 15);
}

/** Draws words for blocks of a column into one array that is used again. */
export class WordBlocks {
  readonly #stream: RandomStream;
  #words = new Uint32Array(0);

  constructor(stream: RandomStream) {
    this.#stream = stream;
  }

  /** The next `count` words; they stand until the next call. */
  next(count: number): Uint32Array {
    if (this.#words.length < count) this.#words = new Uint32Array(count);
    const words = this.#words.subarray(0, count);
    this.#stream.fill(words);
    return words;
  }
}
