/** A value as it is shown: decimals, dates and timestamps are texts that hold every digit. */
export type ComparedValue = string | number | boolean | null;

/** A column with its type as its engine or warehouse names it; empty when it is not known. */
export interface ComparedColumn {
  readonly name: string;
  readonly type: string;
}

/** Rows of one side of a comparison, in column order. */
export interface ComparedTable {
  readonly columns: readonly ComparedColumn[];
  readonly rows: readonly (readonly ComparedValue[])[];
}
