import { isCalendarDate } from './byteValues.ts';

const pattern =
  /^(\d{4})-(\d\d)-(\d\d)(?:([ T])(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(?:( ?)(Z|UTC|[+-]\d\d(?::?\d\d)?))?)?$/;

/** A point in time as a CSV writes it. */
export interface TimestampText {
  /** `YYYY-MM-DD HH:MM:SS`, with `.ffffff` where there is a fraction of a second, in UTC. */
  readonly utc: string;
  /** False for a date alone. */
  readonly hasTime: boolean;
  /** `T` or a space. */
  readonly separator: string;
  /** Digits of the fraction as written. */
  readonly fractionDigits: number;
  /** What follows the seconds' fraction: an offset with the space before it, or nothing. */
  readonly suffix: string;
  readonly hasSeconds: boolean;
}

/**
 * Reads an ISO 8601 date or timestamp; one without an offset is taken to be in UTC. Undefined for other texts, and
 * for a fraction finer than a microsecond, which would be lost.
 */
export function parseTimestamp(text: string): TimestampText | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [
    ,
    year = '',
    month = '',
    day = '',
    separator,
    hour = '00',
    minute = '00',
    second,
    digits = '',
    gap = '',
    offset,
  ] = match;
  if (!isCalendarDate(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined;
  const fraction = digits.replace(/0+$/, '');
  if (fraction.length > 6) return undefined;
  const shift = offsetMinutes(offset);
  if (shift === undefined) return undefined;
  const local = `${year}-${month}-${day} ${hour}:${minute}:${second ?? '00'}`;
  const whole = shift === 0 ? local : shifted(local, -shift);
  if (whole === undefined) return undefined;
  return {
    utc: fraction === '' ? whole : `${whole}.${fraction.padEnd(6, '0')}`,
    hasTime: separator !== undefined,
    separator: separator ?? ' ',
    fractionDigits: digits.length,
    suffix: `${gap}${offset ?? ''}`,
    hasSeconds: second !== undefined,
  };
}

/** Minutes east of UTC; undefined for an offset that no clock has. */
function offsetMinutes(offset: string | undefined): number | undefined {
  if (offset === undefined || offset === 'Z' || offset === 'UTC') return 0;
  const hours = Number(offset.slice(1, 3));
  const minutes = Number(offset.slice(3).replace(':', '') || 0);
  if (hours > 18 || minutes > 59) return undefined;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** The local time moved by minutes; undefined when that leaves the years 0000 to 9999. */
function shifted(local: string, minutes: number): string | undefined {
  const moved = new Date(Date.parse(`${local.replace(' ', 'T')}Z`) + minutes * 60_000).toISOString();
  return moved.length === 24 ? moved.slice(0, 19).replace('T', ' ') : undefined;
}
