/** A stream of uniform 32-bit unsigned integers. */
export type RandomStream = () => number;

const perWord = 2 ** -32;
const perLong = 2 ** -53;

/**
 * The stream of one purpose, named by texts: the seed, the table, the column. Streams of different names are
 * independent, so what one column draws never moves another. The generator is sfc32 (PractRand, public domain):
 * 32-bit integer arithmetic alone, so every platform draws the same.
 */
export function randomStream(...names: readonly string[]): RandomStream {
  let [a, b, c] = stateOf(names.map((name) => `${String(name.length)}:${name}`).join(''));
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
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

/** A number from 0 up to, not including, 1, in steps of 2^-32. */
export function drawUnit(stream: RandomStream): number {
  return stream() * perWord;
}

/** A whole number from 0 up to, not including, `size`; `size` is at most 2^53. */
export function drawBelow(stream: RandomStream, size: number): number {
  if (size <= 0x1000000) return Math.floor(stream() * perWord * size);
  const long = (stream() >>> 5) * 0x4000000 + (stream() >>> 6);
  return Math.floor(long * perLong * size);
}
