import { type ResultSet, type SqlValue } from '../../core/run/sqlEngine.ts';
import { type SqlJsDatabase, type SqlJsStatement } from './sqlJsTypes.ts';
import { currentRow, prepareOne } from './statements.ts';

/**
 * A query kept open between windows. A grid that scrolls down asks for the next window, and the statement steps on
 * from where it stands; any other window starts the query again and steps over the rows before it. The text of the
 * query is not touched, so its order and its column names stay.
 */
export class PageCursor {
  readonly sql: string;
  readonly #statement: SqlJsStatement;
  readonly #columns: readonly string[];
  #next = 0;
  #done = false;

  constructor(database: SqlJsDatabase, sql: string) {
    this.sql = sql;
    this.#statement = prepareOne(database, sql);
    this.#columns = this.#statement.getColumnNames();
  }

  /** True when the window begins at or after the row that would come next. */
  canReach(offset: number): boolean {
    return offset >= this.#next;
  }

  read(offset: number, limit: number): ResultSet {
    const rows: SqlValue[][] = [];
    while (rows.length < limit && this.#step()) {
      if (this.#next > offset) rows.push(currentRow(this.#statement));
    }
    return { columns: this.#columns, rows };
  }

  free(): void {
    this.#statement.free();
  }

  #step(): boolean {
    // SQLite would start a finished statement again.
    if (this.#done) return false;
    this.#done = !this.#statement.step();
    if (!this.#done) this.#next += 1;
    return !this.#done;
  }
}
