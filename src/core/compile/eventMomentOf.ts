/** A day of the calendar, or a week and perhaps its day; the parts are all divided, or none is. */
const isoDate =
  /^(?<year>\d{4})(?:(?<dash>-?)(?<month>\d{2})\k<dash>(?<day>\d{2})|(?<bar>-?)W(?<week>\d{2})(?:\k<bar>(?<weekday>[1-7]))?)/;

/** What may stand behind it: any character, a time and an offset. */
const isoTime =
  /^.(?<hour>\d{2})(?:(?<colon>:?)(?<minute>\d{2})(?:\k<colon>(?<second>\d{2}))?(?:[.,](?<fraction>\d+))?)?(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d){0,2})?$/su;

const day = 24 * 60 * 60 * 1000;

/**
 * A date or moment as Python's `datetime.fromisoformat` reads it, to the millisecond and without its offset: dbt takes
 * what is written for UTC. Undefined for what is none.
 */
export function eventMomentOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [written = ''] = isoDate.exec(value) ?? [];
  const behind = value.slice(written.length);
  const time = behind === '' ? {} : isoTime.exec(behind)?.groups;
  if (written === '' || time === undefined) return undefined;
  const parts: Readonly<Record<string, string | undefined>> = { ...isoDate.exec(written)?.groups, ...time };
  const part = (name: string, otherwise = 0): number => Number(parts[name] ?? otherwise);
  const date =
    parts['week'] === undefined
      ? dateOf(part('year'), part('month'), part('day'))
      : dateOfWeek(part('year'), part('week'), part('weekday', 1));
  const [hour, minute, second] = [part('hour'), part('minute'), part('second')];
  if (date === undefined || hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = Math.floor(Number(`0.${parts['fraction'] ?? '0'}`) * 1000);
  return date + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
}

/** The start of a day of the calendar; undefined for a day that there is not. */
function dateOf(year: number, month: number, dayOfMonth: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth ? date.getTime() : undefined;
}

/** The start of a day of a week by ISO 8601: the first week of a year has the year's first Thursday. */
function dateOfWeek(year: number, week: number, weekday: number): number | undefined {
  const fourth = dateOf(year, 1, 4) ?? 0;
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * day + (week - 1) * 7 * day;
  const thursday = new Date(monday + 3 * day);
  return thursday.getUTCFullYear() === year ? monday + (weekday - 1) * day : undefined;
}
