import type { CellBuffer } from './cellWriter.ts';
import { utf8 } from './utf8.ts';

/** Writes bytes so that they end before a place, and gives where they begin. */
export function putBefore({ bytes }: CellBuffer, place: number, word: Uint8Array): number {
  const start = place - word.length;
  for (let i = 0; i < word.length; i++) bytes[start + i] = word[i] ?? 0;
  return start;
}

/** The number that up to four bytes make, the first byte highest: what writes them at once. */
export function asNumber(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** Writes one text before the place of every row. */
export type FixedWriter = (out: CellBuffer, places: Int32Array) => void;

/** The writer of a text that is the same in all rows: what stands between values, and at a row's end. */
export function fixedWriter(text: string): FixedWriter {
  const word = utf8(text);
  const [first, second] = word;
  if (first === undefined) return () => undefined;
  if (second === undefined) return byteWriter(first);
  if (word.length >= 4) return longWriter(word);
  return (out, places) => {
    for (let i = 0; i < places.length; i++) places[i] = putBefore(out, places[i] ?? 0, word);
  };
}

function byteWriter(byte: number): FixedWriter {
  return ({ bytes }, places) => {
    for (let i = 0; i < places.length; i++) {
      const place = (places[i] ?? 0) - 1;
      bytes[place] = byte;
      places[i] = place;
    }
  };
}

/** Writes four bytes at once; the last four may overlap those before. */
function longWriter(word: Uint8Array): FixedWriter {
  const offsets = Int32Array.from({ length: Math.ceil(word.length / 4) }, (_, i) => Math.min(4 * i, word.length - 4));
  const numbers = Uint32Array.from(offsets, (offset) => asNumber(word.subarray(offset, offset + 4)));
  return ({ view }, places) => {
    for (let i = 0; i < places.length; i++) {
      const start = (places[i] ?? 0) - word.length;
      for (let at = 0; at < numbers.length; at++) view.setUint32(start + (offsets[at] ?? 0), numbers[at] ?? 0);
      places[i] = start;
    }
  };
}
