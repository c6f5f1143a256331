const quote = 0x22;

/** Where in a record a byte stands (RFC 4180). */
export type CsvState = 'valueStart' | 'plain' | 'quoted' | 'quoteInQuoted';

/** The state behind a byte that ends no record. A quote opens a value only where the value begins. */
export function stateAfter(state: CsvState, byte: number, delimiter: number): CsvState {
  if (state === 'quoted') return byte === quote ? 'quoteInQuoted' : 'quoted';
  if (state === 'quoteInQuoted' && byte === quote) return 'quoted';
  if (byte === delimiter) return 'valueStart';
  return state === 'valueStart' ? (byte === quote ? 'quoted' : 'plain') : state;
}
