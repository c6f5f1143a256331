import type { Manifest } from '../compile/manifest.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import type { WarningRules } from '../diagnostics/warningRules.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { Clock } from './clock.ts';
import type { RelationCatalog } from './relationCatalog.ts';
import type { RunEvent } from './runEvent.ts';
import type { SqlEngine } from './sqlEngine.ts';

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
  /** What becomes of a test that warns. */
  readonly warnings?: WarningRules | undefined;
  readonly cancellation: Cancellation;
  readonly onEvent: (event: RunEvent) => void;
}
