import { nodeThread } from '../compile/invocationValues.ts';
import type { Freshness } from '../run/measureFreshness.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';

const schema = 'https://schemas.getdbt.com/dbt/sources/v3.json';

/** target/sources.json, version 3 of dbt's schema; as in dbt, what could not be asked is not in it. */
export function sourcesArtifact(results: readonly Freshness[], seconds: number, invocation: Invocation): Json {
  return {
    metadata: artifactMetadata(schema, invocation),
    results: results.flatMap((one) => (one.maxLoadedAt === undefined ? [] : [entryOf(one, one.maxLoadedAt)])),
    elapsed_time: seconds,
  };
}

function entryOf({ source, status, snapshottedAt, startedAt, completedAt }: Freshness, maxLoadedAt: number): Json {
  return {
    unique_id: source.uniqueId,
    max_loaded_at: isoTime(maxLoadedAt),
    snapshotted_at: isoTime(snapshottedAt),
    max_loaded_at_time_ago_in_s: (snapshottedAt - maxLoadedAt) / 1000,
    status,
    criteria: source.config['freshness'] ?? null,
    adapter_response: { _message: 'OK' },
    timing: [
      {
        name: 'compile',
        started_at: new Date(startedAt).toISOString(),
        completed_at: new Date(startedAt).toISOString(),
      },
      {
        name: 'execute',
        started_at: new Date(startedAt).toISOString(),
        completed_at: new Date(completedAt).toISOString(),
      },
    ],
    thread_id: nodeThread,
    execution_time: (completedAt - startedAt) / 1000,
  };
}

/** As Python writes a time in UTC: without a fraction when that is nought. */
function isoTime(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString().slice(0, -1);
  return `${text.endsWith('.000') ? text.slice(0, -4) : `${text}000`}+00:00`;
}
