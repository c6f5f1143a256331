/** A day of the proleptic Gregorian calendar; `month` and `day` count from 1. */
export interface CivilDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** Python's dates lie between these years (datetime.MINYEAR and MAXYEAR). */
export const minYear = 1;
export const maxYear = 9999;

const msPerDay = 86_400_000;

/** Days since 1970-01-01. */
export function dayNumber({ year, month, day }: CivilDay): number {
  // setUTCFullYear takes years below 100 as they are; Date.UTC would add 1900.
  return new Date(0).setUTCFullYear(year, month - 1, day) / msPerDay;
}

/** The day that is so many days after 1970-01-01. */
export function civilDay(days: number): CivilDay {
  const date = new Date(days * msPerDay);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** How many days a month has. */
export function monthLength(year: number, month: number): number {
  return dayNumber({ year, month: month + 1, day: 1 }) - dayNumber({ year, month, day: 1 });
}

/** 0 for Monday to 6 for Sunday, as Python's `weekday()`. */
export function weekday(days: number): number {
  return (((days + 3) % 7) + 7) % 7;
}

/** The day of the year, from 1. */
export function dayOfYear(days: number): number {
  return days - dayNumber({ year: civilDay(days).year, month: 1, day: 1 }) + 1;
}

/** The week by ISO 8601: the year it belongs to and its number, from 1. */
export function isoWeek(days: number): { readonly year: number; readonly week: number } {
  const thursday = days - weekday(days) + 3;
  const { year } = civilDay(thursday);
  return { year, week: Math.floor((dayOfYear(thursday) - 1) / 7) + 1 };
}

/** The first day, a Monday, of the ISO year's week 1. */
export function isoYearStart(year: number): number {
  const fourth = dayNumber({ year, month: 1, day: 4 });
  return fourth - weekday(fourth);
}

export const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;
