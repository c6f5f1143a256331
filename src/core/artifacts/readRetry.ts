import type { UniqueId } from '../project/uniqueId.ts';
import type { RunCommand } from '../run/runGraph.ts';

/** What an earlier run left to be done again. */
export interface Retry {
  readonly command: RunCommand;
  readonly fullRefresh: boolean;
  readonly storeFailures: boolean;
  /** The run's `--vars` as they are written; undefined when there were none. */
  readonly vars: string | undefined;
  /** Nodes that did not end well. */
  readonly ids: ReadonlySet<UniqueId>;
}

const commands: readonly RunCommand[] = ['build', 'run', 'seed', 'snapshot', 'test'];
const retried: readonly unknown[] = ['error', 'fail', 'skipped'];

/** Reads run_results.json for `retry` (dbt-core: core/dbt/task/retry.py); undefined when it is no such artifact. */
export function readRetry(text: string): Retry | undefined {
  const artifact = parsed(text);
  const args = objectOf(artifact['args']);
  const command = commands.find((one) => one === args['which']);
  const results: readonly unknown[] = Array.isArray(artifact['results']) ? artifact['results'] : [];
  if (command === undefined) return undefined;
  const ids = results
    .map(objectOf)
    .filter(({ status }) => retried.includes(status))
    .map((result) => String(result['unique_id']) as UniqueId);
  const { vars } = args;
  return {
    command,
    fullRefresh: args['full_refresh'] === true,
    storeFailures: args['store_failures'] === true,
    vars: typeof vars === 'string' ? vars : undefined,
    ids: new Set(ids),
  };
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    return objectOf(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
