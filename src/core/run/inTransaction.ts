import type { SqlEngine } from './sqlEngine.ts';

/**
 * Does work within a transaction, or within a part of the one that is open: when it fails, the database is as it was
 * before it.
 */
export async function inTransaction<T>(engine: SqlEngine, work: () => Promise<T>): Promise<T> {
  await engine.exec('savepoint work');
  try {
    const result = await work();
    await engine.exec('release work');
    return result;
  } catch (error) {
    await engine.exec('rollback to work; release work');
    throw error;
  }
}
