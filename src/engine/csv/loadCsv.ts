import { type LoadRequest, type LoadResult } from '../../core/run/sqlEngine.ts';
import { type SqliteC } from '../sqljs/sqliteC.ts';
import { type SqlJsDatabase } from '../sqljs/sqlJsTypes.ts';
import { type ColumnReader } from './columnReader.ts';
import { CsvFaults, mostFaults } from './csvFaults.ts';
import { headerColumns, type HeaderColumn } from './csvHeader.ts';
import { DeclaredColumn } from './declaredColumn.ts';
import { EncodingCheck } from './encodingCheck.ts';
import { guess } from './inference.ts';
import { InferredColumn } from './inferredColumn.ts';
import { RecordScanner, type RecordBlock } from './recordScanner.ts';
import { type RowInserter } from './rowInserter.ts';
import { StagingTable } from './stagingTable.ts';
import { textAt, valueBlock, type ValueBlock } from './valueBlock.ts';

/** Bytes that are cut into records at a time. */
const bufferSize = 256 * 1024;
/** A longer record is taken for a quote that was not closed. */
const longestRecord = 64 * 1024 * 1024;
/** Rows that the types of undeclared columns are guessed from. */
const rowsToGuessFrom = 1000;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** The database, and SQLite's C functions where they can be used. */
export interface LoadTarget {
  readonly database: SqlJsDatabase;
  readonly c: SqliteC | undefined;
}

export interface LoadHooks {
  readonly onRows: (rows: number) => void;
  /** Called between pieces of the file; may wait, and throws when the load is to stop. */
  readonly pace: () => Promise<void>;
}

/**
 * Loads a CSV into a table, in the memory that one piece of the file needs. The table takes the place of the one that
 * was there only when every record was read without a fault.
 */
export async function loadCsv(
  target: LoadTarget,
  request: LoadRequest,
  chunks: AsyncIterable<Uint8Array>,
  hooks: LoadHooks,
): Promise<LoadResult> {
  const load = new CsvLoad(target, request);
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && !load.isStopped; at += bufferSize) {
        load.push(chunk.subarray(at, at + bufferSize));
        hooks.onRows(load.rowCount);
        await hooks.pace();
      }
      if (load.isStopped) break;
    }
    return load.finish();
  } catch (error) {
    load.undo();
    throw error;
  }
}

class CsvLoad {
  readonly #request: LoadRequest;
  readonly #staging: StagingTable;
  readonly #faults: CsvFaults;
  readonly #scanner: RecordScanner;
  readonly #encoding: EncodingCheck;
  #buffer = new Uint8Array(bufferSize);
  #filled = 0;
  #isFirst = true;
  #header: readonly HeaderColumn[] | undefined;
  #readers: readonly ColumnReader[] = [];
  #inserter: RowInserter | undefined;
  #block: ValueBlock | undefined;
  #rowCount = 0;
  #headerIsFaulty = false;
  #lines: Int32Array | undefined;

  constructor(target: LoadTarget, request: LoadRequest) {
    this.#request = request;
    this.#faults = new CsvFaults(request.lenient === true ? Infinity : mostFaults);
    if (request.lenient === true) this.#lines = new Int32Array(1024);
    this.#staging = new StagingTable(target.database, target.c);
    this.#scanner = new RecordScanner((request.delimiter ?? ',').charCodeAt(0), this.#faults);
    this.#encoding = new EncodingCheck(this.#faults);
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** True when nothing that follows can be read or need be. */
  get isStopped(): boolean {
    return this.#scanner.broken || this.#faults.full || (this.#isRefused && this.#inserter === undefined);
  }

  /** True when what was found so far leaves no table to be made. */
  get #isRefused(): boolean {
    return this.#headerIsFaulty || (this.#faults.any && this.#request.lenient !== true);
  }

  push(chunk: Uint8Array): void {
    this.#encoding.push(chunk);
    for (let at = 0; at < chunk.length && !this.isStopped;) {
      const taken = Math.min(chunk.length - at, this.#buffer.length - this.#filled);
      this.#buffer.set(chunk.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.#buffer.length) this.#read(false);
    }
  }

  finish(): LoadResult {
    if (!this.isStopped) {
      this.#encoding.push(undefined);
      this.#read(true);
      if (this.#header === undefined && !this.#faults.any) {
        this.#faults.add(
          'empty',
          1,
          `${this.#request.file} is empty: a header with the names of the columns is needed`,
        );
      }
      this.#encoding.finish(this.#scanner.line);
    }
    const results = this.#readers.map((reader) => reader.result());
    const columns = results.map((result) => result.column);
    this.#freeInserter();
    const loaded = !this.#isRefused && this.#header !== undefined;
    if (loaded) this.#staging.replace(this.#request.table, results);
    else this.#staging.undo();
    const result = { columns, rowCount: this.#rowCount, faults: this.#faults.inOrder(), loaded };
    return this.#lines === undefined ? result : { ...result, lines: this.#lines.slice(0, this.#rowCount) };
  }

  undo(): void {
    this.#freeInserter();
    this.#staging.undo();
  }

  #freeInserter(): void {
    this.#inserter?.free();
    this.#inserter = undefined;
  }

  /** Reads the whole records in the buffer, and keeps the rest for the next time. */
  #read(last: boolean): void {
    let from = this.#isFirst && byteOrderMark.every((byte, at) => this.#buffer[at] === byte) ? byteOrderMark.length : 0;
    this.#isFirst = false;
    if (this.#header === undefined) from = this.#readHeader(from, last);
    if (this.#header !== undefined && !this.isStopped) {
      const { block, next } = this.#scanner.scan(this.#buffer, from, this.#filled, last);
      from = next;
      this.#take(block);
    }
    this.#buffer.copyWithin(0, from, this.#filled);
    this.#filled -= from;
    if (this.#filled === this.#buffer.length) this.#enlarge();
  }

  #readHeader(from: number, last: boolean): number {
    const line = this.#scanner.line;
    const header = this.#scanner.header(this.#buffer, from, this.#filled, last);
    if (header === undefined) return from;
    this.#encoding.checkHeader(header.names, line);
    this.#header = headerColumns(header.names, line, this.#request, this.#faults);
    this.#headerIsFaulty = this.#faults.any;
    return header.next;
  }

  #take(records: RecordBlock): void {
    this.#encoding.checkBlock(records);
    if (this.#inserter === undefined && !this.#isRefused) this.#begin(records);
    const block = valueBlock(records, this.#block);
    this.#block = block;
    this.#readers.forEach((reader, column) => reader.read(block, column));
    // After a fault the rest is read for the faults in it alone.
    if (!this.#isRefused) this.#inserter?.insert(block);
    this.#keepLines(block);
    this.#rowCount += block.rows;
  }

  #keepLines({ lines, rows }: RecordBlock): void {
    if (this.#lines === undefined) return;
    if (this.#lines.length < this.#rowCount + rows) {
      const larger = new Int32Array(Math.max(2 * this.#lines.length, this.#rowCount + rows));
      larger.set(this.#lines);
      this.#lines = larger;
    }
    this.#lines.set(lines.subarray(0, rows), this.#rowCount);
  }

  #begin(records: RecordBlock): void {
    const header = this.#header ?? [];
    this.#readers = header.map(({ name, declared }, field) =>
      declared === undefined
        ? new InferredColumn(name, guess(samplesOf(records, field)))
        : new DeclaredColumn(name, field, declared, this.#faults),
    );
    this.#inserter = this.#staging.create(
      header.map((column) => column.name),
      this.#readers,
    );
  }

  #enlarge(): void {
    if (this.#buffer.length >= longestRecord) {
      const size = `${longestRecord / 1024 / 1024} MiB`;
      this.#faults.add(
        'unclosedQuote',
        this.#scanner.line,
        `the record is longer than ${size}: is a quote not closed?`,
      );
      this.#scanner.broken = true;
      return;
    }
    const larger = new Uint8Array(this.#buffer.length * 2);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }
}

function samplesOf(records: RecordBlock, field: number): string[] {
  const samples: string[] = [];
  for (let row = 0; row < Math.min(records.rows, rowsToGuessFrom); row += 1) {
    const text = textAt(records, row * records.columns + field);
    if (text !== '') samples.push(text);
  }
  return samples;
}
