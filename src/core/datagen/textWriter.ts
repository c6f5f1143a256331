import type { CellWriter } from './cellWriter.ts';
import { asNumber, putBefore } from './fixedBytes.ts';
import type { Pattern } from './pattern.ts';
import type { Phrase } from './phrase.ts';
import { mixBits } from './randomStream.ts';
import type { RowFormat } from './rowFormat.ts';
import { utf8 } from './utf8.ts';

const quote = 34;

/** Writes words by their places in a list; they are spelled as they stand in rows. */
export function wordWriter({ empty }: RowFormat, words: readonly string[]): CellWriter {
  const spelled = [...words, empty].map(utf8);
  const nothing = words.length;
  const sizes = Int32Array.from(spelled, (word) => word.length);
  // The first and the last four bytes, which overlap in words of less than eight, are written at once.
  const heads = Uint32Array.from(spelled, (word) => asNumber(word.subarray(0, 4)));
  const tails = Uint32Array.from(spelled, (word) => asNumber(word.subarray(-4)));
  return {
    measure: (values, rowSizes) => {
      for (let i = 0; i < rowSizes.length; i++) {
        const value = values[i] ?? 0;
        rowSizes[i] = (rowSizes[i] ?? 0) + (sizes[Number.isNaN(value) ? nothing : value | 0] ?? 0);
      }
    },
    write: (out, values, places) => {
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        const word = Number.isNaN(value) ? nothing : value | 0;
        const size = sizes[word] ?? 0;
        const place = places[i] ?? 0;
        if (size >= 4 && size <= 8) {
          out.view.setUint32(place - 4, tails[word] ?? 0);
          out.view.setUint32(place - size, heads[word] ?? 0);
        } else putBefore(out, place, spelled[word] ?? noBytes);
        places[i] = place - size;
      }
    },
  };
}

const noBytes = new Uint8Array(0);

/**
 * Writes texts of a pattern. Different numbers below its size give different texts; places that the number cannot
 * reach are scrambled from it.
 */
export function patternWriter(rows: RowFormat, { positions, spelled }: Pattern): CellWriter {
  const nothing = utf8(rows.empty);
  const alphabets = positions.map((characters) => utf8(characters));
  const marks = positions.some(rows.needsQuotes) ? 1 : 0;
  /** The character that stands before one that needs it: a quote or a backslash; 0 where there is none. */
  const escapes = new Uint8Array(128);
  for (const character of new Set(positions.join('')))
    if (rows.escaped(character).length > 1) escapes[character.charCodeAt(0)] = rows.escaped(character).charCodeAt(0);
  const isPlain = escapes.every((escape) => escape === 0);
  const text = new Uint8Array(positions.length);
  const spell = (value: number): void => {
    let rest = value;
    for (let i = 0; i < spelled; i++) {
      const alphabet = alphabets[i] ?? noBytes;
      const quotient = Math.floor(rest / alphabet.length);
      text[i] = alphabet[rest - quotient * alphabet.length] ?? 0;
      rest = quotient;
    }
    if (spelled === text.length) return;
    let scrambled = mixBits(value ^ Math.floor(value / 0x100000000));
    for (let i = spelled; i < text.length; i++) {
      const alphabet = alphabets[i] ?? noBytes;
      scrambled = mixBits(scrambled + i);
      text[i] = alphabet[(scrambled >>> 0) % alphabet.length] ?? 0;
    }
  };
  const sizeOf = (value: number): number => {
    if (isPlain) return text.length + 2 * marks;
    spell(value);
    return text.reduce((sum, code) => sum + (escapes[code] === 0 ? 1 : 2), 2 * marks);
  };
  return {
    measure: (values, rowSizes) => {
      for (let i = 0; i < rowSizes.length; i++) {
        const value = values[i] ?? 0;
        rowSizes[i] = (rowSizes[i] ?? 0) + (Number.isNaN(value) ? nothing.length : sizeOf(value));
      }
    },
    write: (out, values, places) => {
      const { bytes } = out;
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        let place = places[i] ?? 0;
        if (Number.isNaN(value)) place = putBefore(out, place, nothing);
        else {
          spell(value);
          if (marks > 0) bytes[--place] = quote;
          for (let at = text.length - 1; at >= 0; at--) {
            const code = text[at] ?? 0;
            bytes[--place] = code;
            if (!isPlain && escapes[code] !== 0) bytes[--place] = escapes[code] ?? 0;
          }
          if (marks > 0) bytes[--place] = quote;
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
