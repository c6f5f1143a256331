import { counted, type CsvFaults } from './csvFaults.ts';

const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Records cut out of a buffer: value `row * columns + column` is `bytes[starts[i]] … bytes[ends[i] - 1]`. */
export interface RecordBlock {
  readonly bytes: Uint8Array;
  readonly columns: number;
  readonly rows: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** One-based line of the file on which each row starts. */
  readonly lines: Int32Array;
}

/**
 * Cuts bytes into records as RFC 4180 says, with line ends of either kind, and blank lines left out. One loop over
 * the bytes; nothing is decoded. Doubled quotes are made single in place, once a record is known to be whole.
 */
export class RecordScanner {
  readonly #delimiter: number;
  readonly #faults: CsvFaults;
  /** Number of values in a record; 0 until the header was read. */
  #columns = 0;
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  #lines = new Int32Array(256);
  #rows = 0;
  /** Line on which the next record starts. */
  #line = 1;

  // Of the record that was cut last.
  #count = 0;
  #newlines = 0;
  #quoted = false;
  readonly #escaped: number[] = [];

  constructor(delimiter: number, faults: CsvFaults) {
    this.#delimiter = delimiter;
    this.#faults = faults;
  }

  /** True when a quote is wrong: where the following records start cannot be told. */
  broken = false;

  get line(): number {
    return this.#line;
  }

  /** Reads the first record that is not blank; undefined while it is not whole. `next` is the offset after it. */
  header(bytes: Uint8Array, from: number, to: number, last: boolean): { names: string[]; next: number } | undefined {
    for (let at = from; at < to && !this.broken;) {
      const next = this.#record(bytes, at, to, last, 0);
      if (next === -1) return undefined;
      this.#line += this.#newlines;
      at = next;
      if (this.#isBlank(0)) continue;
      this.#columns = this.#count;
      const decoder = new TextDecoder();
      const names = Array.from({ length: this.#count }, (_, field) =>
        decoder.decode(bytes.subarray(this.#starts[field], this.#ends[field])),
      );
      return { names, next };
    }
    return undefined;
  }

  /** Cuts all whole records out of `bytes`; the rest, from `next` on, is to be given again with what follows it. */
  scan(bytes: Uint8Array, from: number, to: number, last: boolean): { block: RecordBlock; next: number } {
    this.#rows = 0;
    let at = from;
    while (at < to && !this.broken && !this.#faults.full) {
      at = this.#plainRecords(bytes, at, to);
      if (at >= to) break;
      const slot = this.#rows * this.#columns;
      const next = this.#record(bytes, at, to, last, slot);
      if (next === -1) break;
      at = next;
      if (this.#count === this.#columns && !(this.#columns === 1 && this.#isBlank(slot))) this.#keep();
      else if (!this.#isBlank(slot)) this.#reportRagged();
      this.#line += this.#newlines;
    }
    const [starts, ends, lines] = [this.#starts, this.#ends, this.#lines];
    return { block: { bytes, columns: this.#columns, rows: this.#rows, starts, ends, lines }, next: at };
  }

  /**
   * Cuts whole records that have no quotes and the right number of values, until one is of another kind. The quick
   * way through nearly all of nearly every file: what it does not take, `#record` does, with the same result.
   */
  #plainRecords(bytes: Uint8Array, from: number, to: number): number {
    const delimiter = this.#delimiter;
    const columns = this.#columns;
    // Every byte above is part of a value; for a comma these are letters, digits and most signs.
    const highest = Math.max(delimiter, quote);
    let recordStart = from;
    let rows = this.#rows;
    let line = this.#line;
    let slot = rows * columns;
    let valueStart = from;
    let field = 0;
    this.#makeRoom(slot + columns, rows);
    let [starts, ends, lines] = [this.#starts, this.#ends, this.#lines];
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at] ?? 0;
      if (byte > highest) continue;
      if (byte === delimiter) {
        field += 1;
        if (field === columns) break;
        starts[slot] = valueStart;
        ends[slot] = at;
        slot += 1;
        valueStart = at + 1;
      } else if (byte === lineFeed || (byte === carriageReturn && at + 1 < to && bytes[at + 1] === lineFeed)) {
        if (field !== columns - 1 || at === recordStart) break;
        starts[slot] = valueStart;
        ends[slot] = at;
        lines[rows] = line;
        slot += 1;
        rows += 1;
        line += 1;
        if (byte === carriageReturn) at += 1;
        recordStart = valueStart = at + 1;
        field = 0;
        if (slot + columns > starts.length || rows === lines.length) {
          this.#makeRoom(slot + columns, rows);
          [starts, ends, lines] = [this.#starts, this.#ends, this.#lines];
        }
      } else if (byte === carriageReturn || (byte === quote && at === valueStart)) break;
    }
    this.#rows = rows;
    this.#line = line;
    return recordStart;
  }

  #makeRoom(slots: number, rows: number): void {
    while (slots > this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#ends = grown(this.#ends);
    }
    if (rows >= this.#lines.length) this.#lines = grown(this.#lines);
  }

  #keep(): void {
    this.#makeRoom(0, this.#rows);
    this.#lines[this.#rows] = this.#line;
    this.#rows += 1;
  }

  #reportRagged(): void {
    const found = `${counted(this.#count, 'value')} where the header has ${this.#columns}`;
    this.#faults.add('ragged', this.#line, found);
  }

  #isBlank(slot: number): boolean {
    return this.#count === 1 && !this.#quoted && this.#starts[slot] === this.#ends[slot];
  }

  /** Cuts one record into the slots from `slot` on. Gives the offset after it, or -1 when it is not whole. */
  #record(bytes: Uint8Array, from: number, to: number, last: boolean, slot: number): number {
    const delimiter = this.#delimiter;
    this.#count = 0;
    this.#newlines = 1;
    this.#quoted = false;
    if (this.#escaped.length > 0) this.#escaped.length = 0;
    let at = from;
    for (;;) {
      const index = slot + this.#count;
      this.#makeRoom(index + 1, 0);
      this.#count += 1;
      if (at < to && bytes[at] === quote) {
        at = this.#quotedValue(bytes, at, to, last, index);
        if (at === -1) return -1;
      } else {
        this.#starts[index] = at;
        for (; at < to; at += 1) {
          const byte = bytes[at];
          if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break;
        }
        this.#ends[index] = at;
      }
      if (at >= to) return last ? this.#whole(bytes, at) : -1;
      const end = bytes[at];
      at += 1;
      if (end === delimiter) continue;
      if (end === carriageReturn) {
        if (at === to && !last) return -1;
        if (at < to && bytes[at] === lineFeed) at += 1;
      }
      return this.#whole(bytes, at);
    }
  }

  /** Cuts the value whose opening quote is at `from`; gives the offset of what ends it, or -1. */
  #quotedValue(bytes: Uint8Array, from: number, to: number, last: boolean, index: number): number {
    this.#quoted = true;
    this.#starts[index] = from + 1;
    let escaped = false;
    for (let at = from + 1; at < to; at += 1) {
      const byte = bytes[at];
      if (byte === lineFeed) this.#newlines += 1;
      else if (byte === carriageReturn && bytes[at + 1] !== lineFeed) this.#newlines += 1;
      if (byte !== quote) continue;
      if (at + 1 === to && !last) return -1;
      if (at + 1 < to && bytes[at + 1] === quote) {
        escaped = true;
        at += 1;
        continue;
      }
      this.#ends[index] = at;
      if (escaped) this.#escaped.push(index);
      if (at + 1 === to || this.#endsValue(bytes[at + 1])) return at + 1;
      return this.#breakOff('a quote inside a quoted value must be written twice');
    }
    return last ? this.#breakOff('a quote is opened and not closed up to the end of the file') : -1;
  }

  #endsValue(byte: number | undefined): boolean {
    return byte === this.#delimiter || byte === lineFeed || byte === carriageReturn;
  }

  #breakOff(message: string): -1 {
    this.broken = true;
    this.#faults.add('unclosedQuote', this.#line, message, this.#count - 1);
    return -1;
  }

  #whole(bytes: Uint8Array, next: number): number {
    for (const index of this.#escaped) this.#unescape(bytes, index);
    return next;
  }

  #unescape(bytes: Uint8Array, index: number): void {
    const end = this.#ends[index] ?? 0;
    let to = this.#starts[index] ?? 0;
    for (let at = to; at < end; at += 1) {
      const byte = bytes[at] ?? 0;
      bytes[to] = byte;
      to += 1;
      if (byte === quote) at += 1;
    }
    this.#ends[index] = to;
  }
}

function grown(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
