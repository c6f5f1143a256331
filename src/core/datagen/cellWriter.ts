import { daySeconds } from './calendar.ts';
import { quotedField } from './csvText.ts';
import type { ColumnPlan } from './generationPlan.ts';
import type { Pattern } from './pattern.ts';
import type { Phrase } from './phrase.ts';
import { mixBits } from './randomStream.ts';
import { dateWriter, timestampWriter } from './timeWriter.ts';
import { utf8 } from './utf8.ts';

/** Bytes that cells are written into, and a view of the same bytes that writes several at once. */
export interface CellBuffer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/**
 * Writes the text of one row's value into a buffer at a place, and gives the place behind it. The value is read
 * inside: a number passed to a function that is not inlined would be boxed.
 */
export interface CellWriter {
  readonly write: (out: CellBuffer, at: number, values: Float64Array, row: number) => number;
  /** The most bytes that one value takes, and those that writing it may touch. */
  readonly maxBytes: number;
}

const zero = 48;
const minus = 45;

/** The writer of a column, in the form of the raw sample: `2024-01-10 17:07:01+00:00`, TRUE and FALSE, `304.94`. */
export function cellWriter({ format, min, max }: Pick<ColumnPlan, 'format' | 'min' | 'max'>): CellWriter {
  switch (format.kind) {
    case 'integer':
      return { write: (out, at, values, row) => writeInteger(out, at, values[row] ?? 0), maxBytes: 20 };
    case 'decimal':
      return decimalWriter(format.scale);
    case 'boolean':
      return wordWriter(['FALSE', 'TRUE']);
    case 'timestamp':
      return timestampWriter(Math.floor(min / daySeconds), Math.floor(max / daySeconds));
    case 'date':
      return dateWriter(min, max);
    case 'words':
      return wordWriter(format.words.map(quotedField));
    case 'pattern':
      return patternWriter(format.pattern);
    case 'phrase':
      return phraseWriter(format.phrase);
  }
}

/** The ASCII of 00 to 99, two digits in one 16-bit number. */
const digitPairs = Uint16Array.from(
  { length: 100 },
  (_, value) => ((zero + Math.floor(value / 10)) << 8) | (zero + (value % 10)),
);

function writeInteger(out: CellBuffer, at: number, value: number): number {
  let start = at;
  let rest = value;
  if (value < 0) {
    out.bytes[start++] = minus;
    rest = -value;
  }
  let place = start + digitCount(rest);
  const end = place;
  // Beyond 31 bits the fast integer division is not to be had.
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 10)) out.bytes[--place] = zero + (rest % 10);
  let small = rest | 0;
  while (place - start > 1) {
    const hundredth = (small / 100) | 0;
    place -= 2;
    out.view.setUint16(place, digitPairs[small - hundredth * 100] ?? 0);
    small = hundredth;
  }
  if (place > start) out.bytes[start] = zero + small;
  return end;
}

function digitCount(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  let count = 5;
  for (let bound = 100_000; bound <= value; bound *= 10) count += 1;
  return count;
}

function decimalWriter(scale: number): CellWriter {
  const unit = 10 ** scale;
  const write: CellWriter['write'] = (out, at, values, row) => {
    const value = values[row] ?? 0;
    let start = at;
    let rest = value;
    if (value < 0) {
      out.bytes[start++] = minus;
      rest = -value;
    }
    const whole = Math.floor(rest / unit);
    let fraction = (rest - whole * unit) | 0;
    const point = writeInteger(out, start, whole);
    for (let place = point + scale; place > point; place--) {
      const tenth = (fraction / 10) | 0;
      out.bytes[place] = zero + fraction - tenth * 10;
      fraction = tenth;
    }
    out.bytes[point] = 46;
    return point + 1 + scale;
  };
  return { write, maxBytes: 22 + scale };
}

function wordWriter(words: readonly string[]): CellWriter {
  const spelled = words.map(utf8);
  const write: CellWriter['write'] = ({ bytes }, at, values, row) => {
    const word = spelled[values[row] ?? 0];
    if (word === undefined) return at;
    for (let i = 0; i < word.length; i++) bytes[at + i] = word[i] ?? 0;
    return at + word.length;
  };
  return { write, maxBytes: Math.max(0, ...spelled.map((word) => word.length)) };
}

/**
 * Different numbers below the pattern's size give different texts; places that the number cannot reach are scrambled
 * from it.
 */
function patternWriter({ positions, spelled }: Pattern): CellWriter {
  const alphabets = positions.map(utf8);
  const quotes = positions.some((characters) => /[",]|^ | $/.test(characters));
  const quote = 34;
  const write: CellWriter['write'] = ({ bytes }, at, values, row) => {
    const value = values[row] ?? 0;
    let place = at;
    let rest = value;
    let scrambled = mixBits(value ^ Math.floor(value / 0x100000000));
    if (quotes) bytes[place++] = quote;
    for (let i = 0; i < alphabets.length; i++) {
      const alphabet = alphabets[i] ?? new Uint8Array(0);
      let choice: number;
      if (i < spelled) {
        const quotient = Math.floor(rest / alphabet.length);
        choice = rest - quotient * alphabet.length;
        rest = quotient;
      } else {
        scrambled = mixBits(scrambled + i);
        choice = (scrambled >>> 0) % alphabet.length;
      }
      const code = alphabet[choice] ?? 0;
      if (code === quote) bytes[place++] = quote;
      bytes[place++] = code;
    }
    if (quotes) bytes[place++] = quote;
    return place;
  };
  return { write, maxBytes: 2 + 2 * positions.length };
}

/** The last part changes fastest. The parts of phrases are the generator's own words, none of which needs quotes. */
function phraseWriter({ parts, size }: Phrase): CellWriter {
  const spelled = parts.map((part) => part.map(utf8));
  const write: CellWriter['write'] = ({ bytes }, at, values, row) => {
    let rest = values[row] ?? 0;
    let scale = size;
    let place = at;
    for (const part of spelled) {
      scale /= part.length;
      const choice = Math.floor(rest / scale);
      rest -= choice * scale;
      const word = part[choice];
      if (word === undefined) continue;
      for (let i = 0; i < word.length; i++) bytes[place + i] = word[i] ?? 0;
      place += word.length;
    }
    return place;
  };
  const longest = spelled.map((part) => Math.max(...part.map((word) => word.length)));
  return { write, maxBytes: longest.reduce((sum, length) => sum + length, 0) };
}
