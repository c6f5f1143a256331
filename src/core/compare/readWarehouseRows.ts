import type { ComparedColumn } from './comparedTable.ts';
import { oneLine, reasonIn } from './dbtError.ts';
import { tableMark } from './warehouseRowsQuery.ts';

/** What `dbt show` of a `warehouseRowsQuery` has told. */
export type WarehouseRows =
  | {
      readonly kind: 'rows';
      readonly columns: readonly ComparedColumn[];
      /** How many rows the table has; `rows` may be fewer. */
      readonly count: number;
      readonly rows: readonly (readonly (string | null)[])[];
    }
  /** The table has more rows than were allowed, and none were given. */
  | { readonly kind: 'tooMany'; readonly count: number }
  /** The node has no table or view there. */
  | { readonly kind: 'absent' }
  /** dbt failed, for a reason in its words, on one line. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads the lines that dbt has logged in JSON, with whatever else stands between them (dbt-core: events/types.py,
 * JinjaLogInfo and ShowNode; the same from 1.7 to 1.11, and in dbt 2).
 */
export function readWarehouseRows(output: string): WarehouseRows {
  const lines = output.split('\n');
  const events = lines.flatMap((line) => logEvent(line) ?? []);
  const failure = events.find(({ info }) => info.level === 'error' && info.name !== 'MainStackTrace');
  if (failure !== undefined) return { kind: 'failed', reason: reasonOf(failure) };
  const told = events.find(({ info }) => info.msg?.startsWith(tableMark))?.info.msg?.slice(tableMark.length);
  const preview = events.find(({ info }) => info.name === 'ShowNode')?.data?.preview;
  if (told === undefined || preview === undefined) return { kind: 'failed', reason: lastWords(lines) };
  const table = JSON.parse(told) as ToldTable | null;
  if (table === null) return { kind: 'absent' };
  if (table.withheld) return { kind: 'tooMany', count: table.count };
  const { columns, count } = table;
  const shown = JSON.parse(preview) as readonly ShownRow[];
  const names = shownNames(columns.length, shown[0]);
  return { kind: 'rows', columns, count, rows: shown.map((row) => names.map((name) => row[name]?.slice(1) ?? null)) };
}

interface ToldTable {
  readonly count: number;
  readonly withheld: boolean;
  readonly columns: readonly ComparedColumn[];
}

/** A line of `--log-format json`, as far as it is read here. */
interface LogEvent {
  readonly info: { readonly level?: string; readonly name?: string; readonly msg?: string };
  readonly data?: { readonly preview?: string; readonly exc?: unknown };
}

/** Other programs write between the lines, and what they write is no event. */
function logEvent(line: string): LogEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const event = JSON.parse(line) as Partial<LogEvent>;
    return event.info === undefined ? undefined : { ...event, info: event.info };
  } catch {
    return undefined;
  }
}

/** A value begins with a sign, which a null has not. */
type ShownRow = Readonly<Record<string, string | null>>;

/** The names under which the query's columns came: warehouses may write them in capitals. */
function shownNames(width: number, first: ShownRow = {}): readonly string[] {
  const letter = 'C0' in first ? 'C' : 'c';
  return Array.from({ length: width }, (_, i) => `${letter}${String(i)}`);
}

function reasonOf({ info, data }: LogEvent): string {
  return reasonIn(typeof data?.exc === 'string' ? data.exc : (info.msg ?? ''));
}

/** What was written last that is no event: a program that is no dbt, or one that could not begin, says why there. */
function lastWords(lines: readonly string[]): string {
  const words = lines.filter((line) => !line.startsWith('{') && line.trim() !== '').slice(-3);
  return words.length === 0 ? 'dbt gave no rows, and did not say why.' : oneLine(words.join(' '));
}
