const datePattern = /^(\d{4,6})-(\d\d)-(\d\d)$/;
const plainMoment = /^(\d{4,6}-\d\d-\d\d \d\d:\d\d:\d\d)(?:\.0*|(\.\d*[1-9])0*)?$/;
const momentPattern =
  /^(\d{4,6}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(?::(\d\d)(?:\.(\d*))?)?)?\s*(Z|UTC|([+-])(\d\d)(?::?(\d\d))?)?$/i;

/** A day as `2024-01-31`; a time of day that is all zeros may follow it. Undefined for what is no day. */
export function canonicalDate(text: string): string | undefined {
  if (datePattern.test(text)) return text;
  const day = text.trim().replace(/[ T]00:00(:00(\.0*)?)?$/, '');
  return datePattern.test(day) ? day : undefined;
}

/**
 * A moment as `2024-01-31 12:00:00.5`, in UTC: one without an offset is taken to be in UTC, zeros behind the last digit
 * of a second say nothing, and a day alone is its first moment. Undefined for what is no moment.
 */
export function canonicalTimestamp(text: string): string | undefined {
  // Most moments are written in this form already, but for zeros at their end.
  const plain = plainMoment.exec(text);
  if (plain !== null) return `${plain[1] ?? ''}${plain[2] ?? ''}`;
  const found = momentPattern.exec(text.trim());
  if (found === null) return undefined;
  const [, day = '', minutes = '00:00', seconds = '00', fraction = '', , sign, hours, rest = '00'] = found;
  const digits = fraction.replace(/0+$/, '');
  const offset = hours === undefined ? 0 : (Number(hours) * 60 + Number(rest)) * (sign === '-' ? -1 : 1);
  return `${inUtc(day, minutes, offset)}:${seconds}${digits === '' ? '' : `.${digits}`}`;
}

/** Offsets are whole minutes, so that seconds stay as they are. */
function inUtc(day: string, minutes: string, offset: number): string {
  if (offset === 0) return `${day} ${minutes}`;
  const moment = new Date(Date.parse(`${day}T${minutes}:00Z`) - offset * 60_000);
  return moment.toISOString().slice(0, 16).replace('T', ' ');
}
