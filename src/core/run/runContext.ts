import type { Batch } from '../compile/batch.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import type { WarningRules } from '../diagnostics/warningRules.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { Clock } from './clock.ts';
import type { RelationCatalog } from './relationCatalog.ts';
import type { RunEvent } from './runEvent.ts';
import type { SqlEngine } from './sqlEngine.ts';

/** The batches of a microbatch model in the run before. */
export interface EarlierBatches {
  readonly successful: readonly Batch[];
  readonly failed: readonly Batch[];
}

/** What running nodes needs of the world. */
export interface RunContext {
  readonly manifest: Manifest;
  readonly environment: CompileEnvironment;
  readonly files: ProjectFiles;
  readonly engine: SqlEngine;
  readonly catalog: RelationCatalog;
  readonly clock: Clock;
  /** A relation that was made from the same code and data is left as it is. */
  readonly reuse: boolean;
  /** The first failure ends the run: what has not run yet is skipped (`--fail-fast`). */
  readonly failFast?: boolean;
  /** The present moment of SQL, in milliseconds since 1970, where it is not that of the engine. */
  readonly moment?: number;
  /** What microbatch models are built for, instead of all up to now (`--event-time-start`, `--event-time-end`). */
  readonly eventTime?: Batch | undefined;
  /** Up to when their batches go without it, in milliseconds since 1970; the start of the command where it is not given. */
  readonly batchesUntil?: number | undefined;
  /** In a retry: the batches that failed before, which alone are built now, and those that were built. */
  readonly earlierBatches?: ReadonlyMap<UniqueId, EarlierBatches> | undefined;
  /** What becomes of a test that warns. */
  readonly warnings?: WarningRules | undefined;
  readonly cancellation: Cancellation;
  readonly onEvent: (event: RunEvent) => void;
}
