import { valueText } from './columnWidth.ts';
import type { Row } from './rowPages.ts';

/** A cell by zero-based row and column. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** The rectangle between two cells, both included: where a selection began, and where the keyboard is. */
export interface CellRange {
  readonly anchor: Cell;
  readonly head: Cell;
}

/** A range's bounds; `to` is past the end. */
export function rangeBounds({ anchor, head }: CellRange) {
  return {
    fromRow: Math.min(anchor.row, head.row),
    toRow: Math.max(anchor.row, head.row) + 1,
    fromColumn: Math.min(anchor.column, head.column),
    toColumn: Math.max(anchor.column, head.column) + 1,
  };
}

export function inRange(range: CellRange, { row, column }: Cell): boolean {
  const { fromRow, toRow, fromColumn, toColumn } = rangeBounds(range);
  return row >= fromRow && row < toRow && column >= fromColumn && column < toColumn;
}

/** Number of cells; one cell alone is not shown as a range. */
export function cellCount(range: CellRange): number {
  const { fromRow, toRow, fromColumn, toColumn } = rangeBounds(range);
  return (toRow - fromRow) * (toColumn - fromColumn);
}

/**
 * The range as spreadsheets paste it: tabs between cells, line breaks between rows, and quotes around values that hold
 * either. A single cell is its value as it is. `rows` are those of the range.
 */
export function rangeText(range: CellRange, rows: readonly Row[]): string {
  const { fromColumn, toColumn } = rangeBounds(range);
  if (cellCount(range) === 1) return valueText(rows[0]?.[fromColumn]);
  return rows.map((row) => row.slice(fromColumn, toColumn).map(quoted).join('\t')).join('\n');
}

function quoted(value: Row[number]): string {
  const text = valueText(value);
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
