import { civilDay, dayNames, dayOfYear, isoWeek, monthNames, weekday } from './calendar.ts';
import { offsetText, padded, timeParts, utcMicros, type Moment } from './moment.ts';

/**
 * Python's `strftime` in the C locale, with what glibc adds to it: the flags `-`, `_`, `0` and `^` before a letter.
 * A letter that means nothing stays as it is written.
 */
export function strftime(moment: Moment, format: string): string {
  return format.replace(/%([-_0^#]?)([a-zA-Z%])/g, (written, flag: string, letter: string) => {
    const part = directive(moment, letter);
    if (part === undefined) return written;
    if (typeof part === 'string') return flag === '^' ? part.toUpperCase() : part;
    const [value, width, fill] = part;
    if (flag === '-') return String(value);
    return padded(value, width, flag === '_' ? ' ' : flag === '0' ? '0' : fill);
  });
}

type NumberPart = readonly [value: number, width: number, fill: '0' | ' '];
const zeros = (value: number, width: number): NumberPart => [value, width, '0'];

function directive(moment: Moment, letter: string): string | NumberPart | undefined {
  return composite[letter]?.(moment) ?? ofDay(moment.days, letter) ?? ofTime(moment, letter);
}

/** Directives that stand for others. */
const composite: Readonly<Record<string, (moment: Moment) => string>> = {
  c: (moment) => strftime(moment, '%a %b %e %H:%M:%S %Y'),
  D: (moment) => strftime(moment, '%m/%d/%y'),
  x: (moment) => strftime(moment, '%m/%d/%y'),
  F: (moment) => strftime(moment, '%Y-%m-%d'),
  T: (moment) => strftime(moment, '%H:%M:%S'),
  X: (moment) => strftime(moment, '%H:%M:%S'),
  R: (moment) => strftime(moment, '%H:%M'),
  r: (moment) => strftime(moment, '%I:%M:%S %p'),
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

function ofDay(days: number, letter: string): string | NumberPart | undefined {
  const { year, month, day } = civilDay(days);
  const atDay = weekday(days);
  switch (letter) {
    case 'Y':
      return [year, 1, ' '];
    case 'y':
      return zeros(year % 100, 2);
    case 'C':
      return zeros(Math.floor(year / 100), 2);
    case 'm':
      return zeros(month, 2);
    case 'd':
      return zeros(day, 2);
    case 'e':
      return [day, 2, ' '];
    case 'j':
      return zeros(dayOfYear(days), 3);
    case 'a':
      return dayNames[atDay]?.slice(0, 3);
    case 'A':
      return dayNames[atDay];
    case 'b':
    case 'h':
      return monthNames[month - 1]?.slice(0, 3);
    case 'B':
      return monthNames[month - 1];
    case 'w':
      return zeros((atDay + 1) % 7, 1);
    case 'u':
      return zeros(atDay + 1, 1);
    case 'U':
      return zeros(Math.floor((dayOfYear(days) + 6 - ((atDay + 1) % 7)) / 7), 2);
    case 'W':
      return zeros(Math.floor((dayOfYear(days) + 6 - atDay) / 7), 2);
    case 'G':
      return zeros(isoWeek(days).year, 4);
    case 'g':
      return zeros(isoWeek(days).year % 100, 2);
    case 'V':
      return zeros(isoWeek(days).week, 2);
    default:
      return undefined;
  }
}

function ofTime(moment: Moment, letter: string): string | NumberPart | undefined {
  const { hour, minute, second, microsecond } = timeParts(moment.micros);
  const { zone } = moment;
  switch (letter) {
    case 'H':
      return zeros(hour, 2);
    case 'k':
      return [hour, 2, ' '];
    case 'I':
      return zeros(hour % 12 === 0 ? 12 : hour % 12, 2);
    case 'l':
      return [hour % 12 === 0 ? 12 : hour % 12, 2, ' '];
    case 'M':
      return zeros(minute, 2);
    case 'S':
      return zeros(second, 2);
    case 'f':
      return zeros(microsecond, 6);
    case 'p':
      return hour < 12 ? 'AM' : 'PM';
    case 'P':
      return hour < 12 ? 'am' : 'pm';
    case 's':
      return String(utcMicros({ ...moment, micros: moment.micros - microsecond }) / 1_000_000n);
    case 'z':
      return zone === undefined ? '' : offsetText(zone.offset, '');
    case 'Z':
      return zone?.name ?? '';
    default:
      return undefined;
  }
}
