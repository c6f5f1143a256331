import { daySeconds } from './calendar.ts';
import type { ColumnPlan } from './generationPlan.ts';
import { decimalWriter, integerWriter } from './numberWriter.ts';
import { spelledText, type RowFormat } from './rowFormat.ts';
import { patternWriter, phraseWriter, wordWriter } from './textWriter.ts';
import { dateWriter, timestampWriter } from './timeWriter.ts';

/** Bytes that cells are written into, and a view of the same bytes that writes several at once. */
export interface CellBuffer {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/**
 * Writes the values of one column, many rows at a time, in two steps: how long each is, and then, when the ends of the
 * rows are known, its text from the end backwards. One loop a column costs less than one call a value, and numbers
 * give their last digit first. NaN is an empty value.
 */
export interface CellWriter {
  /** Adds the bytes that each row's value takes to `sizes`. */
  readonly measure: (values: Float64Array, sizes: Int32Array) => void;
  /** Writes each row's value so that it ends before the row's place, and moves the place to where it begins. */
  readonly write: (out: CellBuffer, values: Float64Array, places: Int32Array) => void;
}

/** The writer of a column: `2024-01-10 17:07:01+00:00`, `304.94`, and the rest as the format has it. */
export function cellWriter(column: Pick<ColumnPlan, 'format' | 'min' | 'max'>, rows: RowFormat): CellWriter {
  const { format, min, max } = column;
  switch (format.kind) {
    case 'integer':
      return integerWriter(rows);
    case 'decimal':
      return decimalWriter(rows, format.scale);
    case 'boolean':
      return wordWriter(rows, rows.booleans);
    case 'timestamp':
      return timestampWriter(rows, Math.floor(min / daySeconds), Math.floor(max / daySeconds));
    case 'date':
      return dateWriter(rows, min, max);
    case 'words':
      return wordWriter(
        rows,
        format.areNumbers === true ? format.words : format.words.map((word) => spelledText(rows, word)),
      );
    case 'pattern':
      return patternWriter(rows, format.pattern);
    case 'phrase':
      return phraseWriter(rows, format.phrase);
  }
}
