/** What the views know of a dbt node. JSON-safe; no type here comes from the core, so neither does its code. */

/** A place in a file of the project: a path with `/` relative to the project's folder, and zero-based positions. */
export interface FileLocation {
  readonly file: string;
  readonly line: number;
  readonly character: number;
}

/**
 * dbt's resource types that stand in a lineage; tests are shown with the node they test. A `task` is one of a DAG that is
 * looked at before it is written.
 */
export type ResourceType =
  | 'source'
  | 'seed'
  | 'model'
  | 'snapshot'
  | 'analysis'
  | 'exposure'
  | 'metric'
  | 'semantic_model'
  | 'saved_query'
  | 'function'
  | 'task';

/**
 * What is known of a node's table. `none`: never built or loaded; `stale`: built, but the project changed since;
 * `skipped`: something upstream failed in the last run.
 */
export type NodeStatus = 'none' | 'queued' | 'running' | 'success' | 'error' | 'skipped' | 'stale';

/** dbt's test statuses, before them `none` (never run) and `running`. */
export type TestVerdict = 'none' | 'running' | 'pass' | 'warn' | 'fail' | 'error' | 'skipped';

/** One data test or unit test of a node, and how it ended last time. */
export interface NodeTest {
  /** dbt's unique id of the test. */
  readonly id: string;
  readonly name: string;
  readonly verdict: TestVerdict;
  /** Number of rows the test returned; present when it failed or warned. */
  readonly failures?: number;
  /** One line for people: what was expected and what was found. */
  readonly message?: string;
  /** Where the test is written. */
  readonly location?: FileLocation;
}
