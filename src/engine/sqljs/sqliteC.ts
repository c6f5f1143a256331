import { type WasmMemory } from '../wasm.ts';
import { type SqlJsModule } from './sqlJsTypes.ts';

/** Result codes: https://www.sqlite.org/rescode.html */
export const sqliteOk = 0;
export const sqliteDone = 101;

/** An address in the WebAssembly memory; 0 is NULL. */
export type Pointer = number;

/**
 * SQLite's own C functions (https://www.sqlite.org/c3ref/funclist.html), as the WebAssembly of sql.js exports them.
 * sql.js does not document them: package.json pins sql.js, and `cFunctions` tests them before they are used.
 */
interface Exports {
  _malloc(size: number): Pointer;
  _free(at: Pointer): void;
  stringToNewUTF8(text: string): Pointer;
  UTF8ToString(at: Pointer): string;
  _sqlite3_open(file: Pointer, handle: Pointer): number;
  _sqlite3_close_v2(handle: Pointer): number;
  _sqlite3_errmsg(handle: Pointer): Pointer;
  _sqlite3_prepare_v2(handle: Pointer, sql: Pointer, length: number, statement: Pointer, tail: Pointer): number;
  _sqlite3_bind_text(statement: Pointer, index: number, at: Pointer, length: number, destructor: number): number;
  _sqlite3_bind_blob(statement: Pointer, index: number, at: Pointer, length: number, destructor: number): number;
  _sqlite3_bind_int(statement: Pointer, index: number, value: number): number;
  _sqlite3_bind_double(statement: Pointer, index: number, value: number): number;
  _sqlite3_clear_bindings(statement: Pointer): number;
  _sqlite3_step(statement: Pointer): number;
  _sqlite3_reset(statement: Pointer): number;
  _sqlite3_finalize(statement: Pointer): number;
  _sqlite3_backup_init(to: Pointer, toName: Pointer, from: Pointer, fromName: Pointer): Pointer;
  _sqlite3_backup_step(backup: Pointer, pages: number): number;
  _sqlite3_backup_finish(backup: Pointer): number;
}

const names = [
  '_malloc',
  '_free',
  'stringToNewUTF8',
  'UTF8ToString',
  '_sqlite3_open',
  '_sqlite3_close_v2',
  '_sqlite3_errmsg',
  '_sqlite3_prepare_v2',
  '_sqlite3_bind_text',
  '_sqlite3_bind_blob',
  '_sqlite3_bind_int',
  '_sqlite3_bind_double',
  '_sqlite3_clear_bindings',
  '_sqlite3_step',
  '_sqlite3_reset',
  '_sqlite3_finalize',
  '_sqlite3_backup_init',
  '_sqlite3_backup_step',
  '_sqlite3_backup_finish',
] as const satisfies readonly (keyof Exports)[];

/** The C functions with the memory they work in. */
export class SqliteC {
  readonly call: Readonly<Exports>;
  readonly #memory: WasmMemory;

  constructor(call: Exports, memory: WasmMemory) {
    this.call = call;
    this.#memory = memory;
  }

  /** The memory's bytes now: a view is dead after SQLite took more memory, so none is kept. */
  bytes(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }

  pointerAt(at: Pointer): Pointer {
    return new DataView(this.#memory.buffer).getUint32(at, true);
  }

  allocate(size: number): Pointer {
    const at = this.call._malloc(size);
    if (at === 0) throw new Error('out of memory');
    return at;
  }

  /** Lends `use` a zero-terminated copy of the text. */
  withText<T>(text: string, use: (at: Pointer) => T): T {
    const at = this.call.stringToNewUTF8(text);
    if (at === 0) throw new Error('out of memory');
    try {
      return use(at);
    } finally {
      this.call._free(at);
    }
  }

  /** Lends `use` a place for one pointer, and gives what was put there beside the result. */
  outPointer(use: (at: Pointer) => number): { readonly code: number; readonly pointer: Pointer } {
    const at = this.allocate(8);
    try {
      this.bytes().fill(0, at, at + 8);
      const code = use(at);
      return { code, pointer: this.pointerAt(at) };
    } finally {
      this.call._free(at);
    }
  }

  message(handle: Pointer): string {
    return this.call.UTF8ToString(this.call._sqlite3_errmsg(handle));
  }
}

/** The C functions when this build has all of them and they work as expected; else undefined. */
export function cFunctions(module: SqlJsModule, memory: WasmMemory): SqliteC | undefined {
  const found = module as unknown as Partial<Exports>;
  if (!names.every((name) => typeof found[name] === 'function')) return undefined;
  const c = new SqliteC(found as Exports, memory);
  try {
    return passesSelfTest(c) ? c : undefined;
  } catch {
    return undefined;
  }
}

/** Opens a database, binds one value of each kind, and asks SQLite itself whether they arrived. */
function passesSelfTest(c: SqliteC): boolean {
  const { call } = c;
  const opened = c.withText(':memory:', (name) => c.outPointer((at) => call._sqlite3_open(name, at)));
  if (opened.code !== sqliteOk) return false;
  const sql = "SELECT 1 WHERE ?1 = 'é7' AND ?2 = -7 AND ?3 = 0.5 AND ?4 = x'00ff' AND ?5 IS NULL";
  const prepared = c.withText(sql, (at) =>
    c.outPointer((out) => call._sqlite3_prepare_v2(opened.pointer, at, -1, out, 0)),
  );
  const scratch = c.allocate(8);
  try {
    c.bytes().set([0xc3, 0xa9, 0x37, 0x00, 0xff], scratch);
    const codes = [
      prepared.code,
      call._sqlite3_bind_text(prepared.pointer, 1, scratch, 3, 0),
      call._sqlite3_bind_int(prepared.pointer, 2, -7),
      call._sqlite3_bind_double(prepared.pointer, 3, 0.5),
      call._sqlite3_bind_blob(prepared.pointer, 4, scratch + 3, 2, 0),
    ];
    const sqliteRow = 100;
    return codes.every((code) => code === sqliteOk) && call._sqlite3_step(prepared.pointer) === sqliteRow;
  } finally {
    call._sqlite3_finalize(prepared.pointer);
    call._sqlite3_close_v2(opened.pointer);
    call._free(scratch);
  }
}
