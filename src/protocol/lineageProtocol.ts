import type { FileLocation, NodeStatus, NodeTest, ResourceType } from './nodeFacts.ts';

export interface LineageColumn {
  readonly name: string;
  readonly type?: string;
}

/** A card of the graph. */
export interface LineageNode {
  /** dbt's unique id, such as `model.gaming_analytics.daily_player_transactions`. */
  readonly id: string;
  readonly name: string;
  readonly resourceType: ResourceType;
  /** `table`, `view`, `incremental`, `ephemeral`, `materialized_view`; models and seeds only. */
  readonly materialized?: string;
  /** The schema a node is built in. */
  readonly schema?: string;
  /** What a task runs, as `dbt build --select players`; tasks only. */
  readonly command?: string;
  /** The source a source table belongs to. */
  readonly sourceName?: string;
  readonly columns: readonly LineageColumn[];
  /** Where the node is written: its SQL or CSV file, or its entry in a properties file. */
  readonly location?: FileLocation;
  readonly status: NodeStatus;
  /** Why the node failed or was skipped, in one line. */
  readonly message?: string;
  readonly rowCount?: number;
  readonly durationMs?: number;
  readonly tests: readonly NodeTest[];
}

/** `to` reads from `from`: unique ids of nodes of the same snapshot. */
export interface LineageEdge {
  readonly from: string;
  readonly to: string;
}

/** What a button of an empty or failed state asks the host to do; the host says which one helps. */
export type LineageAction = 'createSample' | 'openFolder' | 'showProblems' | 'reload' | 'trustWorkspace';

/** A run in progress, of which `done` of `total` nodes and tests have ended. */
export interface LineageRun {
  /** What runs, for people: `Building gaming_analytics`. */
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

/** A task of a DAG. */
export interface DagTask {
  readonly id: string;
  /** As it would be typed, or what the task does instead. */
  readonly command: string;
  /** The tasks that it waits for. */
  readonly after: readonly string[];
}

/** A DAG that is looked at before it is written. */
export interface DagSnapshot {
  readonly state: 'dag';
  /** Airflow's name of it. */
  readonly dagId: string;
  /** As `@daily`. */
  readonly schedule: string;
  readonly tasks: readonly DagTask[];
}

/** The whole of what the view shows. */
export type LineageSnapshot =
  | { readonly state: 'noProject'; readonly message?: string; readonly actions: readonly LineageAction[] }
  | { readonly state: 'loading'; readonly message?: string }
  | {
      readonly state: 'failed';
      readonly message: string;
      readonly detail?: string;
      readonly location?: FileLocation;
      readonly actions: readonly LineageAction[];
    }
  | DagSnapshot
  | {
      readonly state: 'ready';
      readonly projectName: string;
      /** Rises when the project was read again. */
      readonly generation: number;
      readonly nodes: readonly LineageNode[];
      readonly edges: readonly LineageEdge[];
      readonly selectedId?: string;
      readonly run?: LineageRun;
      /** False in an untrusted workspace: nothing can be run, so no button offers it. */
      readonly canRun: boolean;
    };

/** Events the host pushes. */
export type LineageEvents = {
  readonly snapshot: LineageSnapshot;
};

/** Requests of the view. They settle when the host has taken the wish, not when the work is done. */
export type LineageMethods = {
  /** Makes a node the selected one and shows its rows; null selects nothing. */
  readonly select: (params: { readonly id: string | null }) => void;
  /** Opens the file a node is written in. */
  readonly open: (params: { readonly id: string }) => void;
  /** Shows the node's rows, after building what it needs. */
  readonly preview: (params: { readonly id: string }) => void;
  /** Runs the node alone, as `dbt run --select` does. */
  readonly run: (params: { readonly id: string }) => void;
  /** Runs the tests of the node. */
  readonly test: (params: { readonly id: string }) => void;
  /** Builds the whole project, or a node and what it depends on. */
  readonly build: (params: { readonly id?: string }) => void;
  /** Stops the run in progress. */
  readonly cancel: (params: null) => void;
  readonly openLocation: (params: FileLocation) => void;
  /** Ends the look at a DAG: it is to be written, or not. */
  readonly decideDag: (params: { readonly write: boolean }) => void;
  readonly act: (params: { readonly action: LineageAction }) => void;
};
