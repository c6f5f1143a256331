import { mixBits, type RandomStream } from './randomStream.ts';

/** A seeded bijection of the numbers 0 … size-1. */
export interface Permutation {
  /** Writes where `first`, `first + 1`, … are mapped to. */
  fill(first: number, out: Float64Array): void;
}

/**
 * A bijection that holds no list: distinct values and one-to-one pairs cost no memory. A Feistel network of four
 * rounds over the next power of two, walked until it lands inside (cycle walking). `size` is at most 2^52.
 */
export function permutation(size: number, stream: RandomStream): Permutation {
  let bits = 2;
  while (2 ** bits < size) bits += 1;
  const half = 2 ** (bits >> 1);
  const [leftMask, rightMask] = [2 ** (bits - (bits >> 1)) - 1, half - 1];
  const keys = new Uint32Array(4);
  stream.fill(keys);
  const [k0 = 0, k1 = 0, k2 = 0, k3 = 0] = keys;
  const fill = (first: number, out: Float64Array): void => {
    for (let i = 0; i < out.length; i++) {
      let at = first + i;
      do {
        let left = Math.floor(at / half);
        let right = at - left * half;
        left ^= mixBits(right + k0) & leftMask;
        right ^= mixBits(left + k1) & rightMask;
        left ^= mixBits(right + k2) & leftMask;
        right ^= mixBits(left + k3) & rightMask;
        at = left * half + right;
      } while (at >= size);
      out[i] = at;
    }
  };
  return { fill };
}
