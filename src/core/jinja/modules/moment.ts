import { failure, valueError } from '../values/jinjaFailure.ts';
import { civilDay, dayNumber, maxYear, minYear, monthLength } from './calendar.ts';

/** Microseconds of a second and of a day. */
export const microsPerSecond = 1_000_000;
export const microsPerDay = 86_400 * microsPerSecond;

/** A fixed distance from UTC. */
export interface Zone {
  /** What `tzname()` and `%Z` give. */
  readonly name: string;
  /** Seconds east of UTC. */
  readonly offset: number;
  /** As Python prints it within a datetime's repr. */
  readonly repr: string;
}

/** `pytz.utc` */
export const pytzUtc: Zone = { name: 'UTC', offset: 0, repr: '<UTC>' };

/** Python's `timezone(timedelta(seconds=offset))`. */
export function fixedZone(offset: number): Zone {
  if (offset === 0) return { name: 'UTC', offset, repr: 'datetime.timezone.utc' };
  const delta = offset < 0 ? `days=-1, seconds=${String(offset + 86_400)}` : `seconds=${String(offset)}`;
  return { name: `UTC${offsetText(offset)}`, offset, repr: `datetime.timezone(datetime.timedelta(${delta}))` };
}

/** `+02:00`; with seconds where there are any. */
export function offsetText(offset: number, separator = ':'): string {
  const size = Math.abs(offset);
  const parts = [Math.floor(size / 3600), Math.floor(size / 60) % 60, ...(size % 60 === 0 ? [] : [size % 60])];
  return (offset < 0 ? '-' : '+') + parts.map((part) => padded(part, 2)).join(separator);
}

/** A day and a time of day; without a zone it is Python's naive datetime. */
export interface Moment {
  /** Days since 1970-01-01. */
  readonly days: number;
  /** Microseconds since midnight. */
  readonly micros: number;
  readonly zone: Zone | undefined;
}

/** A time of day in parts. */
export interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** The parts of the microseconds since midnight. */
export function timeParts(micros: number): TimeParts {
  const seconds = Math.floor(micros / microsPerSecond);
  return {
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: micros % microsPerSecond,
  };
}

/** Microseconds since midnight; fails for parts out of range, as Python does. */
export function microsOf({ hour, minute, second, microsecond }: TimeParts): number {
  inRange('hour', hour, 0, 23);
  inRange('minute', minute, 0, 59);
  inRange('second', second, 0, 59);
  inRange('microsecond', microsecond, 0, 999_999);
  return ((hour * 60 + minute) * 60 + second) * microsPerSecond + microsecond;
}

/** Days since 1970-01-01; fails for a day that is in no calendar. */
export function daysOf(year: number, month: number, day: number): number {
  if (year < minYear || year > maxYear) throw valueError(`year ${String(year)} is out of range`);
  inRange('month', month, 1, 12);
  if (day < 1 || day > monthLength(year, month)) throw valueError('day is out of range for month');
  return dayNumber({ year, month, day });
}

function inRange(name: string, value: number, from: number, to: number): void {
  if (value < from || value > to) throw valueError(`${name} must be in ${String(from)}..${String(to)}`);
}

/** Days that arithmetic came to; fails beyond Python's calendar. */
export function checkedDays(days: number): number {
  const isInside =
    days >= dayNumber({ year: minYear, month: 1, day: 1 }) && days <= dayNumber({ year: maxYear, month: 12, day: 31 });
  if (!isInside) throw failure('jinja.arithmeticError', { detail: 'date value out of range' });
  return days;
}

/** Microseconds since 1970-01-01 on the moment's own clock. */
export function totalMicros({ days, micros }: Moment): bigint {
  return BigInt(days) * BigInt(microsPerDay) + BigInt(micros);
}

/** Microseconds since 1970-01-01 in UTC. */
export function utcMicros(moment: Moment): bigint {
  return totalMicros(moment) - BigInt(moment.zone?.offset ?? 0) * BigInt(microsPerSecond);
}

/** The moment so many microseconds after 1970-01-01 on its own clock. */
export function momentAt(total: bigint, zone: Zone | undefined): Moment {
  const days = floorDivide(total, BigInt(microsPerDay));
  return { days: checkedDays(Number(days)), micros: Number(total - days * BigInt(microsPerDay)), zone };
}

/** The quotient rounded down, as Python's `//`. */
export function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** A number with leading zeros. */
export function padded(value: number, width: number, fill = '0'): string {
  return String(value).padStart(width, fill);
}

/** `2024-02-29` */
export function dateText(days: number): string {
  const { year, month, day } = civilDay(days);
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}`;
}

/** How much of a time `isoformat` prints. */
export type TimeSpec = 'auto' | 'hours' | 'minutes' | 'seconds' | 'milliseconds' | 'microseconds';

/** `10:05:00`, with six digits of a second where there are any. */
export function timeText(micros: number, spec: TimeSpec = 'auto'): string {
  const { hour, minute, second, microsecond } = timeParts(micros);
  const used = spec === 'auto' ? (microsecond === 0 ? 'seconds' : 'microseconds') : spec;
  const parts = [hour, minute, second].slice(0, used === 'hours' ? 1 : used === 'minutes' ? 2 : 3);
  const text = parts.map((part) => padded(part, 2)).join(':');
  if (used === 'milliseconds') return `${text}.${padded(Math.floor(microsecond / 1000), 3)}`;
  return used === 'microseconds' ? `${text}.${padded(microsecond, 6)}` : text;
}
