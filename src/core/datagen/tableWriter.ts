import type { FileSink } from '../project/projectFiles.ts';
import { cellWriter, type CellBuffer, type CellWriter } from './cellWriter.ts';
import { fixedWriter, type FixedWriter } from './fixedBytes.ts';
import type { ColumnPlan } from './generationPlan.ts';
import type { RowFormat } from './rowFormat.ts';
import { utf8 } from './utf8.ts';

/** Large pieces: each costs a way to the file system and back, which at half a megabyte took a quarter of the time. */
const chunkBytes = 1 << 22;
/** Rows that are encoded together: few enough that their bytes stay in a processor's first cache. */
const rowsAtOnce = 512;

/** Writes the rows of one table as bytes, into two buffers in turn: one is filled while the other is written. */
export class TableWriter {
  readonly #columns: readonly { readonly cells: CellWriter; readonly before: FixedWriter }[];
  readonly #rowEnd: FixedWriter;
  /** Bytes of a row that do not depend on its values. */
  readonly #fixedBytes: number;
  readonly #places = new Int32Array(rowsAtOnce);
  readonly #sink: Pick<FileSink, 'write'>;
  #buffer = cellBuffer(chunkBytes);
  #other = cellBuffer(chunkBytes);
  #at = 0;
  #writing: Promise<void> = Promise.resolve();
  #bytes = 0;

  /** `columns` are those of the header, in its order. The header is left out of a file that is begun otherwise. */
  constructor(
    header: readonly string[],
    columns: readonly ColumnPlan[],
    format: RowFormat,
    sink: Pick<FileSink, 'write'>,
    isBegun = false,
  ) {
    const between = header.map(format.before);
    this.#columns = columns.map((column, at) => ({
      cells: cellWriter(column, format),
      before: fixedWriter(between[at] ?? ''),
    }));
    this.#rowEnd = fixedWriter(format.rowEnd);
    this.#fixedBytes = utf8(between.join('') + format.rowEnd).length;
    this.#sink = sink;
    const head = utf8(isBegun ? '' : format.head(header));
    if (head.length > chunkBytes) this.#buffer = cellBuffer(head.length);
    this.#buffer.bytes.set(head);
    this.#at = head.length;
  }

  /** Appends bytes as they are. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    if (this.#at + bytes.length > this.#buffer.bytes.length) await this.#makeRoom(bytes.length);
    this.#buffer.bytes.set(bytes, this.#at);
    this.#at += bytes.length;
  }

  /** Appends rows given by column; NaN is an empty field. */
  async writeRows(columns: readonly Float64Array[], count: number): Promise<void> {
    for (let first = 0; first < count; first += rowsAtOnce) {
      const places = this.#places.subarray(0, Math.min(rowsAtOnce, count - first));
      const parts = columns.map((values) => values.subarray(first, first + places.length));
      const bytes = this.#measure(parts, places);
      if (this.#at + bytes > this.#buffer.bytes.length) await this.#makeRoom(bytes);
      this.#encode(parts, places);
      this.#at += bytes;
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

  /** Takes down how long each row will be, and gives how long they are together. */
  #measure(columns: readonly Float64Array[], sizes: Int32Array): number {
    sizes.fill(this.#fixedBytes);
    this.#columns.forEach(({ cells }, at) => cells.measure(columns[at] ?? nothing, sizes));
    let sum = 0;
    for (let i = 0; i < sizes.length; i++) sum += sizes[i] ?? 0;
    return sum;
  }

  /** Writes rows of known sizes, each from its end backwards. */
  #encode(columns: readonly Float64Array[], places: Int32Array): void {
    let end = this.#at;
    for (let i = 0; i < places.length; i++) {
      end += places[i] ?? 0;
      places[i] = end;
    }
    this.#rowEnd(this.#buffer, places);
    for (let at = this.#columns.length - 1; at >= 0; at--) {
      const column = this.#columns[at];
      column?.cells.write(this.#buffer, columns[at] ?? nothing, places);
      column?.before(this.#buffer, places);
    }
  }

  async #makeRoom(bytes: number): Promise<void> {
    await this.#flush();
    if (bytes > this.#buffer.bytes.length) this.#buffer = cellBuffer(bytes);
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

const nothing = new Float64Array(0);

function cellBuffer(size: number): CellBuffer {
  const bytes = new Uint8Array(size);
  return { bytes, view: new DataView(bytes.buffer) };
}
