/** How a row of a table is spelled in a file. */
export interface RowFormat {
  /** End of the file's name. */
  readonly extension: string;
  /** What stands before the first row. */
  readonly head: (header: readonly string[]) => string;
  /** What stands before the value of a column, the first one's `at` 0. */
  readonly before: (column: string, at: number) => string;
  readonly rowEnd: string;
  /** A value that is empty. */
  readonly empty: string;
  /** False and true. */
  readonly booleans: readonly [string, string];
  /** Whether a text, or a column with texts of these characters, stands in quotes. */
  readonly needsQuotes: (text: string) => boolean;
  /** A text, or a part of one, as it stands between quotes. */
  readonly escaped: (text: string) => string;
}

/** Comma-separated values (RFC 4180) with lines that end in LF, as the raw sample has them. */
export const csvRows: RowFormat = {
  extension: '.csv',
  head: (header) => `${header.map((name) => spelledText(csvRows, name)).join(',')}\n`,
  before: (_, at) => (at === 0 ? '' : ','),
  rowEnd: '\n',
  empty: '',
  booleans: ['FALSE', 'TRUE'],
  needsQuotes: (text) => /[",\r\n]|^\s|\s$/.test(text),
  escaped: (text) => text.replaceAll('"', '""'),
};

/** One JSON object a line: numbers and booleans as such, times and texts as strings, what is empty as null. */
export const ndjsonRows: RowFormat = {
  extension: '.ndjson',
  head: () => '',
  before: (column, at) => `${at === 0 ? '{' : ','}${JSON.stringify(column)}:`,
  rowEnd: '}\n',
  empty: 'null',
  booleans: ['false', 'true'],
  needsQuotes: () => true,
  escaped: (text) => JSON.stringify(text).slice(1, -1),
};

/** The formats by the names that users give. */
export const rowFormats = { csv: csvRows, ndjson: ndjsonRows } as const satisfies Record<string, RowFormat>;

export type RowFormatName = keyof typeof rowFormats;

/** A text as it stands in a row. */
export function spelledText({ needsQuotes, escaped }: RowFormat, text: string): string {
  return needsQuotes(text) ? `"${escaped(text)}"` : text;
}
