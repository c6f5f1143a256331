import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { DataColumn, DataTable } from './dataModel.ts';
import type { Distribution } from './distribution.ts';
import { columnHintForms, tableHintForms, type HintForm } from './hintForms.ts';
import type { Popularity } from './popularity.ts';

/** The hints of a column under `config.meta.modelyard`, checked for form alone. What each means: hintForms.ts. */
export interface ColumnHints {
  readonly generator?: string;
  readonly pattern?: string;
  readonly distinct?: boolean;
  readonly weights?: ReadonlyMap<string, number>;
  readonly null_rate?: number;
  readonly min?: number | string;
  readonly max?: number | string;
  readonly distribution?: Distribution;
  readonly growth?: number;
  /** Monday first. */
  readonly weekdays?: readonly number[];
  readonly hours?: readonly number[];
  readonly after?: readonly string[];
  readonly within?: string;
  readonly equals?: string;
  readonly sums_to?: string;
  readonly where?: HintCondition;
  readonly one_to_one?: boolean;
  readonly fan_out?: FanOut;
}

export interface HintCondition {
  readonly column: string;
  readonly value: string;
}

/** How rows spread over parents: all alike, by the popularity of each, or so many for each. */
export type FanOut = { readonly name: 'even' } | Popularity | ({ readonly name: 'counted' } & ChildBounds);

/** How many rows a parent has: from 0 where there is no min, and any number where there is no max. */
export interface ChildBounds {
  readonly min?: number;
  readonly max?: number;
}

export type HintName = keyof ColumnHints;

/** The hints of a table under `config.meta.modelyard`. */
export interface TableHints {
  readonly rows?: number;
}

/** Reads the hints of a column; a hint that is unknown or has another form is reported and left out. */
export function readColumnHints(
  table: DataTable,
  column: DataColumn,
): { hints: ColumnHints; diagnostics: Diagnostic[] } {
  return readHints(`${table.name}.${column.name}`, column.hints, columnHintForms, column);
}

/** Reads the hints of a table, as those of a column are read. */
export function readTableHints(table: DataTable): { hints: TableHints; diagnostics: Diagnostic[] } {
  return readHints(table.name, table.rowHints, tableHintForms, table);
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
    const known = Object.hasOwn(forms, hint) ? forms[hint] : undefined;
    if (known === undefined) {
      const names = Object.keys(forms).join(', ');
      diagnostics.push(diagnostic('data.unknownHint', { subject, hint, known: names }, location));
      continue;
    }
    const read = known.form.read(value);
    if (read === undefined)
      diagnostics.push(diagnostic('data.badHint', { subject, hint, expected: known.expected }, location));
    else hints[hint] = read;
  }
  // Each value has the type that its form reads.
  return { hints: hints as Record<string, never>, diagnostics };
}
