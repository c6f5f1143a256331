import type { CellWriter } from './cellWriter.ts';
import { putBefore } from './fixedBytes.ts';
import type { Pattern } from './pattern.ts';
import type { Phrase } from './phrase.ts';
import { mixBits } from './randomStream.ts';
import type { RowFormat } from './rowFormat.ts';
import { utf8 } from './utf8.ts';

const quote = 34;

/** Writes words by their places in a list; they are spelled as they stand in rows. */
export function wordWriter({ empty }: RowFormat, words: readonly string[]): CellWriter {
  const spelled = [...words, empty].map(utf8);
  const sizes = Int32Array.from(spelled, (word) => word.length);
  /** The words one behind the other, and where each ends: a list of arrays would be slower to read. */
  const letters = Uint8Array.from(spelled.flatMap((word) => [...word]));
  const ends = sizes.slice();
  for (let i = 1; i < ends.length; i++) ends[i] = (ends[i - 1] ?? 0) + (sizes[i] ?? 0);
  const nothing = words.length;
  return {
    measure: (values, rowSizes) => {
      for (let i = 0; i < rowSizes.length; i++) {
        const value = values[i] ?? 0;
        rowSizes[i] = (rowSizes[i] ?? 0) + (sizes[Number.isNaN(value) ? nothing : value | 0] ?? 0);
      }
    },
    write: ({ bytes }, values, places) => {
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        const word = Number.isNaN(value) ? nothing : value | 0;
        const start = (places[i] ?? 0) - (sizes[word] ?? 0);
        let from = ends[word] ?? 0;
        for (let place = places[i] ?? 0; place > start;) bytes[--place] = letters[--from] ?? 0;
        places[i] = start;
      }
    },
  };
}

/**
 * Writes texts of a pattern. Different numbers below its size give different texts; places that the number cannot
 * reach are scrambled from it.
 */
export function patternWriter(rows: RowFormat, { positions, spelled }: Pattern): CellWriter {
  const nothing = utf8(rows.empty);
  const alphabets = positions.map((characters) => Array.from(characters).map((one) => utf8(rows.escaped(one))));
  const marks = positions.some(rows.needsQuotes) ? 1 : 0;
  const escapes = alphabets.some((alphabet) => alphabet.some((bytes) => bytes.length > 1));
  const choices = new Int32Array(alphabets.length);
  const sizes = Int32Array.from(alphabets, (alphabet) => alphabet.length);
  const choose = (value: number): void => {
    let rest = value;
    for (let i = 0; i < spelled; i++) {
      const quotient = Math.floor(rest / (sizes[i] ?? 1));
      choices[i] = rest - quotient * (sizes[i] ?? 1);
      rest = quotient;
    }
    if (spelled === choices.length) return;
    let scrambled = mixBits(value ^ Math.floor(value / 0x100000000));
    for (let i = spelled; i < choices.length; i++) {
      scrambled = mixBits(scrambled + i);
      choices[i] = (scrambled >>> 0) % (sizes[i] ?? 1);
    }
  };
  const sizeOf = (value: number): number => {
    if (!escapes) return choices.length + 2 * marks;
    choose(value);
    return alphabets.reduce((sum, alphabet, i) => sum + (alphabet[choices[i] ?? 0]?.length ?? 0), 2 * marks);
  };
  return {
    measure: (values, rowSizes) => {
      for (let i = 0; i < rowSizes.length; i++) {
        const value = values[i] ?? 0;
        rowSizes[i] = (rowSizes[i] ?? 0) + (Number.isNaN(value) ? nothing.length : sizeOf(value));
      }
    },
    write: (out, values, places) => {
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        let place = places[i] ?? 0;
        if (Number.isNaN(value)) place = putBefore(out, place, nothing);
        else {
          choose(value);
          if (marks > 0) out.bytes[--place] = quote;
          for (let at = choices.length - 1; at >= 0; at--)
            place = putBefore(out, place, alphabets[at]?.[choices[at] ?? 0] ?? nothing);
          if (marks > 0) out.bytes[--place] = quote;
        }
        places[i] = place;
      }
    },
  };
}

/** Writes phrases; the last part changes fastest. */
export function phraseWriter(rows: RowFormat, { parts }: Phrase): CellWriter {
  const nothing = utf8(rows.empty);
  const marks = rows.needsQuotes(parts.map((part) => part.join('')).join('')) ? 1 : 0;
  const spelled = parts.map((part) => part.map((word) => utf8(rows.escaped(word)))).reverse();
  const sizeOf = (value: number): number => {
    let rest = value;
    let size = 2 * marks;
    for (const part of spelled) {
      const quotient = Math.floor(rest / part.length);
      size += part[rest - quotient * part.length]?.length ?? 0;
      rest = quotient;
    }
    return size;
  };
  return {
    measure: (values, sizes) => {
      for (let i = 0; i < sizes.length; i++) {
        const value = values[i] ?? 0;
        sizes[i] = (sizes[i] ?? 0) + (Number.isNaN(value) ? nothing.length : sizeOf(value));
      }
    },
    write: (out, values, places) => {
      for (let i = 0; i < places.length; i++) {
        let rest = values[i] ?? 0;
        let place = places[i] ?? 0;
        if (Number.isNaN(rest)) place = putBefore(out, place, nothing);
        else {
          if (marks > 0) out.bytes[--place] = quote;
          for (const part of spelled) {
            const quotient = Math.floor(rest / part.length);
            place = putBefore(out, place, part[rest - quotient * part.length] ?? nothing);
            rest = quotient;
          }
          if (marks > 0) out.bytes[--place] = quote;
        }
        places[i] = place;
      }
    },
  };
}
