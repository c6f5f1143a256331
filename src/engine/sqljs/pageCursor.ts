import { type ResultSet, type SqlValue } from '../../core/run/sqlEngine.ts';
import { type SqlJsDatabase, type SqlJsStatement } from './sqlJsTypes.ts';
import { currentRow, prepareOne } from './statements.ts';

/** So many rows are stepped over one by one; more are skipped by SQLite itself, 20 times as quickly. */
const mostSteps = 1000;

/**
 * A query kept open between windows. A grid that scrolls down asks for the next window, and the statement steps on
 * from where it stands; for a window before or far behind that, the query is started again at that row.
 */
export class PageCursor {
  readonly sql: string;
  readonly #statement: SqlJsStatement;
  readonly #columns: readonly string[];
  /** Offset in the query's result of the row that comes next. */
  #next: number;
  #done = false;

  constructor(database: SqlJsDatabase, sql: string, offset: number) {
    this.sql = sql;
    const whole = prepareOne(database, sql);
    this.#columns = whole.getColumnNames();
    const rest = offset > mostSteps ? prepareFrom(database, whole.getSQL(), offset) : undefined;
    this.#statement = rest ?? whole;
    this.#next = rest === undefined ? 0 : offset;
    if (rest !== undefined) whole.free();
  }

  /** True when the window begins at the row that comes next, or shortly after. */
  canReach(offset: number): boolean {
    return offset >= this.#next && offset - this.#next <= mostSteps;
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

/**
 * The rows of a query from an offset on. SQLite keeps the order of a subquery when the query around it has none of its
 * own, no aggregates and no join. Undefined for a statement that cannot be a subquery (PRAGMA, EXPLAIN).
 */
function prepareFrom(database: SqlJsDatabase, sql: string, offset: number): SqlJsStatement | undefined {
  try {
    return database.prepare(`SELECT * FROM (${sql.replace(/;\s*$/, '')}\n) LIMIT -1 OFFSET ${offset}`);
  } catch {
    return undefined;
  }
}
