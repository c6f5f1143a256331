/** Seconds in a day; leap seconds do not exist in Unix time. */
export const daySeconds = 86_400;

/** 9999-12-31 23:59:59: years have four digits. */
export const lastSecond = 253_402_300_799;

/** Days from 1970-01-01 to a date of the proleptic Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years begin in March here, so that the leap day is the last of its year.
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

/** `YYYY-MM-DD` of a day number. */
export function dateText(day: number): string {
  const shifted = day + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = ((monthFromMarch + 2) % 12) + 1;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const dayOfMonth = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(dayOfMonth)}`;
}

/** `YYYY-MM-DD HH:MM:SS+00:00` of seconds since 1970. */
export function timestampText(seconds: number): string {
  const day = Math.floor(seconds / daySeconds);
  const rest = seconds - day * daySeconds;
  const time = [Math.floor(rest / 3600), Math.floor(rest / 60) % 60, rest % 60].map(twoDigits).join(':');
  return `${dateText(day)} ${time}+00:00`;
}

/**
 * Seconds since 1970 of `YYYY-MM-DD`, with `HH:MM`, `HH:MM:SS`, a `T` between and `Z` or `+00:00` behind or not;
 * undefined for anything else. Of a date alone, `end` asks for its last second.
 */
export function parseTimestamp(text: string, end = false): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.0+)?(?:Z|\+00:?00)?)?$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day, hour, minute, second] = match.slice(1).map((part) => Number(part as string | undefined)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const date = dayNumber(year, month, day);
  if (month < 1 || month > 12 || dateText(date) !== text.slice(0, 10)) return undefined;
  if (Number.isNaN(hour)) return date * daySeconds + (end ? daySeconds - 1 : 0);
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return date * daySeconds + hour * 3600 + minute * 60 + (Number.isNaN(second) ? 0 : second);
}

/** A span such as `30 days`, `12 hours` or `90 seconds`. */
export const spanPattern = /^\s*(\d+)\s*(second|minute|hour|day|week)s?\s*$/;

/** Seconds of a span; undefined for a text that is none. */
export function parseSpan(text: string): number | undefined {
  const match = spanPattern.exec(text);
  if (match === null) return undefined;
  const unit = { second: 1, minute: 60, hour: 3600, day: daySeconds, week: 7 * daySeconds }[match[2] as 'second'];
  return Number(match[1]) * unit;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
