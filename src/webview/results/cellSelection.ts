import type { Cell, CellRange } from './cellRange.ts';
import { rowNumberColumn } from './gridColumns.ts';

/** The cells chosen in a grid: the focused one, or with Shift the range from where Shift was first held. */
export interface CellSelection {
  /** Undefined before a cell was focused. */
  range(): CellRange | undefined;
  dispose(): void;
}

/**
 * Follows the focus among a grid's cells. It listens to the page itself: the grid tells of a new focus a little later,
 * and a copy that comes right after a move must not take the cell before.
 */
export function trackSelection(box: HTMLElement, columnCount: number, onChange: () => void): CellSelection {
  let range: CellRange | undefined;
  let extending = false;
  const heedShift = (event: KeyboardEvent | MouseEvent) => {
    extending = event.shiftKey;
  };
  const heedFocus = (event: FocusEvent) => {
    const chosen = event.target instanceof Element ? cellsAt(event.target, columnCount) : undefined;
    if (chosen === undefined) return;
    range = { anchor: extending && range !== undefined ? range.anchor : chosen.anchor, head: chosen.head };
    onChange();
  };
  box.addEventListener('keydown', heedShift, true);
  box.addEventListener('mousedown', heedShift, true);
  box.addEventListener('focusin', heedFocus);
  return {
    range: () => range,
    dispose: () => {
      box.removeEventListener('keydown', heedShift, true);
      box.removeEventListener('mousedown', heedShift, true);
      box.removeEventListener('focusin', heedFocus);
    },
  };
}

/** The cell an element is in; a row's number stands for the whole row. */
function cellsAt(target: Element, columnCount: number): CellRange | undefined {
  const id = target.closest('.ag-cell')?.getAttribute('col-id');
  const rowText = target.closest('.ag-row')?.getAttribute('row-index');
  if (id === null || id === undefined || rowText === null || rowText === undefined) return undefined;
  const row = Number(rowText);
  if (id === rowNumberColumn) return { anchor: { row, column: 0 }, head: { row, column: columnCount - 1 } };
  const cell: Cell = { row, column: Number(id) };
  return { anchor: cell, head: cell };
}
