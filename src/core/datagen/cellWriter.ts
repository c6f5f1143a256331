import { dateText, daySeconds } from './calendar.ts';
import { quotedField } from './csvText.ts';
import type { ColumnPlan } from './generationPlan.ts';
import type { Pattern } from './pattern.ts';
import { mixBits } from './randomStream.ts';
import { utf8 } from './utf8.ts';

/** Writes a value's text into a buffer at a place, and gives the place behind it. */
export interface CellWriter {
  readonly write: (out: Uint8Array, at: number, value: number) => number;
  /** The most bytes that one value takes. */
  readonly maxBytes: number;
}

const zero = 48;
const minus = 45;
const dateBytes = 10;

/** The writer of a format, in the form of the raw sample: `2024-01-10 17:07:01+00:00`, TRUE and FALSE, `304.94`. */
export function cellWriter({ format, min, max }: Pick<ColumnPlan, 'format' | 'min' | 'max'>): CellWriter {
  switch (format.kind) {
    case 'integer':
      return { write: writeInteger, maxBytes: 20 };
    case 'decimal':
      return decimalWriter(format.scale);
    case 'boolean':
      return wordWriter(['FALSE', 'TRUE']);
    case 'timestamp':
      return timestampWriter(Math.floor(min / daySeconds), Math.floor(max / daySeconds));
    case 'date':
      return { write: dateWriter(min, max), maxBytes: dateBytes };
    case 'words':
      return wordWriter(format.words.map(quotedField));
    case 'pattern':
      return patternWriter(format.pattern);
  }
}

function writeInteger(out: Uint8Array, at: number, value: number): number {
  let start = at;
  let rest = value;
  if (value < 0) {
    out[start++] = minus;
    rest = -value;
  }
  let end = start + 1;
  for (let bound = 10; bound <= rest; bound *= 10) end += 1;
  let place = end;
  // Beyond 31 bits the fast integer division is not to be had.
  for (; rest > 0x7fffffff; rest = Math.floor(rest / 10)) out[--place] = zero + (rest % 10);
  let small = rest | 0;
  while (place > start) {
    const tenth = (small / 10) | 0;
    out[--place] = zero + small - tenth * 10;
    small = tenth;
  }
  return end;
}

function decimalWriter(scale: number): CellWriter {
  const unit = 10 ** scale;
  const write = (out: Uint8Array, at: number, value: number): number => {
    let start = at;
    let rest = value;
    if (value < 0) {
      out[start++] = minus;
      rest = -value;
    }
    const whole = Math.floor(rest / unit);
    let fraction = (rest - whole * unit) | 0;
    const end = writeInteger(out, start, whole) + 1 + scale;
    for (let place = end - 1; place > end - 1 - scale; place--) {
      const tenth = (fraction / 10) | 0;
      out[place] = zero + fraction - tenth * 10;
      fraction = tenth;
    }
    out[end - scale - 1] = 46;
    return end;
  };
  return { write, maxBytes: 22 + scale };
}

function wordWriter(words: readonly string[]): CellWriter {
  const bytes = words.map(utf8);
  const write = (out: Uint8Array, at: number, value: number): number => {
    const word = bytes[value];
    if (word === undefined) return at;
    for (let i = 0; i < word.length; i++) out[at + i] = word[i] ?? 0;
    return at + word.length;
  };
  return { write, maxBytes: Math.max(0, ...bytes.map((word) => word.length)) };
}

/** Each date is spelled when it first occurs, and copied from then on. */
function dateWriter(firstDay: number, lastDay: number): (out: Uint8Array, at: number, day: number) => number {
  const spelled = new Uint8Array(Math.max(lastDay - firstDay + 1, 0) * dateBytes);
  return (out, at, day) => {
    const from = (day - firstDay) * dateBytes;
    if (spelled[from] === 0) spelled.set(utf8(dateText(day)), from);
    for (let i = 0; i < dateBytes; i++) out[at + i] = spelled[from + i] ?? 0;
    return at + dateBytes;
  };
}

function timestampWriter(firstDay: number, lastDay: number): CellWriter {
  const writeDate = dateWriter(firstDay, lastDay);
  const write = (out: Uint8Array, at: number, value: number): number => {
    const day = Math.floor(value / daySeconds);
    const rest = (value - day * daySeconds) | 0;
    const hour = (rest / 3600) | 0;
    const minute = ((rest - hour * 3600) / 60) | 0;
    const second = rest - hour * 3600 - minute * 60;
    const time = writeDate(out, at, day);
    out[time] = 32;
    writePair(out, time + 1, hour);
    out[time + 3] = 58;
    writePair(out, time + 4, minute);
    out[time + 6] = 58;
    writePair(out, time + 7, second);
    out[time + 9] = 43;
    writePair(out, time + 10, 0);
    out[time + 12] = 58;
    writePair(out, time + 13, 0);
    return time + 15;
  };
  return { write, maxBytes: dateBytes + 15 };
}

function writePair(out: Uint8Array, at: number, value: number): void {
  const tens = (value / 10) | 0;
  out[at] = zero + tens;
  out[at + 1] = zero + value - tens * 10;
}

/** Different numbers below the pattern's size give different texts; places that the number cannot reach are scrambled from it. */
function patternWriter({ positions, spelled }: Pattern): CellWriter {
  const alphabets = positions.map(utf8);
  const quotes = positions.some((characters) => /[",]|^ | $/.test(characters));
  const quote = 34;
  const write = (out: Uint8Array, at: number, value: number): number => {
    let place = at;
    let rest = value;
    let scrambled = mixBits(value ^ Math.floor(value / 0x100000000));
    if (quotes) out[place++] = quote;
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
      if (code === quote) out[place++] = quote;
      out[place++] = code;
    }
    if (quotes) out[place++] = quote;
    return place;
  };
  return { write, maxBytes: 2 + 2 * positions.length };
}
