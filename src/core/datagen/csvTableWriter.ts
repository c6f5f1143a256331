import type { FileSink } from '../project/projectFiles.ts';
import { cellWriter, type CellWriter } from './cellWriter.ts';
import { quotedField } from './csvText.ts';
import type { ColumnPlan } from './generationPlan.ts';
import { utf8 } from './utf8.ts';

const chunkBytes = 1 << 18;
const comma = 44;
const lineFeed = 10;

/** Writes the rows of one table as CSV bytes into a buffer that is used again after each chunk. */
export class CsvTableWriter {
  readonly #cells: readonly CellWriter[];
  readonly #sink: FileSink;
  readonly #buffer: Uint8Array;
  readonly #rowBytes: number;
  #at: number;
  #bytes = 0;

  /** `columns` are those of the header, in its order. */
  constructor(header: readonly string[], columns: readonly ColumnPlan[], sink: FileSink) {
    this.#cells = columns.map(cellWriter);
    this.#sink = sink;
    this.#rowBytes = this.#cells.reduce((sum, cell) => sum + cell.maxBytes + 1, 1);
    const line = utf8(`${header.map(quotedField).join(',')}\n`);
    this.#buffer = new Uint8Array(Math.max(chunkBytes, line.length + this.#rowBytes));
    this.#buffer.set(line);
    this.#at = line.length;
  }

  /** Appends rows given by column; NaN is an empty field. */
  async writeRows(columns: readonly Float64Array[], count: number): Promise<void> {
    const full = this.#buffer.length - this.#rowBytes;
    for (let row = 0; row < count;) {
      row = this.#fill(columns, row, count, full);
      if (this.#at > full) await this.#flush();
    }
  }

  /** Writes what is left, and gives the number of bytes of the whole file. */
  async end(): Promise<number> {
    await this.#flush();
    return this.#bytes;
  }

  /** Encodes rows until the buffer is full or they end, and gives the next row. */
  #fill(columns: readonly Float64Array[], from: number, count: number, full: number): number {
    const cells = this.#cells;
    const out = this.#buffer;
    let at = this.#at;
    let row = from;
    for (; row < count && at <= full; row++) {
      for (let c = 0; c < cells.length; c++) {
        const value = columns[c]?.[row] ?? NaN;
        if (!Number.isNaN(value)) at = cells[c]?.write(out, at, value) ?? at;
        out[at++] = comma;
      }
      out[at - 1] = lineFeed;
    }
    this.#at = at;
    return row;
  }

  async #flush(): Promise<void> {
    if (this.#at === 0) return;
    await this.#sink.write(this.#buffer.subarray(0, this.#at));
    this.#bytes += this.#at;
    this.#at = 0;
  }
}
