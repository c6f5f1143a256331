import { MultisetHash, textHash } from './multisetHash.ts';
import { countsOf, workOf, type NumberedColumn } from './numberedColumn.ts';
import type { Pieces } from './pieces.ts';

/** The values of a column as a whole. */
export interface ColumnSums {
  /** True when both sides have the same values, each the same number of times. */
  readonly agrees: boolean;
  readonly leftHash: string;
  readonly rightHash: string;
}

/** Sums a column up, of which so many rows are left ones. */
export async function columnSums(
  { numbers, forms }: NumberedColumn,
  leftRows: number,
  pieces: Pieces,
): Promise<ColumnSums> {
  const counts = {
    left: countsOf(numbers.subarray(0, leftRows), forms.length),
    right: countsOf(numbers.subarray(leftRows), forms.length),
  };
  const hashes = { left: new MultisetHash(), right: new MultisetHash() };
  let agrees = true;
  for (const [number, form] of forms.entries()) {
    const [onLeft, onRight] = [counts.left[number] ?? 0, counts.right[number] ?? 0];
    agrees &&= onLeft === onRight;
    // No other value is an empty text here.
    const text = form === undefined ? '' : `${form.sort}:${form.text}`;
    const hash = textHash(text);
    hashes.left.add(hash, onLeft);
    hashes.right.add(hash, onRight);
    if (pieces.isFull(workOf(text))) await pieces.pause();
  }
  return { agrees, leftHash: hashes.left.toString(), rightHash: hashes.right.toString() };
}
