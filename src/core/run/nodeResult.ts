import type { Batch } from '../compile/batch.ts';
import type { RunnableNode } from '../compile/manifest.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';

/** dbt's statuses of a node that was run (core/dbt/artifacts/schemas/results.py). */
export type NodeStatus = 'success' | 'error' | 'partial success' | 'skipped' | 'pass' | 'warn' | 'fail' | 'no-op';

/** Start and end of one step, in milliseconds since 1970. */
export interface Timing {
  readonly name: 'compile' | 'execute';
  readonly startedAt: number;
  readonly completedAt: number;
}

/** How one batch of a microbatch model ended. */
export interface BatchResult extends Batch {
  readonly status: 'success' | 'error' | 'skipped';
  readonly compiledCode: string | undefined;
  readonly executedSql: string | undefined;
  readonly seconds: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** How one node ended. */
export interface NodeResult {
  readonly node: RunnableNode;
  readonly status: NodeStatus;
  /** dbt's one-line message: `OK`, `INSERT 3`, `CREATE 3`, `Got 1 result, configured to fail if != 0`, or the error. */
  readonly message: string | undefined;
  /** Failing rows of a test. */
  readonly failures: number | undefined;
  readonly compiledCode: string | undefined;
  /** Of a unit test: the queries that stood for the tables that its model reads, by the tables' names. */
  readonly givenCode?: ReadonlyMap<string, string>;
  /** What was executed on the embedded engine. */
  readonly executedSql: string | undefined;
  /** Of a microbatch model: its batches, in their order. */
  readonly batches?: readonly BatchResult[];
  /** Of a microbatch model in a retry: the batches that were built before it. */
  readonly batchesBefore?: readonly Batch[];
  /** Rows of the table that was made. */
  readonly rowCount: number | undefined;
  readonly columns: readonly TypedColumn[] | undefined;
  readonly timing: readonly Timing[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Everything a run did, in the order in which the nodes ended. */
export interface RunResults {
  readonly results: readonly NodeResult[];
  /** Why sources could not be loaded. */
  readonly sourceFaults: readonly Diagnostic[];
  readonly startedAt: number;
  readonly completedAt: number;
  readonly cancelled: boolean;
}

/** Statuses that stop what is downstream, and that make a run fail (core/dbt/task/runnable.py). */
export function isFailure(status: NodeStatus): boolean {
  return status === 'error' || status === 'partial success' || status === 'fail' || status === 'skipped';
}

/** Statuses of what was to be built and is not there, or not whole. */
export function isUnbuilt(status: NodeStatus): boolean {
  return status === 'error' || status === 'partial success';
}

/** Statuses that end a run with `--fail-fast` (core/dbt/task/runnable.py). */
export function endsFailFast(status: NodeStatus): boolean {
  return isFailure(status) && status !== 'skipped';
}

/** Seconds that a node took. */
export function executionSeconds({ timing }: Pick<NodeResult, 'timing'>): number {
  const [first] = timing;
  const last = timing.at(-1);
  return first === undefined || last === undefined ? 0 : (last.completedAt - first.startedAt) / 1000;
}
