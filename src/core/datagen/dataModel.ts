import type { Range } from '../diagnostics/text.ts';
import type { AcceptedRange } from './acceptedRange.ts';
import type { PlainMap } from '../project/plainValue.ts';

/** A column's values are those of a column of another table (dbt's `relationships` test). */
export interface Relationship {
  /** Id of the parent table. */
  readonly table: string;
  readonly column: string;
  /** Told by the names alone; a relationship that a test asks for goes before it. */
  readonly isInferred?: boolean;
}

/** What is known of a column: its declared type, the data tests on it, and the generator's hints. */
export interface DataColumn {
  readonly name: string;
  readonly dataType: string | undefined;
  readonly notNull: boolean;
  readonly unique: boolean;
  /** The values of an `accepted_values` test as text. */
  readonly acceptedValues: readonly string[] | undefined;
  readonly relationship: Relationship | undefined;
  readonly acceptedRange: AcceptedRange | undefined;
  /** `config.meta.modelyard` of the column as written, with the order that its tests ask for. */
  readonly hints: PlainMap;
  /** Later than the columns that its hint `after` names, and not at the same time. */
  readonly isStrictlyAfter?: boolean;
  /** Where the column is declared. */
  readonly file: string;
  readonly range: Range;
}

/** Columns that together have no value twice (dbt_utils: `unique_combination_of_columns`). */
export interface UniqueCombination {
  readonly columns: readonly string[];
  /** Where the test is written. */
  readonly file: string;
  readonly range: Range;
}

/** A table whose rows can be made, wherever its description came from. */
export interface DataTable {
  /** Unique in the project, `source.table`: names the table in relationships and seeds its streams of randomness. */
  readonly id: string;
  readonly name: string;
  /** The CSV file of its rows, relative to the project's folder. */
  readonly path: string;
  /** In the order in which the file has them. */
  readonly columns: readonly DataColumn[];
  readonly uniqueCombinations: readonly UniqueCombination[];
  /** `config.meta.modelyard` of the table as written. */
  readonly rowHints: PlainMap;
  readonly file: string;
  readonly range: Range;
}
