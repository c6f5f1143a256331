import { md5 } from '../compile/md5.ts';
import type { SqlValue } from './sqlEngine.ts';

/** The id of a snapshot's version: the MD5 of its key and moment, as dbt makes it. NULL for NULL. */
export function versionId(text: SqlValue): string | null {
  return text === null ? null : md5(String(text));
}
