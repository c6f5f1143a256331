import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import { dbtVersion } from '../compile/dbtVersion.ts';
import type { Json } from './json.ts';

/** One call of a command, as artifacts record it. */
export interface Invocation {
  readonly invocationId: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** The command's arguments by dbt's names; no secrets. */
  readonly args: Readonly<Record<string, Json>>;
  /** The environment variables `DBT_ENV_CUSTOM_ENV_…` by the rest of their names. */
  readonly env: Readonly<Record<string, string>>;
}

/** The call of which an environment was given. */
export function invocationOf(environment: CompileEnvironment): Invocation {
  const { invocationId, startedAt, args = {}, customVariables: env = {} } = environment;
  return { invocationId, startedAt, args, env };
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
    env: invocation.env,
  };
}
