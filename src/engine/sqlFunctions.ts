import { md5Function } from '../core/sql/functions/engineFunctions.ts';
import { versionId } from '../core/run/versionId.ts';
import { type SqlJsDatabase, type SqlJsFunction } from './sqljs/sqlJsTypes.ts';

/**
 * A function that translated SQL may call and SQLite does not have. sql.js hands integers and reals over as numbers
 * (exact up to 2^53) and takes every number back as REAL: SQL that needs an integer casts the result.
 */
export interface SqlFunction {
  readonly name: string;
  /** Its number of declared parameters is its number of arguments in SQL. NULL is `null`. A throw is an SQL error. */
  readonly body: SqlJsFunction;
}

/** The functions of every database that the engine opens. */
export const sqlFunctions: readonly SqlFunction[] = [{ name: md5Function, body: (text) => versionId(text) }];

/** Makes the functions known to one database. */
export function registerFunctions(database: SqlJsDatabase, functions: readonly SqlFunction[] = sqlFunctions): void {
  for (const { name, body } of functions) database.create_function(name, body);
}
