import { randomUUID } from 'node:crypto';
import { nodeFiles } from '../src/cli/nodeFiles.ts';
import type { SqlEngine } from '../src/core/run/sqlEngine.ts';
import { ModelyardProject } from '../src/core/service/modelyardProject.ts';

/** A project on disk as a benchmark works with it: the service of the editor, with a clock of parts of milliseconds. */
export function openProject(folder: string, engine: SqlEngine): ModelyardProject {
  const host = {
    files: nodeFiles(folder),
    engine,
    clock: { now: () => performance.timeOrigin + performance.now() },
    environmentVariable: (name: string) => process.env[name],
    newId: randomUUID,
    profiles: () => Promise.resolve(undefined),
  };
  return new ModelyardProject(host, { targetName: undefined, vars: {} });
}
