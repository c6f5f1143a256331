import { Cancelled, neverCancelled, type Cancellation } from '../diagnostics/cancellation.ts';
import type { FileSink } from '../project/projectFiles.ts';
import { writeTogether } from '../project/writeTogether.ts';
import { columnMaker, meetCounts, type ColumnMaker, type MadeColumns } from './columnMaker.ts';
import { addressKey, type ColumnPlan, type GenerationPlan, type TablePlan } from './generationPlan.ts';
import { sameRowInputs } from './planGeneration.ts';
import { csvRows, type RowFormat } from './rowFormat.ts';
import { TableWriter } from './tableWriter.ts';

/** A table as it was written. */
export interface GeneratedTable {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** How far the work is: rows written of all rows of all tables. */
export interface GenerationProgress {
  /** Name of the table that is being written; undefined while columns that other tables read are made. */
  readonly table: string | undefined;
  readonly rowsWritten: number;
  readonly rowsTotal: number;
}

export interface GenerationHost {
  /** Heard every few thousand rows; a promise is awaited, so that a host can let other work in. */
  readonly progress?: (progress: GenerationProgress) => void | Promise<void>;
  readonly cancellation?: Cancellation;
  /** How rows are spelled: as CSV unless said otherwise. */
  readonly format?: RowFormat;
  /** The bytes of a table that begins with given rows: its header and those rows, each line ended. */
  readonly given?: (table: TablePlan) => AsyncIterable<Uint8Array>;
}

const blockRows = 8192;

/**
 * Makes the rows of a plan and writes each table's file through a sink. The columns that other tables read are
 * made first and held as numbers; then the tables are written in blocks, so that no file is ever held as text. All
 * files are committed at the end; when something fails, and with `Cancelled` when it is cancelled, none is.
 */
export async function generate(
  plan: GenerationPlan,
  openSink: (path: string) => Promise<FileSink>,
  { progress, cancellation = neverCancelled, format = csvRows, given }: GenerationHost = {},
): Promise<readonly GeneratedTable[]> {
  const rowsTotal = plan.tables.reduce((sum, table) => sum + table.rows, 0);
  let rowsWritten = 0;
  const report = async (table: string | undefined, rows: number): Promise<void> => {
    rowsWritten += rows;
    await progress?.({ table, rowsWritten, rowsTotal });
    if (cancellation.isCancellationRequested) throw new Cancelled();
  };
  const tables = new GeneratingTables(plan);
  await tables.makeKept(() => report(undefined, 0));
  return writeTogether(openSink, async (open) => {
    const generated: GeneratedTable[] = [];
    for (const table of plan.tables) {
      const sink = await open(table.path);
      const head = table.given === undefined ? undefined : given?.(table);
      const bytes = await tables.write(table, { format, sink, head }, (rows) => report(table.name, rows));
      generated.push({ id: table.id, name: table.name, path: table.path, rows: table.rows, bytes });
    }
    return generated;
  });
}

/** How and where a table is written. */
interface TableFile {
  readonly format: RowFormat;
  readonly sink: Pick<FileSink, 'write'>;
  /** The header and the given rows, as they are. */
  readonly head: AsyncIterable<Uint8Array> | undefined;
}

const nothing = new Float64Array(0);

/** The columns of a plan while they are made. */
class GeneratingTables implements MadeColumns {
  readonly #plan: GenerationPlan;
  readonly #columns: ReadonlyMap<string, ColumnPlan>;
  readonly #rows: ReadonlyMap<string, number>;
  readonly #kept = new Map<string, Float64Array>();

  constructor(plan: GenerationPlan) {
    this.#plan = plan;
    this.#columns = new Map(plan.columns.map((column) => [addressKey(column), column]));
    this.#rows = new Map(plan.tables.map((table) => [table.id, table.rows]));
  }

  read(address: { readonly table: string; readonly column: string }): Float64Array | number {
    const key = addressKey(address);
    const values = this.#kept.get(key);
    const source = this.#columns.get(key)?.source;
    if (values === undefined && source?.kind === 'sequence') return source.first;
    if (values === undefined) throw new Error(`column ${address.table}.${address.column} is read before it is made`);
    return values;
  }

  rows(table: string): number {
    return this.#rows.get(table) ?? 0;
  }

  async makeKept(afterBlock: () => Promise<void>): Promise<void> {
    for (const column of this.#plan.columns.filter((one) => one.kept)) {
      const rows = this.rows(column.table);
      const values = new Float64Array(rows);
      const make = this.#maker(column);
      const inputs = sameRowInputs(column).map((name) => this.#whole({ table: column.table, column: name }));
      const given = column.given ?? nothing;
      values.set(given);
      for (let first = given.length; first < rows; first += blockRows) {
        const part = (whole: Float64Array): Float64Array => whole.subarray(first, first + blockRows);
        make({ first, out: part(values), inputs: inputs.map(part) });
        await afterBlock();
      }
      meetCounts(column, this.#plan.seed, values);
      this.#kept.set(addressKey(column), values);
    }
  }

  /** Gives the number of bytes written. */
  async write(table: TablePlan, file: TableFile, afterBlock: (rows: number) => Promise<void>): Promise<number> {
    const columns = this.#plan.columns.filter((one) => one.table === table.id);
    const steps = columns.map((column) => this.#blockStep(column));
    const written = table.header.map((name) => columns.findIndex((column) => column.column === name));
    const writer = new TableWriter(
      table.header,
      written.flatMap((at) => columns[at] ?? []),
      file.format,
      file.sink,
      file.head !== undefined,
    );
    try {
      for await (const bytes of file.head ?? []) await writer.writeBytes(bytes);
      await afterBlock(table.given ?? 0);
      for (let first = table.given ?? 0; first < table.rows; first += blockRows) {
        const count = Math.min(blockRows, table.rows - first);
        const values = new Map<string, Float64Array>();
        columns.forEach((column, at) => {
          const part = steps[at]?.(first, count, values);
          if (part !== undefined) values.set(column.column, part);
        });
        await writer.writeRows(
          table.header.flatMap((name) => values.get(name) ?? []),
          count,
        );
        await afterBlock(count);
      }
      return await writer.end();
    } finally {
      await writer.idle();
    }
  }

  /** How a column comes by the values of a block: a part of what is held, or made now into a buffer of its own. */
  #blockStep(
    column: ColumnPlan,
  ): (first: number, count: number, values: ReadonlyMap<string, Float64Array>) => Float64Array {
    const kept = this.#kept.get(addressKey(column));
    if (kept !== undefined) return (first, count) => kept.subarray(first, first + count);
    const make = this.#maker(column);
    const names = sameRowInputs(column);
    const buffer = new Float64Array(Math.min(blockRows, this.rows(column.table)));
    return (first, count, values) => {
      const out = buffer.subarray(0, count);
      make({ first, out, inputs: names.flatMap((name) => values.get(name) ?? []) });
      return out;
    };
  }

  #maker(column: ColumnPlan): ColumnMaker {
    return columnMaker(column, this.#plan.seed, this.rows(column.table), this);
  }

  #whole(address: { readonly table: string; readonly column: string }): Float64Array {
    const values = this.read(address);
    if (typeof values !== 'number') return values;
    return Float64Array.from({ length: this.rows(address.table) }, (_, row) => values + row);
  }
}
