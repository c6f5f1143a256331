import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import type { DataColumn, DataTable } from './dataModel.ts';
import type { Distribution } from './distribution.ts';

/** The hints of a column under `config.meta.modelyard`, checked for form alone. */
export interface ColumnHints {
  /** A generator by name: `country_code`. */
  readonly generator?: string;
  /** Texts of a fixed form: `[A-Z]{6}`. */
  readonly pattern?: string;
  /** No value twice, though no `unique` test asks for it. */
  readonly distinct?: boolean;
  /** The values and how often each occurs; values that are not named do not occur. */
  readonly weights?: ReadonlyMap<string, number>;
  readonly null_rate?: number;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly distribution?: Distribution;
  /** Not before these columns: `created_at`, `players.updated_at`. */
  readonly after?: readonly string[];
  /** With `after`: at most this much later. */
  readonly within?: string;
  /** The same value as this column: `created_at`, `players.created_at`. */
  readonly equals?: string;
  /** With a relationship: only parents for which this holds. */
  readonly where?: HintCondition;
  /** With a relationship: no parent twice. */
  readonly one_to_one?: boolean;
}

export interface HintCondition {
  readonly column: string;
  readonly value: string;
}

export type HintName = keyof ColumnHints;

interface HintForm<T> {
  readonly expected: string;
  readonly read: (value: PlainValue) => T | undefined;
}

const columnForms: { readonly [K in HintName]-?: HintForm<NonNullable<ColumnHints[K]>> } = {
  generator: { expected: 'the name of a generator', read: readText },
  pattern: { expected: 'a text such as "[A-Z]{6}"', read: readText },
  distinct: { expected: 'true or false', read: readBoolean },
  weights: { expected: 'a mapping of values to numbers, not all of them 0', read: readWeights },
  null_rate: { expected: 'a number from 0 to 1', read: (value) => readNumber(value, 0, 1) },
  min: { expected: 'a number or a date', read: readBound },
  max: { expected: 'a number or a date', read: readBound },
  distribution: {
    expected: 'uniform, {name: normal, mean, deviation} or {name: lognormal, median, sigma} with sizes above 0',
    read: readDistribution,
  },
  after: { expected: 'a column, table.column, or a list of them', read: readTexts },
  within: { expected: 'a span such as "30 days"', read: readText },
  equals: { expected: 'a column or table.column', read: readText },
  where: { expected: 'a column that is true, "not column", or {column: value}', read: readCondition },
  one_to_one: { expected: 'true or false', read: readBoolean },
};

/** Reads the hints of a column; a hint that is unknown or has another form is reported and left out. */
export function readColumnHints(
  table: DataTable,
  column: DataColumn,
): { hints: ColumnHints; diagnostics: Diagnostic[] } {
  return readHints(`${table.name}.${column.name}`, column.hints, columnForms, column);
}

/** The hints of a table. */
export interface TableHints {
  /** How many rows, unless whoever generates says so. */
  readonly rows?: number;
}

const tableForms = {
  rows: {
    expected: 'a whole number, 0 or more',
    read: (value: PlainValue) => (Number.isInteger(value) ? readNumber(value, 0, 1e9) : undefined),
  },
} as const;

/** Reads the hints of a table, as those of a column are read. */
export function readTableHints(table: DataTable): { hints: TableHints; diagnostics: Diagnostic[] } {
  return readHints(table.name, table.rowHints, tableForms, table);
}

function readHints(
  subject: string,
  written: PlainMap,
  forms: Readonly<Record<string, HintForm<unknown>>>,
  location: DataColumn | DataTable,
): { hints: Record<string, never>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const hints: Record<string, unknown> = {};
  for (const [hint, value] of Object.entries(written)) {
    const form = Object.hasOwn(forms, hint) ? forms[hint] : undefined;
    if (form === undefined) {
      const known = Object.keys(forms).join(', ');
      diagnostics.push(diagnostic('data.unknownHint', { subject, hint, known }, location));
      continue;
    }
    const read = form.read(value);
    if (read === undefined)
      diagnostics.push(diagnostic('data.badHint', { subject, hint, expected: form.expected }, location));
    else hints[hint] = read;
  }
  // Each value has the type that its form reads.
  return { hints: hints as Record<string, never>, diagnostics };
}

function readText(value: PlainValue): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function readBoolean(value: PlainValue): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

function readNumber(value: PlainValue | undefined, min: number, max: number): number | undefined {
  return typeof value === 'number' && value >= min && value <= max ? value : undefined;
}

function readBound(value: PlainValue): number | string | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : readText(value);
}

function readTexts(value: PlainValue): readonly string[] | undefined {
  const list = isPlainList(value) ? value : [value];
  const texts = list.map(readText).filter((text) => text !== undefined);
  return texts.length === list.length && texts.length > 0 ? texts : undefined;
}

function readWeights(value: PlainValue): ReadonlyMap<string, number> | undefined {
  if (!isPlainMap(value)) return undefined;
  const weights = new Map<string, number>();
  for (const [name, weight] of Object.entries(value)) {
    const read = readNumber(weight, 0, 1e12);
    if (read === undefined) return undefined;
    weights.set(name, read);
  }
  return [...weights.values()].some((weight) => weight > 0) ? weights : undefined;
}

function readCondition(value: PlainValue): HintCondition | undefined {
  const match = typeof value === 'string' ? /^(not\s+)?(\w+)$/i.exec(value.trim()) : null;
  if (match?.[2] !== undefined) return { column: match[2], value: match[1] === undefined ? 'true' : 'false' };
  if (!isPlainMap(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [column, wanted] = entry;
  return typeof wanted === 'object' ? undefined : { column, value: String(wanted) };
}

function readDistribution(value: PlainValue): Distribution | undefined {
  const map = typeof value === 'string' ? { name: value } : value;
  if (!isPlainMap(map)) return undefined;
  const size = (name: string): number | undefined => {
    const read = readNumber(map[name], 0, 1e12);
    return read === 0 ? undefined : read;
  };
  const keys = Object.keys(map).sort().join();
  if (map['name'] === 'uniform') return keys === 'name' ? { name: 'uniform' } : undefined;
  if (map['name'] === 'normal' && keys === 'deviation,mean,name') {
    const [mean, deviation] = [readNumber(map['mean'], -1e12, 1e12), size('deviation')];
    return mean === undefined || deviation === undefined ? undefined : { name: 'normal', mean, deviation };
  }
  if (map['name'] === 'lognormal' && keys === 'median,name,sigma') {
    const [median, sigma] = [size('median'), size('sigma')];
    return median === undefined || sigma === undefined ? undefined : { name: 'lognormal', median, sigma };
  }
  return undefined;
}
