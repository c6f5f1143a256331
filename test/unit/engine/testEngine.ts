import fs from 'node:fs';
import path from 'node:path';
import { type LoadColumn, type LoadResult, type ResultSet, type SqlEngine } from '../../../src/core/run/sqlEngine.ts';
import { SqlJsEngine } from '../../../src/engine/sqlJsEngine.ts';
import { startSqlJs, type SqlJsRuntime } from '../../../src/engine/sqljs/sqlJsRuntime.ts';
import { compileWasm } from '../../../src/engine/wasm.ts';
import { root } from '../root.ts';

/** sql.js's WebAssembly, as it ships. */
export function sqliteWasm(): Promise<Uint8Array> {
  return fs.promises.readFile(path.join(root, 'node_modules/sql.js/dist/sql-wasm.wasm'));
}

export const runtime: SqlJsRuntime = await startSqlJs(await compileWasm(await sqliteWasm()));

/** An engine on an empty database, on this thread. With `documentedOnly`, without SQLite's C functions. */
export async function openEngine(documentedOnly = false): Promise<SqlEngine> {
  const engine = new SqlJsEngine(documentedOnly ? { ...runtime, c: undefined } : runtime);
  await engine.open();
  return engine;
}

/** Bytes cut at every `size`; without a size, in one piece. */
export async function* chunksOf(content: string | Uint8Array, size?: number): AsyncGenerator<Uint8Array> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const step = size ?? Math.max(1, bytes.length);
  for (let at = 0; at < bytes.length; at += step) yield await Promise.resolve(bytes.subarray(at, at + step));
}

export interface Loaded {
  readonly result: LoadResult;
  /** The table, as far as there is one. */
  readonly table: ResultSet | undefined;
}

/** Loads a CSV into the table `t` of a new database and reads it back. */
export async function load(
  content: string | Uint8Array,
  options: {
    columns?: readonly LoadColumn[];
    size?: number;
    documentedOnly?: boolean;
    delimiter?: string;
    lenient?: boolean;
  } = {},
): Promise<Loaded> {
  const { columns = [], size, documentedOnly, ...more } = options;
  const engine = await openEngine(documentedOnly);
  const request = { table: 't', file: 'data/t.csv', columns, ...more };
  const result = await engine.load(request, chunksOf(content, size));
  const table = result.loaded ? await engine.query('SELECT * FROM t') : undefined;
  await engine.close();
  return { result, table };
}
