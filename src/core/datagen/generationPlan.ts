import type { ShapedDistribution } from './distribution.ts';
import type { Pattern } from './pattern.ts';
import type { Phrase } from './phrase.ts';
import type { Popularity } from './popularity.ts';
import type { Season } from './season.ts';
import type { TakenValues } from './takenValues.ts';

/**
 * How the number that stands for a value becomes text. Every value is a number while it is made: money its
 * smallest unit, a time its seconds since 1970, a date its days, a word its place in the list; NaN is empty.
 */
export type CellFormat =
  | { readonly kind: 'integer' | 'boolean' | 'timestamp' | 'date' }
  | { readonly kind: 'decimal'; readonly scale: number }
  /** `areNumbers`: the words are numbers as they are written, in a column of numbers. */
  | { readonly kind: 'words'; readonly words: readonly string[]; readonly areNumbers?: boolean }
  | { readonly kind: 'pattern'; readonly pattern: Pattern }
  | { readonly kind: 'phrase'; readonly phrase: Phrase };

/** How the numbers of a column are found. Columns are named by their name in the same table unless said otherwise. */
export type ValueSource =
  /** first, first + 1, … */
  | { readonly kind: 'sequence'; readonly first: number }
  /** Index of a weight, as often as the weight says; the counts needed by other tables are met. */
  | { readonly kind: 'choice'; readonly weights: readonly number[]; readonly atLeast: readonly ChoiceCount[] }
  /** A whole number from min to max, all alike. */
  | { readonly kind: 'uniform'; readonly min: number; readonly max: number }
  /** The same, and no number twice. */
  | { readonly kind: 'distinct'; readonly min: number; readonly max: number; readonly taken?: TakenValues }
  /** A time from min to max, as dense as a season says. */
  | { readonly kind: 'seasonal'; readonly season: Season; readonly min: number; readonly max: number }
  /** A number of a distribution, in units of 10^-scale. */
  | {
      readonly kind: 'distributed';
      readonly distribution: ShapedDistribution;
      readonly scale: number;
      readonly min: number;
      readonly max: number;
    }
  /** From the latest of the base columns on, at most `within` later, inside min and max, and as dense as a season says. */
  | {
      readonly kind: 'after';
      readonly bases: readonly string[];
      readonly within: number | undefined;
      /** How much later at least; 0 when undefined. */
      readonly gap?: number;
      readonly season: Season | undefined;
      readonly min: number;
      readonly max: number;
    }
  /** One digit of another column's number: first + floor(base / step) mod size. */
  | {
      readonly kind: 'part';
      readonly base: string;
      readonly step: number;
      readonly first: number;
      readonly size: number;
    }
  /** A number from 0 to size - 1, and none twice among the rows whose `link` found the same of so many parents. */
  | { readonly kind: 'ordinal'; readonly link: string; readonly parents: number; readonly size: number }
  /** The value of another column of the row. */
  | { readonly kind: 'copy'; readonly base: string }
  /** The parent's row number. */
  | {
      readonly kind: 'link';
      readonly parent: string;
      readonly where: Condition | undefined;
      readonly use: ParentUse;
      /** How many given rows come before those that are linked, and the first row of the parent to link to. */
      readonly ownGiven?: number;
      readonly firstParent?: number;
    }
  /** A column of the row that `link` found. */
  | { readonly kind: 'lookup'; readonly link: string; readonly column: ColumnAddress }
  /** What the row gets when the rows that link to a parent divide the parent's `total` among them. */
  | { readonly kind: 'partOfTotal'; readonly link: ColumnAddress; readonly total: ColumnAddress }
  /** A column of the one row of another table whose `link` found this row. */
  | { readonly kind: 'linkedRow'; readonly link: ColumnAddress; readonly column: ColumnAddress };

/** Rows of a table that have one choice of a column. */
export interface Condition {
  readonly column: string;
  readonly choice: number;
}

export interface ChoiceCount {
  readonly choice: number;
  readonly rows: number;
}

/** How the rows that have a parent spread over the parents. */
export type ParentUse =
  /** Any number of rows for a parent: as its popularity says, or all alike. */
  | { readonly kind: 'many'; readonly popularity: Popularity | undefined }
  /** From min to max rows for a parent, and so many rows in all that have one. */
  | { readonly kind: 'counted'; readonly min: number; readonly max: number; readonly rows: number }
  /** The parents are rows of the same table that come before: any of them, or in a chain the very row before. */
  | { readonly kind: 'earlier'; readonly isChain: boolean };

export interface ColumnAddress {
  /** Id of the table. */
  readonly table: string;
  readonly column: string;
}

/** One column as it will be made. Columns that only lead to others (links, look-ups) are made and not written. */
export interface ColumnPlan extends ColumnAddress {
  readonly source: ValueSource;
  readonly format: CellFormat;
  /** Share of the rows that are empty, from 0 to 1. */
  readonly nullRate: number;
  /** Bounds of its numbers. */
  readonly min: number;
  readonly max: number;
  /** All of its rows are made and held before any file is written, because another table reads them. */
  readonly kept: boolean;
  /** The numbers of the rows that are given and not made. */
  readonly given?: Float64Array;
}

export interface TablePlan {
  readonly id: string;
  readonly name: string;
  /** The CSV file, relative to the project's folder. */
  readonly path: string;
  readonly rows: number;
  /** Names of the columns that are written, in order. */
  readonly header: readonly string[];
  /** So many of the rows, the first, are given: they are written as they are. */
  readonly given?: number;
}

/** What will be made, decided before a row is: the same plan gives the same bytes. */
export interface GenerationPlan {
  readonly seed: string;
  readonly tables: readonly TablePlan[];
  /** The columns of all tables, each after those that it is made from. */
  readonly columns: readonly ColumnPlan[];
}

/** One text for an address, to be looked up by. */
export function addressKey({ table, column }: ColumnAddress): string {
  return `${table}\u0000${column}`;
}
