import {
  SqlEngineInterrupted,
  type LoadRequest,
  type LoadResult,
  type ResultSet,
  type SqlEngine,
  type SqlValue,
} from '../core/run/sqlEngine.ts';
import { CallQueue } from '../core/run/callQueue.ts';
import { loadCsv } from './csv/loadCsv.ts';
import { neverPause, type Pacer } from './pacer.ts';
import { registerFunctions } from './sqlFunctions.ts';
import { openDatabase } from './sqljs/openDatabase.ts';
import { PageCursor } from './sqljs/pageCursor.ts';
import { type SqlJsRuntime } from './sqljs/sqlJsRuntime.ts';
import { type SqlJsDatabase } from './sqljs/sqlJsTypes.ts';
import { currentRow, inSql, prepareOne, sqlError } from './sqljs/statements.ts';

/** How many rows are read between two looks at the pacer's clock. */
const rowsBetweenPauses = 256;

/**
 * sql.js on the calling thread. `interrupt` takes effect where the work pauses (between statements, rows and pieces
 * of a file, and only with a pacer): a single statement that gives no rows runs to its end, for this build of SQLite
 * has no progress handler. Where that matters the engine runs in a worker, which is ended.
 */
export class SqlJsEngine implements SqlEngine {
  readonly #runtime: SqlJsRuntime;
  readonly #pacer: Pacer;
  readonly #queue = new CallQueue();
  #database: SqlJsDatabase | undefined;
  #cursor: PageCursor | undefined;
  #interrupted = false;
  /** Counts interrupts: a call from before the last one must not run. */
  #era = 0;

  constructor(runtime: SqlJsRuntime, pacer: Pacer = neverPause) {
    this.#runtime = runtime;
    this.#pacer = pacer;
  }

  start(): void {
    // It is there already.
  }

  open(image?: Uint8Array): Promise<void> {
    return this.#enqueue(() => {
      this.#drop();
      this.#database = inSql('', () => openDatabase(this.#runtime, image));
      registerFunctions(this.#database);
      this.#interrupted = false;
    });
  }

  exec(sql: string): Promise<number> {
    return this.#alone(async (database, check) => {
      const statements = database.iterateStatements(sql);
      let changed = 0;
      let current: string | undefined;
      try {
        for (const statement of statements) {
          current = statement.getSQL();
          const before = totalChanges(database);
          while (statement.step()) await this.#pace(check);
          // sqlite3_changes keeps the number of an earlier statement where this one changed nothing.
          changed = totalChanges(database) === before ? 0 : database.getRowsModified();
          current = undefined;
          await this.#pace(check);
        }
      } catch (error) {
        if (error instanceof SqlEngineInterrupted) throw error;
        throw sqlError(error, current ?? statements.getRemainingSQL());
      }
      return changed;
    });
  }

  query(sql: string): Promise<ResultSet> {
    return this.#alone(async (database, check) => {
      const statement = prepareOne(database, sql);
      try {
        const columns = statement.getColumnNames();
        const rows: SqlValue[][] = [];
        while (inSql(sql, () => statement.step())) {
          rows.push(currentRow(statement));
          if (rows.length % rowsBetweenPauses === 0) await this.#pace(check);
        }
        return { columns, rows };
      } finally {
        statement.free();
      }
    });
  }

  page(sql: string, offset: number, limit: number): Promise<ResultSet> {
    return this.#enqueue(() => {
      const database = this.#opened();
      if (this.#cursor?.sql !== sql || !this.#cursor.canReach(offset)) {
        this.#closeCursor();
        this.#cursor = new PageCursor(database, sql, offset);
      }
      const cursor = this.#cursor;
      try {
        return inSql(sql, () => cursor.read(offset, limit));
      } catch (error) {
        this.#closeCursor();
        throw error;
      }
    });
  }

  load(request: LoadRequest, chunks: AsyncIterable<Uint8Array>, onRows?: (rows: number) => void): Promise<LoadResult> {
    const ignore = (): void => undefined;
    return this.#alone((database, check) => {
      const target = { database, c: this.#runtime.c };
      return loadCsv(target, request, chunks, { onRows: onRows ?? ignore, pace: () => this.#pace(check) });
    });
  }

  export(): Promise<Uint8Array> {
    return this.#alone((database) => inSql('', () => database.export()));
  }

  interrupt(): void {
    this.#era += 1;
    this.#interrupted = true;
    void this.#queue.run(() => this.#drop());
  }

  close(): Promise<void> {
    return this.#queue.run(() => this.#drop());
  }

  /** Runs a call with no page's statement open beside it: that would lock tables. */
  #alone<T>(call: (database: SqlJsDatabase, check: () => void) => T | Promise<T>): Promise<T> {
    return this.#enqueue((check) => {
      const database = this.#opened();
      this.#closeCursor();
      return call(database, check);
    });
  }

  #enqueue<T>(call: (check: () => void) => T | Promise<T>): Promise<T> {
    const era = this.#era;
    const check = (): void => {
      if (era !== this.#era) throw new SqlEngineInterrupted();
    };
    return this.#queue.run(() => {
      check();
      return call(check);
    });
  }

  async #pace(check: () => void): Promise<void> {
    if (!this.#pacer.isDue()) return;
    await this.#pacer.pause();
    check();
  }

  #opened(): SqlJsDatabase {
    if (this.#database !== undefined) return this.#database;
    throw this.#interrupted ? new SqlEngineInterrupted() : new Error('no database is open');
  }

  #closeCursor(): void {
    this.#cursor?.free();
    this.#cursor = undefined;
  }

  #drop(): void {
    this.#closeCursor();
    this.#database?.close();
    this.#database = undefined;
  }
}

/** Rows changed since the database was opened: https://www.sqlite.org/lang_corefunc.html#total_changes */
function totalChanges(database: SqlJsDatabase): number {
  const statement = database.prepare('SELECT total_changes()');
  statement.step();
  const [count] = statement.get(null, { useBigInt: false });
  statement.free();
  return Number(count);
}
