/** A value of a compared table, with what Python has for it: dbt compares and shows values as Python does. */
export interface DiffValue {
  /** Python's `str()`. */
  readonly text: string;
  /** What stands in rows that are on one side only: Python's `repr()`, where the library that dbt draws with has it. */
  readonly alone: string;
  /** What rows are sorted by. */
  readonly order: string | number;
}

/** Null has no value. */
export type DiffCell = DiffValue | null;
export type DiffRow = readonly DiffCell[];

/** Two tables with the same columns. */
export interface DiffTables {
  readonly columns: readonly string[];
  readonly before: readonly DiffRow[];
  readonly after: readonly DiffRow[];
}

/** A row of one side or of both. Indices count from one: the header is 0 on both sides. */
export interface RowPair {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** The text that a cell is found and quoted by; a null has none. */
export function cellText(cell: DiffCell | undefined): string {
  return cell?.text ?? '';
}

/** True for cells that Python prints the same way. */
export function sameCell(a: DiffCell | undefined, b: DiffCell | undefined): boolean {
  return (a?.text ?? 'None') === (b?.text ?? 'None');
}

/** Rows in order, column by column, with nulls last (dbt-core: task/test.py, list_rows_from_table). */
export function sortedRows(rows: readonly DiffRow[]): readonly DiffRow[] {
  return [...rows].sort((a, b) => {
    for (const [i, cell] of a.entries()) {
      const order = compareCells(cell, b[i] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compareCells(a: DiffCell, b: DiffCell): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a.order === b.order) return 0;
  return a.order < b.order ? -1 : 1;
}
