import { dbtVersion } from '../compile/dbtVersion.ts';
import type { Json } from './json.ts';

/** One call of a command, as artifacts record it. */
export interface Invocation {
  readonly invocationId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The command's arguments by dbt's names; no secrets. */
  readonly args: Readonly<Record<string, Json>>;
}

/** The `metadata` that opens each artifact. */
export function artifactMetadata(schema: string, invocation: Invocation): Readonly<Record<string, Json>> {
  const startedAt = new Date(invocation.startedAt).toISOString();
  return {
    dbt_schema_version: schema,
    dbt_version: dbtVersion,
    generated_at: startedAt,
    invocation_id: invocation.invocationId,
    invocation_started_at: startedAt,
    env: {},
  };
}
