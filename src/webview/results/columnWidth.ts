import type { ResultsColumn } from '../../protocol/resultsProtocol.ts';
import type { Row } from './rowPages.ts';

/** Measures text in pixels as the grid draws it: names in the header are bold. */
export type MeasureText = (text: string, weight?: 'bold') => number;

/** Pixels beside a cell's text: padding and borders. */
export const cellPadding = 24;
const narrowest = 72;
const widest = 320;
const sampledRows = 100;

/** A width that shows the header and the first rows' values, within bounds. In pixels, on the four-pixel grid. */
export function columnWidth(column: ResultsColumn, at: number, rows: readonly Row[], measure: MeasureText): number {
  const values = rows.slice(0, sampledRows).map((row) => valueText(row[at]));
  const longest = values.reduce((best, one) => (one.length > best.length ? one : best), '');
  const text = Math.max(measure(column.name, 'bold'), measure(column.type), measure(longest));
  return Math.min(Math.max(Math.ceil((text + cellPadding) / 4) * 4, narrowest), widest);
}

/** A value as a cell shows it; a row that is still being fetched shows nothing. */
export function valueText(value: Row[number] | undefined): string {
  if (value === undefined) return '';
  return value === null ? 'NULL' : String(value);
}
