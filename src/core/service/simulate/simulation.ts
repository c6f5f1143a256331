import type { Cancellation } from '../../diagnostics/cancellation.ts';
import type { FreshnessStatus } from '../../run/measureFreshness.ts';
import type { NodeStatus } from '../../run/nodeResult.ts';
import type { ModelChange, SnapshotChange } from './tableChanges.ts';

export interface SimulationRequest {
  /** How many days, one or more. */
  readonly days: number;
  /** The first day, `2024-01-31`; the day of the first arrival when undefined. */
  readonly from: string | undefined;
  readonly cancellation: Cancellation;
  readonly onEvent: (event: SimulationEvent) => void;
}

/** What a simulation tells while it goes on. `index` counts from one. */
export type SimulationEvent =
  | { readonly kind: 'preparing'; readonly step: string }
  | {
      readonly kind: 'building';
      readonly date: string;
      readonly index: number;
      readonly total: number;
      readonly node: string;
    }
  | { readonly kind: 'day'; readonly day: SimulatedDay; readonly index: number; readonly total: number };

/** Rows that came on a day, and how many there are then. */
export interface ArrivedRows {
  readonly table: string;
  /** The column that says when a row arrives; undefined when all are there from the first day on. */
  readonly column: string | undefined;
  readonly arrived: number;
  readonly rows: number;
}

/** A node that did not end well. */
export interface Trouble {
  readonly node: string;
  readonly resourceType: string;
  readonly status: NodeStatus;
  readonly failures: number | undefined;
  readonly message: string | undefined;
}

export interface SourceAge {
  readonly source: string;
  readonly status: FreshnessStatus;
  /** Seconds since the youngest row; undefined when it could not be asked. */
  readonly age: number | undefined;
}

/** One day: what came, and what the build at its end made of it. JSON-safe. */
export interface SimulatedDay {
  readonly date: string;
  readonly arrivals: readonly ArrivedRows[];
  readonly models: readonly ModelChange[];
  readonly snapshots: readonly SnapshotChange[];
  /** Tests that failed or warned, and nodes that had errors. */
  readonly troubles: readonly Trouble[];
  readonly passed: number;
  readonly skipped: number;
  readonly freshness: readonly SourceAge[];
}

/** All days, and whether the rows were made for them. */
export interface Simulation {
  readonly days: readonly SimulatedDay[];
  /** True when the project had no data, and rows were generated in memory. */
  readonly isGenerated: boolean;
}
