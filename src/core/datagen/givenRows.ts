import { daySeconds, parseTimestamp } from './calendar.ts';
import type { CellFormat } from './generationPlan.ts';
import { patternNumber, phraseNumber } from './textNumber.ts';

/** Rows that a table begins with: real ones, which stay as they are. */
export interface GivenTable {
  readonly rows: number;
  /** The columns of the file, in its order. */
  readonly header: readonly string[];
  /**
   * Values by the column's name in lower case, undefined where empty: numbers in digits, `true` and `false`, times as
   * `YYYY-MM-DD HH:MM:SS` in UTC, dates as `YYYY-MM-DD`.
   */
  readonly columns: ReadonlyMap<string, readonly (string | undefined)[]>;
}

/** The numbers that stand for given values; NaN for what is empty or has no number in the format. */
export function givenNumbers(values: readonly (string | undefined)[], format: CellFormat): Float64Array {
  const encode = encoder(format);
  return Float64Array.from(values, (value) => (value === undefined ? NaN : encode(value)));
}

function encoder(format: CellFormat): (value: string) => number {
  switch (format.kind) {
    case 'integer':
      return Number;
    case 'decimal':
      return (value) => Math.round(Number(value) * 10 ** format.scale);
    case 'boolean':
      return (value) => ['false', 'true'].indexOf(value.toLowerCase());
    case 'timestamp':
      return (value) => parseTimestamp(value.replace(/\.\d+$/, '')) ?? NaN;
    case 'date':
      return (value) => (parseTimestamp(value) ?? NaN) / daySeconds;
    case 'words': {
      const places = new Map(format.words.map((word, place) => [word, place]));
      return (value) => places.get(value) ?? NaN;
    }
    case 'pattern':
      return (value) => patternNumber(format.pattern, value);
    case 'phrase':
      return (value) => phraseNumber(format.phrase, value);
  }
}
