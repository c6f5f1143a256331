import { dateText, daySeconds } from './calendar.ts';
import type { CellBuffer, CellWriter } from './cellWriter.ts';
import { asNumber, putBefore } from './fixedBytes.ts';
import type { RowFormat } from './rowFormat.ts';
import { utf8 } from './utf8.ts';

const quote = 34;

/** Writes days as `2024-01-10`. */
export function dateWriter(rows: RowFormat, firstDay: number, lastDay: number): CellWriter {
  const length = 10;
  const marks = rows.needsQuotes('-') ? 1 : 0;
  const nothing = utf8(rows.empty);
  const days = spelledDays(firstDay, lastDay);
  return {
    measure: measureFixed(length + 2 * marks, nothing.length),
    write: (out, values, places) => {
      for (let i = 0; i < places.length; i++) {
        const day = values[i] ?? 0;
        if (Number.isNaN(day)) places[i] = putBefore(out, places[i] ?? 0, nothing);
        else {
          const at = (places[i] ?? 0) - length - marks;
          const from = (day - firstDay) * 3;
          if (days[from] === 0) spellDay(days, from, day);
          out.view.setUint32(at, days[from] ?? 0);
          out.view.setUint32(at + 4, days[from + 1] ?? 0);
          out.view.setUint16(at + 8, days[from + 2] ?? 0);
          if (marks > 0) putMarks(out, at, length);
          places[i] = at - marks;
        }
      }
    },
  };
}

/** `+00:` and `00` as the numbers that their bytes make. */
const zoneHours = 0x2b30303a;
const zoneMinutes = 0x3030;

/**
 * Writes seconds since 1970 as `2024-01-10 17:07:01+00:00`. Days, minutes and seconds are spelled once and copied
 * several bytes at a time.
 */
export function timestampWriter(rows: RowFormat, firstDay: number, lastDay: number): CellWriter {
  const length = 25;
  const marks = rows.needsQuotes('-') ? 1 : 0;
  const nothing = utf8(rows.empty);
  const days = spelledDays(firstDay, lastDay);
  const hours = Uint32Array.from({ length: 24 }, (_, hour) => asNumber(utf8(` ${twoDigits(hour)}:`)));
  /** `07:0`, whose last digit the seconds write over. */
  const minutes = Uint32Array.from({ length: 60 }, (_, minute) => asNumber(utf8(`${twoDigits(minute)}:0`)));
  const seconds = Uint16Array.from({ length: 60 }, (_, second) => asNumber(utf8(twoDigits(second))));
  return {
    measure: measureFixed(length + 2 * marks, nothing.length),
    write: (out, values, places) => {
      const { view } = out;
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        if (Number.isNaN(value)) places[i] = putBefore(out, places[i] ?? 0, nothing);
        else {
          const at = (places[i] ?? 0) - length - marks;
          const day = Math.floor(value / daySeconds);
          const rest = (value - day * daySeconds) | 0;
          const minute = (rest / 60) | 0;
          const hour = (minute / 60) | 0;
          const from = (day - firstDay) * 3;
          if (days[from] === 0) spellDay(days, from, day);
          view.setUint32(at, days[from] ?? 0);
          view.setUint32(at + 4, days[from + 1] ?? 0);
          view.setUint16(at + 8, days[from + 2] ?? 0);
          view.setUint32(at + 10, hours[hour] ?? 0);
          view.setUint32(at + 14, minutes[minute - hour * 60] ?? 0);
          view.setUint16(at + 17, seconds[rest - minute * 60] ?? 0);
          view.setUint32(at + 19, zoneHours);
          view.setUint16(at + 23, zoneMinutes);
          if (marks > 0) putMarks(out, at, length);
          places[i] = at - marks;
        }
      }
    },
  };
}

function measureFixed(size: number, sizeOfNothing: number): CellWriter['measure'] {
  return (values, sizes) => {
    for (let i = 0; i < sizes.length; i++)
      sizes[i] = (sizes[i] ?? 0) + (Number.isNaN(values[i] ?? 0) ? sizeOfNothing : size);
  };
}

function putMarks({ bytes }: CellBuffer, at: number, length: number): void {
  bytes[at - 1] = quote;
  bytes[at + length] = quote;
}

/** Room for the dates between two days, three words a day: `2024`, `-01-`, `10`. Each is spelled when it first occurs. */
function spelledDays(firstDay: number, lastDay: number): Uint32Array {
  return new Uint32Array(Math.max(lastDay - firstDay + 1, 0) * 3);
}

function spellDay(days: Uint32Array, from: number, day: number): void {
  const text = dateText(day);
  [text.slice(0, 4), text.slice(4, 8), text.slice(8)].forEach((part, i) => (days[from + i] = asNumber(utf8(part))));
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
