import { valueError } from '../values/jinjaFailure.ts';
import { dayNames, dayNumber, isoYearStart, monthNames, weekday } from './calendar.ts';
import { daysOf, fixedZone, microsOf, type Moment, type Zone } from './moment.ts';

const short = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));
const either = (names: readonly string[]): string => [...names].sort((a, b) => b.length - a.length).join('|');

/** What each directive takes (CPython: Lib/_strptime.py). */
const patterns: Readonly<Record<string, string>> = {
  d: '3[0-1]|[1-2]\\d|0[1-9]|[1-9]| [1-9]',
  f: '[0-9]{1,6}',
  H: '2[0-3]|[0-1]\\d|\\d',
  I: '1[0-2]|0[1-9]|[1-9]| [1-9]',
  G: '\\d\\d\\d\\d',
  j: '36[0-6]|3[0-5]\\d|[1-2]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9]',
  m: '1[0-2]|0[1-9]|[1-9]',
  M: '[0-5]\\d|\\d',
  S: '6[0-1]|[0-5]\\d|\\d',
  U: '5[0-3]|[0-4]\\d|\\d',
  W: '5[0-3]|[0-4]\\d|\\d',
  V: '5[0-3]|0[1-9]|[1-4]\\d|\\d',
  w: '[0-6]',
  u: '[1-7]',
  y: '\\d\\d',
  Y: '\\d\\d\\d\\d',
  z: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z',
  Z: 'utc|gmt',
  A: either(dayNames),
  a: either(short(dayNames)),
  B: either(monthNames),
  b: either(short(monthNames)),
  p: 'am|pm',
};

/** Directives that stand for others. */
const composite: Readonly<Record<string, string>> = { c: '%a %b %d %H:%M:%S %Y', x: '%m/%d/%y', X: '%H:%M:%S' };

/** Python's `datetime.strptime` in the C locale. Fails for text that does not fit, and for a format that is none. */
export function strptime(text: string, format: string): Moment {
  const seen: string[] = [];
  const match = new RegExp(`^${expressionOf(format, format, seen)}`, 'iu').exec(text);
  if (match === null) throw valueError(`time data '${text}' does not match format '${format}'`);
  const rest = text.slice(match[0].length);
  if (rest !== '') throw valueError(`unconverted data remains: ${rest}`);
  return momentOf(new Map(seen.map((letter, at) => [letter, match[at + 1] ?? ''])));
}

function expressionOf(format: string, whole: string, seen: string[]): string {
  return format.replace(/%(.?)|\s+|[\\.^$*+?(){}[\]|/]/gsu, (written: string, letter: string | undefined) => {
    if (letter === undefined) return written.trim() === '' ? '\\s+' : `\\${written}`;
    if (letter === '') throw valueError(`stray % in format '${whole}'`);
    if (letter === '%') return '%';
    const others = composite[letter];
    if (others !== undefined) return expressionOf(others, whole, seen);
    const pattern = patterns[letter];
    if (pattern === undefined) throw valueError(`'${letter}' is a bad directive in format '${whole}'`);
    if (seen.includes(letter)) throw valueError(`the directive %${letter} stands twice in the format '${whole}'`);
    seen.push(letter);
    return `(${pattern})`;
  });
}

function momentOf(found: ReadonlyMap<string, string>): Moment {
  const number = (letter: string): number | undefined => {
    const text = found.get(letter);
    return text === undefined ? undefined : Number(text);
  };
  const name = (letter: string, names: readonly string[]): number | undefined => {
    const text = found.get(letter)?.toLowerCase();
    return text === undefined ? undefined : names.findIndex((one) => one.toLowerCase() === text);
  };
  const micros = microsOf({
    hour: hourOf(number('H'), number('I'), found.get('p')?.toLowerCase()),
    minute: number('M') ?? 0,
    second: number('S') ?? 0,
    microsecond: Number((found.get('f') ?? '0').padEnd(6, '0')),
  });
  const isoDay = number('u');
  const sundayFirst = number('w');
  const dayOfWeek =
    name('A', dayNames) ??
    name('a', short(dayNames)) ??
    (sundayFirst === undefined ? undefined : (sundayFirst + 6) % 7) ??
    (isoDay === undefined ? undefined : isoDay - 1);
  const isoYear = number('G');
  const isoWeekNumber = number('V');
  if (isoYear !== undefined || isoWeekNumber !== undefined) {
    if (isoYear === undefined || isoWeekNumber === undefined || dayOfWeek === undefined)
      throw valueError("ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive");
    return { days: isoYearStart(isoYear) + (isoWeekNumber - 1) * 7 + dayOfWeek, micros, zone: zoneOf(found.get('z')) };
  }
  const year = number('Y') ?? centuryOf(number('y')) ?? 1900;
  const named = name('B', monthNames) ?? name('b', short(monthNames));
  const month = number('m') ?? (named === undefined ? undefined : named + 1);
  const yearDay = number('j') ?? yearDayOf(year, dayOfWeek, number('U'), number('W'));
  const days =
    yearDay !== undefined && month === undefined && !found.has('d')
      ? dayNumber({ year, month: 1, day: yearDay })
      : daysOf(year, month ?? 1, number('d') ?? 1);
  return { days, micros, zone: zoneOf(found.get('z')) };
}

/** The day of the year that a week's number and a weekday mean; weeks begin on Sunday for `%U`, on Monday for `%W`. */
function yearDayOf(
  year: number,
  dayOfWeek: number | undefined,
  sundayWeek: number | undefined,
  mondayWeek: number | undefined,
): number | undefined {
  const week = sundayWeek ?? mondayWeek;
  if (week === undefined || dayOfWeek === undefined) return undefined;
  const shift = sundayWeek === undefined ? 0 : 1;
  const first = (weekday(dayNumber({ year, month: 1, day: 1 })) + shift) % 7;
  const day = (dayOfWeek + shift) % 7;
  const firstWeek = (7 - first) % 7;
  return week === 0 ? 1 + day - first : 1 + firstWeek + 7 * (week - 1) + day;
}

function centuryOf(year: number | undefined): number | undefined {
  if (year === undefined) return undefined;
  return year <= 68 ? 2000 + year : 1900 + year;
}

function hourOf(full: number | undefined, half: number | undefined, part: string | undefined): number {
  if (full !== undefined) return full;
  if (half === undefined) return 0;
  return (half % 12) + (part === 'pm' ? 12 : 0);
}

function zoneOf(text: string | undefined): Zone | undefined {
  if (text === undefined) return undefined;
  if (text.toUpperCase() === 'Z') return fixedZone(0);
  const digits = text.slice(1).replaceAll(':', '');
  const size = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6));
  return fixedZone(text.startsWith('-') ? -size : size);
}
