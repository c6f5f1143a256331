import type { UniqueId } from '../project/uniqueId.ts';
import type { RunCommand } from '../run/runGraph.ts';
import { objectAt, objectsAt, parsedObject, type JsonObject } from './jsonObject.ts';

/** What an earlier run left to be done again. */
export interface Retry {
  /** The command, by dbt's word for it. */
  readonly command: string;
  /** Its arguments, by dbt's names. */
  readonly args: JsonObject;
  /** Nodes that did not end well. */
  readonly ids: ReadonlySet<UniqueId>;
}

/** The commands that can be run again; the others that dbt retries leave no run_results.json here. */
export const retriedCommands: readonly RunCommand[] = ['build', 'run', 'seed', 'snapshot', 'test'];

const retried: readonly unknown[] = ['error', 'fail', 'skipped', 'runtime error', 'partial success'];

/**
 * Reads run_results.json for `retry` (dbt-core: core/dbt/task/retry.py); undefined when it is no such artifact.
 * `withWarnings` counts what warned as not ended well.
 */
export function readRetry(text: string, withWarnings = false): Retry | undefined {
  const artifact = parsedObject(text);
  const args = objectAt(artifact, 'args');
  const { which } = args;
  if (typeof which !== 'string') return undefined;
  const isRetried = (status: unknown): boolean => retried.includes(status) || (withWarnings && status === 'warn');
  const ids = objectsAt(artifact, 'results')
    .filter(({ status }) => isRetried(status))
    .map((result) => String(result['unique_id']) as UniqueId);
  return { command: which, args, ids: new Set(ids) };
}
