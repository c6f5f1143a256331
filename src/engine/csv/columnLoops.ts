import { isDateAt, isTimeAt, plainDecimal, plainInteger, plainScale } from './byteValues.ts';
import { type ValueBlock, valueKind } from './valueBlock.ts';

/**
 * Each function reads one column of a block in one loop (a call for each value would cost more than the reading):
 * empty values are NULL, those of the function's plain form are set, and each of the others goes to `other`.
 */
export type OtherValue = (index: number, row: number) => void;

const space = 0x20;
const upperT = 0x54;

/** Texts as they are. */
export function takeTexts({ rows, columns, starts, ends, kinds }: ValueBlock, column: number): void {
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    kinds[index] = starts[index] === ends[index] ? valueKind.null : valueKind.text;
  }
}

/** Gives every value to `other`. */
export function takeNone({ rows, columns, starts, ends, kinds }: ValueBlock, column: number, other: OtherValue): void {
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    if (starts[index] === ends[index]) kinds[index] = valueKind.null;
    else other(index, row);
  }
}

/** Integers of up to 15 digits; with `canonical`, those that are written in the one usual way. */
export function takeIntegers(block: ValueBlock, column: number, canonical: boolean, other: OtherValue): void {
  const { rows, columns, starts, ends, kinds, numbers, bytes } = block;
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (start === end) {
      kinds[index] = valueKind.null;
      continue;
    }
    const value = plainInteger(bytes, start, end, canonical);
    if (Number.isNaN(value)) other(index, row);
    else {
      kinds[index] = (value | 0) === value ? valueKind.int32 : valueKind.double;
      numbers[index] = value;
    }
  }
}

/** Decimals of up to 15 digits, if `accepts` takes the way they are written. Gives the largest scale taken. */
export function takeDecimals(
  block: ValueBlock,
  column: number,
  accepts: (block: ValueBlock, index: number, scale: number, value: number) => boolean,
  other: OtherValue,
): number {
  const { rows, columns, starts, ends, kinds, numbers, bytes } = block;
  let largest = 0;
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (start === end) {
      kinds[index] = valueKind.null;
      continue;
    }
    const scale = plainScale(bytes, start, end);
    const value = scale === -1 ? Number.NaN : plainDecimal(bytes, start, end, scale);
    if (Number.isNaN(value) || !accepts(block, index, scale, value)) {
      other(index, row);
      continue;
    }
    kinds[index] = (value | 0) === value ? valueKind.int32 : valueKind.double;
    numbers[index] = value;
    if (scale > largest) largest = scale;
  }
  return largest;
}

/** Dates `YYYY-MM-DD`. */
export function takeDates(block: ValueBlock, column: number, other: OtherValue): void {
  const { rows, columns, starts, ends, kinds, bytes } = block;
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    const start = starts[index] ?? 0;
    const length = (ends[index] ?? 0) - start;
    if (length === 0) kinds[index] = valueKind.null;
    else if (length === 10 && isDateAt(bytes, start)) kinds[index] = valueKind.text;
    else other(index, row);
  }
}

/** How a timestamp of whole seconds is written: its separator, and what follows the seconds. */
export interface PlainTimestamp {
  /** Without one, `T` and a space are both right. */
  readonly separator?: number;
  readonly suffixes: readonly Uint8Array[];
}

/** The ways of writing UTC that need no conversion. */
export const plainUtc: PlainTimestamp = { suffixes: ['+00:00', 'Z', ''].map((text) => new TextEncoder().encode(text)) };

/** Timestamps of whole seconds in UTC; their bytes become `YYYY-MM-DD HH:MM:SS`. */
export function takeTimestamps(block: ValueBlock, column: number, plain: PlainTimestamp, other: OtherValue): void {
  const { rows, columns, starts, ends, kinds, bytes } = block;
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (start === end) kinds[index] = valueKind.null;
    else if (isPlainTimestamp(bytes, start, end, plain)) {
      bytes[start + 10] = space;
      ends[index] = start + 19;
      kinds[index] = valueKind.text;
    } else other(index, row);
  }
}

/** Words, each for its place in the list. */
export function takeWords(block: ValueBlock, column: number, words: readonly Uint8Array[], other: OtherValue): void {
  const { rows, columns, starts, ends, kinds, numbers, bytes } = block;
  for (let row = 0, index = column; row < rows; row += 1, index += columns) {
    const start = starts[index] ?? 0;
    const end = ends[index] ?? 0;
    if (start === end) {
      kinds[index] = valueKind.null;
      continue;
    }
    const value = wordAt(bytes, start, end, words);
    if (value === -1) other(index, row);
    else {
      kinds[index] = valueKind.int32;
      numbers[index] = value;
    }
  }
}

function isPlainTimestamp(bytes: Uint8Array, start: number, end: number, plain: PlainTimestamp): boolean {
  if (end - start < 19) return false;
  const separator = bytes[start + 10];
  const isRight =
    plain.separator === undefined ? separator === space || separator === upperT : separator === plain.separator;
  return (
    isRight &&
    isDateAt(bytes, start) &&
    isTimeAt(bytes, start + 11) &&
    wordAt(bytes, start + 19, end, plain.suffixes) !== -1
  );
}

/** The place in the list of the word that the bytes are; -1 when they are none. */
function wordAt(bytes: Uint8Array, start: number, end: number, words: readonly Uint8Array[]): number {
  for (let place = 0; place < words.length; place += 1) {
    const word = words[place];
    if (word?.length !== end - start) continue;
    let at = 0;
    while (at < word.length && bytes[start + at] === word[at]) at += 1;
    if (at === word.length) return place;
  }
  return -1;
}
