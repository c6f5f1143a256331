import { type RecordBlock } from './recordScanner.ts';

/** How one value of a block is bound. */
export const valueKind = {
  null: 0,
  /** The bytes from `starts` to `ends`, as text. */
  text: 1,
  /** `numbers`, a whole number of 32 bits. */
  int32: 2,
  /** `numbers`; a column of INTEGER affinity keeps a whole one as an integer. */
  double: 3,
  /** `strings[numbers]`, as text. */
  string: 4,
  /** The bytes from `starts` to `ends`, as a BLOB: a text that does not fit the type that was guessed for its column. */
  raw: 5,
} as const;

/** A block of records with, for each value, what is bound for it. */
export interface ValueBlock extends RecordBlock {
  readonly kinds: Uint8Array;
  readonly numbers: Float64Array;
  readonly strings: string[];
}

/** Makes room for the values of a block; the room of an earlier block is used again. */
export function valueBlock(records: RecordBlock, earlier: ValueBlock | undefined): ValueBlock {
  const size = records.rows * records.columns;
  const fits = earlier !== undefined && earlier.kinds.length >= size;
  return {
    ...records,
    kinds: fits ? earlier.kinds : new Uint8Array(size),
    numbers: fits ? earlier.numbers : new Float64Array(size),
    strings: [],
  };
}

/** Sets a value that was computed rather than found in the bytes. */
export function setComputed(block: ValueBlock, index: number, value: number | string): void {
  if (typeof value === 'number') {
    const isInt32 = (value | 0) === value && !Object.is(value, -0);
    block.kinds[index] = isInt32 ? valueKind.int32 : valueKind.double;
    block.numbers[index] = value;
  } else {
    block.kinds[index] = valueKind.string;
    block.numbers[index] = block.strings.push(value) - 1;
  }
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** The text of a value. */
export function textAt(block: RecordBlock, index: number): string {
  return decoder.decode(block.bytes.subarray(block.starts[index], block.ends[index]));
}
