import { createRequire } from 'node:module';
import path from 'node:path';
import type Database from 'better-sqlite3';

/** better-sqlite3; undefined where its native part has not been built: it is for development only. */
export function nativeSqlite(): typeof Database | undefined {
  try {
    const load = createRequire(path.join(process.cwd(), 'package.json'));
    const Native = load('better-sqlite3') as typeof Database;
    new Native(':memory:').close();
    return Native;
  } catch {
    return undefined;
  }
}
