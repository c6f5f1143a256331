import { isDateAt, isTimeAt, plainDecimal, plainInteger, plainScale } from './byteValues.ts';
import { type ValueBlock, valueKind } from './valueBlock.ts';

const space = 0x20;
const upperT = 0x54;

/** How a timestamp of whole seconds is written: its separator, and what follows the seconds. */
export interface PlainTimestamp {
  /** Without one, `T` and a space are both right. */
  readonly separator?: number;
  readonly suffixes: readonly Uint8Array[];
}

/** The ways of writing UTC that need no conversion. */
export const plainUtc: PlainTimestamp = { suffixes: ['', '+00:00', 'Z'].map((text) => new TextEncoder().encode(text)) };

/** Takes an integer of up to 15 digits; false for anything else. */
export function takeInteger(block: ValueBlock, index: number, canonical: boolean): boolean {
  const value = plainInteger(block.bytes, block.starts[index] ?? 0, block.ends[index] ?? 0, canonical);
  return takeNumber(block, index, value);
}

/** Takes a decimal of up to 15 digits, and gives its scale; -1 for anything else. */
export function takeDecimal(block: ValueBlock, index: number): number {
  const start = block.starts[index] ?? 0;
  const end = block.ends[index] ?? 0;
  const scale = plainScale(block.bytes, start, end);
  if (scale === -1) return -1;
  return takeNumber(block, index, plainDecimal(block.bytes, start, end, scale)) ? scale : -1;
}

/** Takes a date `YYYY-MM-DD`. */
export function takeDate(block: ValueBlock, index: number): boolean {
  const start = block.starts[index] ?? 0;
  if ((block.ends[index] ?? 0) - start !== 10 || !isDateAt(block.bytes, start)) return false;
  block.kinds[index] = valueKind.text;
  return true;
}

/** Takes a timestamp of whole seconds in UTC; its bytes become `YYYY-MM-DD HH:MM:SS`. */
export function takeTimestamp(block: ValueBlock, index: number, plain: PlainTimestamp): boolean {
  const { bytes } = block;
  const start = block.starts[index] ?? 0;
  const end = block.ends[index] ?? 0;
  if (end - start < 19) return false;
  const separator = bytes[start + 10];
  if (plain.separator === undefined) {
    if (separator !== space && separator !== upperT) return false;
  } else if (separator !== plain.separator) return false;
  if (!isDateAt(bytes, start) || !isTimeAt(bytes, start + 11)) return false;
  if (!plain.suffixes.some((suffix) => isTextAt(bytes, start + 19, end, suffix))) return false;
  bytes[start + 10] = space;
  block.ends[index] = start + 19;
  block.kinds[index] = valueKind.text;
  return true;
}

/** True when the bytes from `start` to `end` are the text. */
export function isTextAt(bytes: Uint8Array, start: number, end: number, text: Uint8Array): boolean {
  if (end - start !== text.length) return false;
  for (let at = 0; at < text.length; at += 1) if (bytes[start + at] !== text[at]) return false;
  return true;
}

/** Takes a number that was read; NaN says that none was. */
function takeNumber(block: ValueBlock, index: number, value: number): boolean {
  if (Number.isNaN(value)) return false;
  block.kinds[index] = (value | 0) === value ? valueKind.int32 : valueKind.double;
  block.numbers[index] = value;
  return true;
}
