import { mixBits, type RandomStream } from './randomStream.ts';

const rounds = 4;

/**
 * A seeded bijection of the numbers 0 … size-1 that holds no list: distinct values and one-to-one pairs cost
 * no memory. A Feistel network over the next even power of two, walked until it lands inside (cycle walking).
 * `size` is at most 2^52.
 */
export function permutation(size: number, stream: RandomStream): (index: number) => number {
  let halfBits = 1;
  while (4 ** halfBits < size) halfBits += 1;
  const half = 2 ** halfBits;
  const mask = half - 1;
  const keys = Array.from({ length: rounds }, () => stream() | 0);
  const shuffle = (index: number): number => {
    let left = Math.floor(index / half);
    let right = index - left * half;
    for (const key of keys) {
      const mixed = left ^ (mixBits(right + key) & mask);
      left = right;
      right = mixed;
    }
    return left * half + right;
  };
  return (index) => {
    let at = shuffle(index);
    while (at >= size) at = shuffle(at);
    return at;
  };
}
