import type { PlainMap } from './plainValue.ts';

/** The connection that a profile's target names. Only what models may see; never passwords. */
export interface Target {
  readonly profileName: string;
  readonly name: string;
  /** The adapter: duckdb, postgres, bigquery … Decides the dialect that the models are written in. */
  readonly type: string;
  readonly schema: string;
  readonly database: string;
  readonly threads: number;
  /** The target's other settings that are not secret, for `{{ target.x }}`. */
  readonly settings: PlainMap;
}
