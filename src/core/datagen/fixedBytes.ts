import type { CellBuffer } from './cellWriter.ts';
import { utf8 } from './utf8.ts';

/** Writes bytes so that they end before a place, and gives where they begin. */
export function putBefore({ bytes }: CellBuffer, place: number, word: Uint8Array): number {
  const start = place - word.length;
  for (let i = 0; i < word.length; i++) bytes[start + i] = word[i] ?? 0;
  return start;
}

/** Writes one text before the place of every row. */
export type FixedWriter = (out: CellBuffer, places: Int32Array) => void;

/** The writer of a text that is the same in all rows: what stands between values, and at a row's end. */
export function fixedWriter(text: string): FixedWriter {
  const word = utf8(text);
  const [first, second] = word;
  if (first === undefined) return () => undefined;
  if (second !== undefined) {
    return (out, places) => {
      for (let i = 0; i < places.length; i++) places[i] = putBefore(out, places[i] ?? 0, word);
    };
  }
  return ({ bytes }, places) => {
    for (let i = 0; i < places.length; i++) {
      const place = (places[i] ?? 0) - 1;
      bytes[place] = first;
      places[i] = place;
    }
  };
}
