import type { ColumnMaker, StreamOf } from './columnMaker.ts';
import type { ValueSource } from './generationPlan.ts';
import { permutation } from './permutation.ts';
import { mixBits } from './randomStream.ts';

/**
 * Makes numbers from 0 to size - 1 of which no two rows with one parent have the same: the rows of a parent go on from
 * a place of its own, one by one, through all the numbers in a scrambled order. No parent has more than `size` rows.
 */
export function ordinalMaker(
  { parents, size }: Extract<ValueSource, { kind: 'ordinal' }>,
  stream: StreamOf,
): ColumnMaker {
  const rowsSoFar = new Int32Array(parents);
  const numbers = permutation(size, stream('value'));
  const number = new Float64Array(1);
  const key = new Uint32Array(1);
  stream('parent').fill(key);
  return ({ out, inputs: [links] }) => {
    for (let i = 0; i < out.length; i++) {
      const parent = links?.[i] ?? NaN;
      const before = rowsSoFar[parent] ?? 0;
      rowsSoFar[parent] = before + 1;
      numbers.fill(((mixBits(parent + (key[0] ?? 0)) >>> 0) + before) % size, number);
      out[i] = number[0] ?? NaN;
    }
  };
}
