import type { FileSink } from '../project/projectFiles.ts';
import { cellWriter, type CellBuffer, type CellWriter } from './cellWriter.ts';
import { quotedField } from './csvText.ts';
import type { ColumnPlan } from './generationPlan.ts';
import { utf8 } from './utf8.ts';

const chunkBytes = 1 << 19;
const comma = 44;
const lineFeed = 10;

/** Writes the rows of one table as CSV bytes, into two buffers in turn: one is filled while the other is written. */
export class CsvTableWriter {
  readonly #cells: readonly CellWriter[];
  readonly #sink: FileSink;
  #buffer: CellBuffer;
  #other: CellBuffer;
  #writing: Promise<void> = Promise.resolve();
  readonly #rowBytes: number;
  #at: number;
  #bytes = 0;

  /** `columns` are those of the header, in its order. */
  constructor(header: readonly string[], columns: readonly ColumnPlan[], sink: FileSink) {
    this.#cells = columns.map(cellWriter);
    this.#sink = sink;
    this.#rowBytes = this.#cells.reduce((sum, cell) => sum + cell.maxBytes + 1, 1);
    const line = utf8(`${header.map(quotedField).join(',')}\n`);
    const size = Math.max(chunkBytes, line.length + this.#rowBytes);
    [this.#buffer, this.#other] = [cellBuffer(size), cellBuffer(size)];
    this.#buffer.bytes.set(line);
    this.#at = line.length;
  }

  /** Appends rows given by column; NaN is an empty field. */
  async writeRows(columns: readonly Float64Array[], count: number): Promise<void> {
    const full = this.#buffer.bytes.length - this.#rowBytes;
    for (let row = 0; row < count;) {
      row = this.#fill(columns, row, count, full);
      if (this.#at > full) await this.#flush();
    }
  }

  /** Writes what is left, and gives the number of bytes of the whole file. */
  async end(): Promise<number> {
    await this.#flush();
    await this.#writing;
    return this.#bytes;
  }

  /** Settles when no write is under way, however it ended: only then may the sink be aborted. */
  async idle(): Promise<void> {
    await this.#writing.catch(() => undefined);
  }

  /** Encodes rows until the buffer is full or they end, and gives the next row. */
  #fill(columns: readonly Float64Array[], from: number, count: number, full: number): number {
    const cells = this.#cells;
    const out = this.#buffer;
    let at = this.#at;
    let row = from;
    for (; row < count && at <= full; row++) {
      for (let c = 0; c < cells.length; c++) {
        const [values, cell] = [columns[c], cells[c]];
        if (values !== undefined && cell !== undefined && !Number.isNaN(values[row]))
          at = cell.write(out, at, values, row);
        out.bytes[at++] = comma;
      }
      out.bytes[at - 1] = lineFeed;
    }
    this.#at = at;
    return row;
  }

  async #flush(): Promise<void> {
    await this.#writing;
    const [full, length] = [this.#buffer, this.#at];
    [this.#buffer, this.#other] = [this.#other, full];
    this.#at = 0;
    this.#bytes += length;
    this.#writing = this.#sink.write(full.bytes.subarray(0, length));
    // Its failure is met by whoever awaits it next, and is no unhandled one until then.
    this.#writing.catch(() => undefined);
  }
}

function cellBuffer(size: number): CellBuffer {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
