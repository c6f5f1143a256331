import { stateAfter, type CsvState } from './csvState.ts';

/** What a data file's bytes show that reading its values does not. */
export interface ByteFindings {
  readonly hasByteOrderMark: boolean;
  /** One-based line that ends in another way than the first; undefined when all end alike. */
  readonly otherLineEnd: number | undefined;
}

const mark = [0xef, 0xbb, 0xbf];
const [lineFeed, carriageReturn] = [0x0a, 0x0d];

/** Watches the bytes of a file go by. Line ends within quotes are part of a value and do not count. */
export class ByteWatch {
  #at = 0;
  #matched = 0;
  #line = 1;
  readonly #delimiter: number;
  #state: CsvState = 'valueStart';
  #previous = 0;
  #first: 'crlf' | 'lf' | undefined;
  #other: number | undefined;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  get findings(): ByteFindings {
    return { hasByteOrderMark: this.#matched === mark.length, otherLineEnd: this.#other };
  }

  /** Passes the chunks on as they come. */
  async *watch(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#look(chunk);
      yield chunk;
    }
  }

  #look(chunk: Uint8Array): void {
    for (let i = 0; this.#at < mark.length && i < chunk.length; i += 1, this.#at += 1) {
      if (this.#matched === this.#at && chunk[i] === mark[this.#at]) this.#matched += 1;
    }
    let [previous, state] = [this.#previous, this.#state];
    for (const byte of chunk) {
      const endsRecord = byte === lineFeed && state !== 'quoted';
      if (endsRecord) this.#end(previous === carriageReturn ? 'crlf' : 'lf');
      if (byte === lineFeed) this.#line += 1;
      state = endsRecord ? 'valueStart' : stateAfter(state, byte, this.#delimiter);
      previous = byte;
    }
    [this.#previous, this.#state] = [previous, state];
  }

  #end(kind: 'crlf' | 'lf'): void {
    this.#first ??= kind;
    if (kind !== this.#first) this.#other ??= this.#line;
  }
}
