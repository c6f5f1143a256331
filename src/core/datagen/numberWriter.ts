import type { CellBuffer, CellWriter } from './cellWriter.ts';
import { putBefore } from './fixedBytes.ts';
import type { RowFormat } from './rowFormat.ts';
import { utf8 } from './utf8.ts';

const zero = 48;
const minus = 45;
const point = 46;
/** Beyond 31 bits the fast integer division is not to be had. */
const largestInteger = 0x7fffffff;

/** The ASCII of 00 to 99, two digits in one 16-bit number. */
const digitPairs = Uint16Array.from(
  { length: 100 },
  (_, value) => ((zero + Math.floor(value / 10)) << 8) | (zero + (value % 10)),
);

/** Writes whole numbers. */
export function integerWriter({ empty }: RowFormat): CellWriter {
  const nothing = utf8(empty);
  return {
    measure: (values, sizes) => {
      for (let i = 0; i < sizes.length; i++) {
        const value = values[i] ?? 0;
        const size = Number.isNaN(value) ? nothing.length : value < 0 ? 1 + digitCount(-value) : digitCount(value);
        sizes[i] = (sizes[i] ?? 0) + size;
      }
    },
    write: (out, values, places) => {
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        const place = places[i] ?? 0;
        places[i] = Number.isNaN(value) ? putBefore(out, place, nothing) : putInteger(out, place, value);
      }
    },
  };
}

/** Writes numbers that are counted in units of 10^-scale, with all decimals. */
export function decimalWriter({ empty }: RowFormat, scale: number): CellWriter {
  const nothing = utf8(empty);
  const unit = 10 ** scale;
  const sizeOf = (value: number): number => {
    if (Number.isNaN(value)) return nothing.length;
    const magnitude = Math.abs(value);
    return (value < 0 ? 1 : 0) + digitCount(Math.floor(magnitude / unit)) + 1 + scale;
  };
  const put = (out: CellBuffer, end: number, value: number): number => {
    const magnitude = Math.abs(value);
    const whole = Math.floor(magnitude / unit);
    let fraction = (magnitude - whole * unit) | 0;
    let place = end;
    let digits = scale;
    for (; digits > 1; digits -= 2) {
      const hundredth = (fraction / 100) | 0;
      place -= 2;
      out.view.setUint16(place, digitPairs[fraction - hundredth * 100] ?? 0);
      fraction = hundredth;
    }
    if (digits === 1) out.bytes[--place] = zero + fraction;
    out.bytes[--place] = point;
    place = putInteger(out, place, whole);
    if (value < 0) out.bytes[--place] = minus;
    return place;
  };
  return {
    measure: (values, sizes) => {
      for (let i = 0; i < sizes.length; i++) sizes[i] = (sizes[i] ?? 0) + sizeOf(values[i] ?? 0);
    },
    write: (out, values, places) => {
      for (let i = 0; i < places.length; i++) {
        const value = values[i] ?? 0;
        const place = places[i] ?? 0;
        places[i] = Number.isNaN(value) ? putBefore(out, place, nothing) : put(out, place, value);
      }
    },
  };
}

function putInteger(out: CellBuffer, end: number, value: number): number {
  let place = end;
  let rest = Math.abs(value);
  for (; rest > largestInteger; rest = Math.floor(rest / 10)) out.bytes[--place] = zero + (rest % 10);
  let small = rest | 0;
  while (small >= 100) {
    const hundredth = (small / 100) | 0;
    place -= 2;
    out.view.setUint16(place, digitPairs[small - hundredth * 100] ?? 0);
    small = hundredth;
  }
  if (small >= 10) {
    place -= 2;
    out.view.setUint16(place, digitPairs[small] ?? 0);
  } else {
    out.bytes[--place] = zero + small;
  }
  if (value < 0) out.bytes[--place] = minus;
  return place;
}

function digitCount(value: number): number {
  if (value < 10_000) return value < 100 ? (value < 10 ? 1 : 2) : value < 1000 ? 3 : 4;
  let count = 5;
  for (let bound = 100_000; bound <= value; bound *= 10) count += 1;
  return count;
}
