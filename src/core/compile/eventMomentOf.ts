const isoMoment =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ](\d{2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d{1,6}))?)?)?)?(?:Z|[+-]\d{2}:?\d{2})?$/;

/**
 * A date or moment as Python's `datetime.fromisoformat` reads it, without its offset: dbt takes what is written for UTC.
 * Undefined for what is none.
 */
export function eventMomentOf(value: unknown): number | undefined {
  const found = typeof value === 'string' ? isoMoment.exec(value) : null;
  if (found === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((one: string | undefined) => Number(one ?? 0));
  const fraction = Math.floor(Number(`0.${found[7] ?? '0'}`) * 1000);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const isDate = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDate || hour > 23 || minute > 59 || second > 59) return undefined;
  return date.getTime() + ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
}
