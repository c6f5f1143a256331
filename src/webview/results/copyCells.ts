import { cellCount, rangeBounds, rangeText, type CellRange } from './cellRange.ts';
import type { RowPages } from './rowPages.ts';

/** More would have to be fetched and held at once. */
const mostRows = 50_000;

/**
 * Answers a copy with a range's text and gives what to tell the user. Rows that are here go straight into the event's
 * clipboard, which works in every host; others are fetched and written afterwards.
 */
export async function copyCells(event: ClipboardEvent, range: CellRange, pages: RowPages): Promise<string> {
  event.preventDefault();
  const { fromRow, toRow } = rangeBounds(range);
  const atHand = pages.rowsAtHand(fromRow, toRow);
  if (atHand !== undefined && event.clipboardData !== null) {
    event.clipboardData.setData('text/plain', rangeText(range, atHand));
  } else {
    if (toRow - fromRow > mostRows) return 'Too many rows to copy: choose at most 50,000';
    await navigator.clipboard.writeText(rangeText(range, await pages.rows(fromRow, toRow)));
  }
  const count = cellCount(range);
  return count === 1 ? 'Copied the cell' : `Copied ${String(count)} cells`;
}
