import type { SqlEngine } from './sqlEngine.ts';

/** Does work within a transaction: when it fails, the database is as it was before. */
export async function inTransaction<T>(engine: SqlEngine, work: () => Promise<T>): Promise<T> {
  await engine.exec('begin');
  try {
    const result = await work();
    await engine.exec('commit');
    return result;
  } catch (error) {
    await engine.exec('rollback');
    throw error;
  }
}
