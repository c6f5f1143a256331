import { sqliteDone, sqliteOk, type Pointer, type SqliteC } from './sqliteC.ts';
import { type SqlJsDatabase } from './sqlJsTypes.ts';
import { type SqlJsRuntime } from './sqlJsRuntime.ts';

/** sql.js keeps SQLite's handle of the open database here. */
interface WithHandle {
  db: Pointer;
}

/** SQLite's handle of a database of sql.js. */
export function handleOf(database: SqlJsDatabase): Pointer {
  return (database as unknown as WithHandle).db;
}

/**
 * Opens a database from a file's bytes, or an empty one. sql.js opens a file in Emscripten's file system; a database
 * that SQLite itself keeps in memory loads in 0.6 of the time and stops cleanly when memory ends, so the handle is
 * exchanged for one of those where the C functions are at hand.
 */
export function openDatabase(runtime: SqlJsRuntime, image?: Uint8Array): SqlJsDatabase {
  const database = new runtime.module.Database(image === undefined ? undefined : withoutWal(image));
  try {
    // A file that is not a database is found out here, not by the first query.
    database.run('PRAGMA schema_version');
    if (runtime.c !== undefined) moveToMemory(runtime.c, database, image !== undefined);
    // Emscripten's files stall near 4 GiB instead of failing: stop at 2 GiB of pages.
    else database.run('PRAGMA max_page_count = 524288');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function moveToMemory(c: SqliteC, database: SqlJsDatabase, copy: boolean): void {
  const file = handleOf(database);
  const { code, pointer } = c.withText(':memory:', (name) => c.outPointer((at) => c.call._sqlite3_open(name, at)));
  if (code !== sqliteOk || (copy && !copyDatabase(c, file, pointer))) {
    const message = c.message(pointer);
    c.call._sqlite3_close_v2(pointer);
    throw new Error(message);
  }
  c.call._sqlite3_close_v2(file);
  (database as unknown as WithHandle).db = pointer;
}

/** Copies every page with SQLite's backup functions (https://www.sqlite.org/c3ref/backup_finish.html). */
function copyDatabase(c: SqliteC, from: Pointer, to: Pointer): boolean {
  return c.withText('main', (main) => {
    const backup = c.call._sqlite3_backup_init(to, main, from, main);
    if (backup === 0) return false;
    const code = c.call._sqlite3_backup_step(backup, -1);
    return c.call._sqlite3_backup_finish(backup) === sqliteOk && code === sqliteDone;
  });
}

/**
 * A database that another tool left in WAL mode says so in bytes 18 and 19 of its header
 * (https://www.sqlite.org/fileformat.html#file_format_version_numbers); it cannot be opened without shared memory.
 */
function withoutWal(image: Uint8Array): Uint8Array {
  if (image[18] !== 2 && image[19] !== 2) return image;
  const plain = image.slice();
  plain[18] = 1;
  plain[19] = 1;
  return plain;
}
