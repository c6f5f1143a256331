import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { WithScratch } from '../dbt/dbtProgram.ts';

/** A folder of this machine's for temporary files, which is removed afterwards. */
export const withScratch: WithScratch = async (use) => {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'modelyard-'));
  try {
    return await use(folder);
  } finally {
    await fs.rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};
