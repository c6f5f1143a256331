import { SqlEngineError, type SqlValue } from '../../core/run/sqlEngine.ts';
import { type SqlJsDatabase, type SqlJsStatement } from './sqlJsTypes.ts';

/** True for whitespace, comments and semicolons only: nothing that could be run. */
function isNothing(sql: string): boolean {
  const piece = /[\s;]+|--[^\n]*|\/\*/y;
  for (let at = 0; at < sql.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const found = piece.exec(sql);
    if (found === null) return false;
    if (found[0] !== '/*') continue;
    const end = sql.indexOf('*/', at + 2);
    if (end === -1) return true;
    piece.lastIndex = end + 2;
  }
  return true;
}

/** SQLite's message as an error of the engine; sql.js throws errors, and strings for its own. */
export function sqlError(error: unknown, sql: string): SqlEngineError {
  if (error instanceof SqlEngineError) return error;
  return new SqlEngineError(error instanceof Error ? error.message : String(error), sql);
}

/** Runs a call into sql.js; what it throws is a fault of the statement. */
export function inSql<T>(sql: string, call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw sqlError(error, sql);
  }
}

/** Prepares the one statement of a text; more than one, or none, is an error, for sql.js would drop the others. */
export function prepareOne(database: SqlJsDatabase, sql: string): SqlJsStatement {
  if (isNothing(sql)) throw new SqlEngineError('there is no statement', sql);
  const statements = database.iterateStatements(sql);
  try {
    const first = statements.next();
    if (first.done) throw new SqlEngineError('there is no statement', sql);
    if (isNothing(statements.getRemainingSQL())) return database.prepare(sql);
    throw new SqlEngineError('one statement is expected here, and there are more', sql);
  } catch (error) {
    throw sqlError(error, sql);
  } finally {
    statements.return();
  }
}

/** The row that the statement stands on. Integers are numbers, those beyond 2^53 `bigint`. */
export function currentRow(statement: SqlJsStatement): SqlValue[] {
  const row = statement.get(null, { useBigInt: false });
  for (const value of row) {
    // A REAL of this size is read once more and stays a number.
    if (typeof value === 'number' && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER)) return exactRow(statement);
  }
  return row;
}

function exactRow(statement: SqlJsStatement): SqlValue[] {
  return statement
    .get(null, { useBigInt: true })
    .map((value) =>
      typeof value === 'bigint' && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER
        ? Number(value)
        : value,
    );
}
