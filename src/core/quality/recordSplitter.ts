import { stateAfter, type CsvState } from './csvState.ts';

/** One record of a CSV file as it is written, without its line end. */
export interface CsvRecord {
  readonly bytes: Uint8Array;
  /** One-based line on which it starts. */
  readonly line: number;
}

const [lineFeed, carriageReturn] = [0x0a, 0x0d];
const mark = [0xef, 0xbb, 0xbf];

/**
 * Cuts a file's bytes into records as the engine's loader does (RFC 4180; line ends of any kind; blank lines left out),
 * but keeps each as it is written. A byte order mark is left out.
 */
export async function* splitRecords(
  chunks: AsyncIterable<Uint8Array>,
  delimiter: string,
): AsyncGenerator<readonly CsvRecord[]> {
  const splitter = new RecordSplitter(delimiter.charCodeAt(0));
  for await (const chunk of chunks) yield splitter.push(chunk, false);
  yield splitter.push(new Uint8Array(0), true);
}

class RecordSplitter {
  readonly #delimiter: number;
  #rest = new Uint8Array(0);
  #line = 1;
  #isFirst = true;

  constructor(delimiter: number) {
    this.#delimiter = delimiter;
  }

  /** The whole records of what has come so far. What is not whole yet is scanned again with the next piece. */
  push(chunk: Uint8Array, last: boolean): readonly CsvRecord[] {
    const bytes = joined(this.#rest, chunk);
    let at = this.#isFirst && mark.every((byte, i) => bytes[i] === byte) ? mark.length : 0;
    if (bytes.length >= mark.length) this.#isFirst = false;
    const records: CsvRecord[] = [];
    while (at < bytes.length) {
      const record = this.#next(bytes, at, last);
      if (record === undefined) break;
      const { end, next, lines } = record;
      if (end > at) records.push({ bytes: bytes.slice(at, end), line: this.#line });
      this.#line += lines;
      at = next;
    }
    this.#rest = bytes.slice(at);
    return records;
  }

  /** Where the record at a place ends and the next begins, and how many lines it takes; undefined while it is not whole. */
  #next(
    bytes: Uint8Array,
    from: number,
    last: boolean,
  ): { readonly end: number; readonly next: number; readonly lines: number } | undefined {
    let state: CsvState = 'valueStart';
    let lines = 0;
    for (let at = from; at < bytes.length; at += 1) {
      const byte = bytes[at] ?? 0;
      const isReturn = byte === carriageReturn;
      // Whether a line feed follows is not known yet.
      if (isReturn && at + 1 === bytes.length && !last) return undefined;
      const endsLine = byte === lineFeed || (isReturn && bytes[at + 1] !== lineFeed);
      if (endsLine) lines += 1;
      if (endsLine && state !== 'quoted') {
        const hasReturn = byte === lineFeed && at > from && bytes[at - 1] === carriageReturn;
        return { end: hasReturn ? at - 1 : at, next: at + 1, lines };
      }
      state = stateAfter(state, byte, this.#delimiter);
    }
    return last ? { end: bytes.length, next: bytes.length, lines } : undefined;
  }
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  if (first.length === 0) return second;
  const all = new Uint8Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

/** The values of a record as they are written, quotes included. */
export function splitValues(record: Uint8Array, delimiter: string): readonly Uint8Array[] {
  const code = delimiter.charCodeAt(0);
  const values: Uint8Array[] = [];
  let start = 0;
  let state: CsvState = 'valueStart';
  for (let at = 0; at < record.length; at += 1) {
    state = stateAfter(state, record[at] ?? 0, code);
    if (state !== 'valueStart') continue;
    values.push(record.slice(start, at));
    start = at + 1;
  }
  values.push(record.slice(start));
  return values;
}
