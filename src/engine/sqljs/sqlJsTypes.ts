import { type SqlValue } from '../../core/run/sqlEngine.ts';
import { type WasmInstance } from '../wasm.ts';

/** What the engine uses of sql.js's Statement. */
export interface SqlJsStatement {
  bind(values: readonly (null | number | string | Uint8Array)[]): boolean;
  step(): boolean;
  get(params: null, options: { readonly useBigInt: boolean }): SqlValue[];
  getColumnNames(): string[];
  getSQL(): string;
  reset(): void;
  free(): boolean;
}

/** What the engine uses of sql.js's StatementIterator: it frees each statement when the next one is asked for. */
export interface SqlJsStatements extends Iterable<SqlJsStatement> {
  next():
    { readonly done: true; readonly value?: undefined } | { readonly done: false; readonly value: SqlJsStatement };
  return(): unknown;
  getRemainingSQL(): string;
}

/** A function for SQL. sql.js takes its number of arguments from `length`. */
export type SqlJsFunction = (...args: never[]) => null | number | string | boolean | Uint8Array;

/** What the engine uses of sql.js's Database. */
export interface SqlJsDatabase {
  prepare(sql: string): SqlJsStatement;
  iterateStatements(sql: string): SqlJsStatements;
  run(sql: string): unknown;
  getRowsModified(): number;
  create_function(name: string, body: SqlJsFunction): unknown;
  export(): Uint8Array;
  close(): void;
}

/** sql.js as it is once its WebAssembly runs. */
export interface SqlJsModule {
  readonly Database: new (image?: Uint8Array) => SqlJsDatabase;
  /** Ours: sql.js gives back the object it was configured with. */
  readonly wasmInstance?: WasmInstance;
}
