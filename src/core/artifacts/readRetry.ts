import type { Batch } from '../compile/batch.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { EarlierBatches } from '../run/runContext.ts';
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
  /** Of microbatch models of which some batches were built: those, and those that were not. */
  readonly batches: ReadonlyMap<UniqueId, EarlierBatches>;
  /** When the run was started, in milliseconds since 1970; undefined where the artifact does not say. */
  readonly startedAt: number | undefined;
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
  const results = objectsAt(artifact, 'results');
  const batches = results.flatMap((result): (readonly [UniqueId, EarlierBatches])[] => {
    const found = objectAt(result, 'batch_results');
    const [successful, failed] = [spansOf(found['successful']), spansOf(found['failed'])];
    // Without a batch that was built the model may have to be made anew, which only a whole run does.
    if (successful.length === 0 || failed.length === 0) return [];
    return [[String(result['unique_id']) as UniqueId, { successful, failed }]];
  });
  const metadata = objectAt(artifact, 'metadata');
  const startedAt = momentOf(metadata['invocation_started_at'] ?? metadata['generated_at']);
  const ids = results
    .filter(({ status }) => isRetried(status))
    .map((result) => String(result['unique_id']) as UniqueId);
  return { command: which, args, ids: new Set(ids), batches: new Map(batches), startedAt };
}

function spansOf(value: unknown): readonly Batch[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((span: unknown): Batch[] => {
    const [start, end] = (Array.isArray(span) ? span : []).map(momentOf);
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
}

function momentOf(value: unknown): number | undefined {
  const moment = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(moment) ? undefined : moment;
}
