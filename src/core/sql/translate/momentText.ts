/**
 * Dates and timestamps as the embedded database keeps them: `YYYY-MM-DD` and `YYYY-MM-DD HH:MM:SS[.ffffff]`, a
 * fraction of nought left out, so that equal moments are equal text.
 */
const momentPattern =
  /^\s*(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?\s*(Z|\+00(?::?00)?)?)?\s*$/;

interface MomentParts {
  readonly date: string;
  readonly time: string;
  readonly hasTime: boolean;
}

function partsOf(text: string): MomentParts | undefined {
  const match = momentPattern.exec(text);
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = ''] = match;
  const isTime = Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!isTime || !isDay(Number(year), Number(month), Number(day))) return undefined;
  const digits = /^\.?0*$/.test(fraction) ? '' : fraction.padEnd(7, '0').slice(0, 7);
  return {
    date: `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    time: `${hour.padStart(2, '0')}:${minute}:${second}${digits}`,
    hasTime: match[4] !== undefined,
  };
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return day <= days;
}

/** A literal as a date; the time of day, if any, is dropped. Undefined when it is none. */
export function dateText(text: string): string | undefined {
  return partsOf(text)?.date;
}

/** A literal as a timestamp, midnight when it is a date. Undefined when it is none, or has an offset from UTC. */
export function timestampText(text: string): string | undefined {
  const parts = partsOf(text);
  return parts === undefined ? undefined : `${parts.date} ${parts.time}`;
}
