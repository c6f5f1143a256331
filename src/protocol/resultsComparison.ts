/** A column of two tables that are compared, and what became of it. */
export interface ComparedColumn {
  readonly name: string;
  /** `kinds`: the types are of kinds whose values are never equal; `left`, `right`: only that side has it. */
  readonly verdict: 'equal' | 'different' | 'kinds' | 'left' | 'right';
  /** The column's types on the sides that have it. */
  readonly types: readonly string[];
  /** Hashes of all its values, whatever their order, on the sides that have it; none for a column of one side. */
  readonly hashes: readonly string[];
}

/** What a row of the grid is part of. */
export interface ComparedRow {
  /** True for the first of two rows that belong together. */
  readonly isFirstOfPair: boolean;
  /** Positions of the columns in which the two differ. */
  readonly changed: readonly number[];
}

/** Two tables beside each other. The rows that are shown with it are those that differ. */
export interface ResultsComparison {
  /** What the sides are called: `offline`, `postgres`. */
  readonly sides: readonly [string, string];
  readonly rowCounts: readonly [number, number];
  readonly isEqual: boolean;
  /** How many rows differ, and of how many of them the rows are here. */
  readonly differing: number;
  readonly shown: number;
  /** The columns by which rows were found on the other side; none when whole rows were. */
  readonly key: readonly string[];
  readonly columns: readonly ComparedColumn[];
  readonly rows: readonly ComparedRow[];
}
