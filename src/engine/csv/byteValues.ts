/**
 * The values that nearly all files are made of, read from bytes. Each function answers for its plain form only;
 * a value of another form is read as a string by textValues.ts.
 */
const zero = 0x30;
const minus = 0x2d;
const point = 0x2e;

/** Digits that a double keeps exactly, whatever they are: https://www.sqlite.org/floatingpoint.html */
export const exactDigits = 15;

const powersOfTen = Array.from({ length: exactDigits + 1 }, (_, exponent) => 10 ** exponent);

/** `-?digits` of at most 15 digits; else NaN. With `canonical`, no leading zeros and no `-0`. */
export function plainInteger(bytes: Uint8Array, start: number, end: number, canonical: boolean): number {
  const negative = bytes[start] === minus;
  const first = negative ? start + 1 : start;
  const digits = end - first;
  if (digits < 1 || digits > exactDigits) return Number.NaN;
  if (canonical && bytes[first] === zero && (digits > 1 || negative)) return Number.NaN;
  let value = 0;
  for (let at = first; at < end; at += 1) {
    const digit = (bytes[at] ?? 0) - zero;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative ? 0 - value : value;
}

/** Where the point of `-?digits.digits` stands, counted from the end: its scale; 0 without a point, -1 for other texts. */
export function plainScale(bytes: Uint8Array, start: number, end: number): number {
  let at = bytes[start] === minus ? start + 1 : start;
  const first = at;
  while (at < end && isDigit(bytes[at])) at += 1;
  if (at === first) return -1;
  if (at === end) return 0;
  if (bytes[at] !== point || at + 1 === end) return -1;
  for (let fraction = at + 1; fraction < end; fraction += 1) if (!isDigit(bytes[fraction])) return -1;
  return end - at - 1;
}

/**
 * The value of a text whose `plainScale` is known, when it has at most 15 digits; else NaN. Both the digits as an
 * integer and the power of ten are exact doubles, so their quotient is the nearest one.
 */
export function plainDecimal(bytes: Uint8Array, start: number, end: number, scale: number): number {
  const negative = bytes[start] === minus;
  const first = negative ? start + 1 : start;
  const digits = scale === 0 ? end - first : end - first - 1;
  if (digits > exactDigits) return Number.NaN;
  const pointAt = scale === 0 ? end : end - scale - 1;
  let value = 0;
  for (let at = first; at < end; at += 1) if (at !== pointAt) value = value * 10 + (bytes[at] ?? 0) - zero;
  const exact = value / (powersOfTen[scale] ?? Number.NaN);
  return negative ? 0 - exact : exact;
}

/** True for a calendar date `YYYY-MM-DD` in the ten bytes from `start`. */
export function isDateAt(bytes: Uint8Array, start: number): boolean {
  if (bytes[start + 4] !== minus || bytes[start + 7] !== minus) return false;
  const year = twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2);
  const month = twoDigits(bytes, start + 5);
  const day = twoDigits(bytes, start + 8);
  return isCalendarDate(year, month, day);
}

/** True for `HH:MM:SS` in the eight bytes from `start`. */
export function isTimeAt(bytes: Uint8Array, start: number): boolean {
  const colon = 0x3a;
  if (bytes[start + 2] !== colon || bytes[start + 5] !== colon) return false;
  // A comparison with NaN is false.
  return twoDigits(bytes, start) < 24 && twoDigits(bytes, start + 3) < 60 && twoDigits(bytes, start + 6) < 60;
}

/** True for a day of the proleptic Gregorian calendar; NaN for any part is false. */
export function isCalendarDate(year: number, month: number, day: number): boolean {
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1)) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (isLeap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return day <= days;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= zero + 9;
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] ?? 0) - zero;
  const ones = (bytes[at + 1] ?? 0) - zero;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}
