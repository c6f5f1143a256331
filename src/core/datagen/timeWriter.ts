import { dateText, daySeconds } from './calendar.ts';
import type { CellBuffer, CellWriter } from './cellWriter.ts';
import { utf8 } from './utf8.ts';

/** Writes days as `2024-01-10`. */
export function dateWriter(firstDay: number, lastDay: number): CellWriter {
  const spelled = new SpelledDays(firstDay, lastDay);
  return { write: (out, at, values, row) => spelled.write(out, at, values[row] ?? 0), maxBytes: 10 };
}

/** `+00:`, `00`, `:` and the blank before the time as the numbers that their bytes make. */
const zoneHours = 0x2b30303a;
const zoneMinutes = 0x3030;
const blank = 32;
const colon = 58;

/**
 * Writes seconds since 1970 as `2024-01-10 17:07:01+00:00`. Days and pairs of digits are spelled once and copied
 * several bytes at a time.
 */
export function timestampWriter(firstDay: number, lastDay: number): CellWriter {
  const days = new SpelledDays(firstDay, lastDay);
  const pairs = Uint16Array.from({ length: 60 }, (_, value) => asNumber(twoDigits(value)));
  const write: CellWriter['write'] = (out, at, values, row) => {
    const value = values[row] ?? 0;
    const day = Math.floor(value / daySeconds);
    const rest = (value - day * daySeconds) | 0;
    const minute = (rest / 60) | 0;
    const hour = (minute / 60) | 0;
    days.write(out, at, day);
    out.bytes[at + 10] = blank;
    out.view.setUint16(at + 11, pairs[hour] ?? 0);
    out.bytes[at + 13] = colon;
    out.view.setUint16(at + 14, pairs[minute - hour * 60] ?? 0);
    out.bytes[at + 16] = colon;
    out.view.setUint16(at + 17, pairs[rest - minute * 60] ?? 0);
    out.view.setUint32(at + 19, zoneHours);
    out.view.setUint16(at + 23, zoneMinutes);
    return at + 25;
  };
  return { write, maxBytes: 25 };
}

/** The dates between two days, each spelled when it first occurs. */
class SpelledDays {
  readonly #firstDay: number;
  /** Three words a day: `2024`, `-01-`, `10`. */
  readonly #words: Uint32Array;

  constructor(firstDay: number, lastDay: number) {
    this.#firstDay = firstDay;
    this.#words = new Uint32Array(Math.max(lastDay - firstDay + 1, 0) * 3);
  }

  write({ view }: CellBuffer, at: number, day: number): number {
    const words = this.#words;
    const from = (day - this.#firstDay) * 3;
    if (words[from] === 0) {
      const text = dateText(day);
      [text.slice(0, 4), text.slice(4, 8), text.slice(8)].forEach((part, i) => (words[from + i] = asNumber(part)));
    }
    view.setUint32(at, words[from] ?? 0);
    view.setUint32(at + 4, words[from + 1] ?? 0);
    view.setUint16(at + 8, words[from + 2] ?? 0);
    return at + 10;
  }
}

/** The number that the bytes of an ASCII text make, the first byte highest. */
function asNumber(text: string): number {
  return utf8(text).reduce((number, byte) => number * 256 + byte, 0);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
