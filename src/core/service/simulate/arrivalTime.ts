import type { DataTable } from '../../datagen/dataModel.ts';
import { columnType } from '../../datagen/columnType.ts';
import { semanticsOf } from '../../datagen/fieldSemantics.ts';

/** Names that say when a row came into being, the most telling first. */
const telling: readonly RegExp[] = [
  /(^|_)(loaded|ingested|synced|inserted|received|arrived)(_|$)/,
  /(^|_)(event|occurred|happened|logged)(_|$)/,
  /(^|_)(created|registered|joined|joining|signup|signed|opened|placed|ordered)(_|$)/,
];

/** Times that lie after a row's arrival, or long before it. */
const other = /(^|_)(birth|born|dob|due|end|ends|ended|expires?|expiry|expiration|valid|closed|deleted|cancel\w*)(_|$)/;
const changed = /(^|_)(updated|modified|changed)(_|$)/;

/**
 * The columns that may say when a row of a table arrives, the best first: the one that freshness goes by, then by names
 * (created before updated), then in the order of the file. Types are known as the generator knows them.
 */
export function timeColumns(
  header: readonly string[],
  table: DataTable | undefined,
  loadedAtField: string | undefined,
): readonly string[] {
  const isTime = (name: string): boolean => {
    const declared = table?.columns.find((column) => column.name.toLowerCase() === name.toLowerCase());
    const kind = (declared === undefined ? semanticsOf(name)?.type : columnType(declared))?.kind;
    return kind === 'timestamp' || kind === 'date';
  };
  const asked = header.filter((name) =>
    new RegExp(`\\b${name.replace(/\W/g, '\\$&')}\\b`, 'i').test(loadedAtField ?? ''),
  );
  const times = header.filter((name) => isTime(name) && !other.test(name.toLowerCase()));
  const rank = (name: string): number => {
    const at = telling.findIndex((pattern) => pattern.test(name.toLowerCase()));
    if (at !== -1) return at;
    return changed.test(name.toLowerCase()) ? telling.length + 1 : telling.length;
  };
  const ranked = [...times.entries()].sort(([i, a], [j, b]) => rank(a) - rank(b) || i - j).map(([, name]) => name);
  return [...new Set([...asked, ...ranked])];
}

const written = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d)?)?$/;

/** The moment that a value of a file names, in milliseconds since 1970 and UTC where no zone is named. */
export function momentIn(text: string): number | undefined {
  const match = written.exec(text.trim().replace(/^"|"$/g, ''));
  if (match === null) return undefined;
  const [, day = '', time = '00:00:00', zone = 'Z'] = match;
  const moment = Date.parse(`${day}T${time.replace(/(\.\d{3})\d+/, '$1')}${zone}`);
  return Number.isNaN(moment) ? undefined : moment;
}
