import type { FileLocation, NodeStatus, NodeTest, ResourceType } from './nodeFacts.ts';
import type { ResultsComparison } from './resultsComparison.ts';

/** What the rows are of: a node of the project, SQL that the user selected or typed, or a node's table on a warehouse. */
export type ResultsSubject =
  | {
      readonly kind: 'node';
      readonly id: string;
      readonly resourceType: ResourceType;
      readonly status: NodeStatus;
      readonly location?: FileLocation;
      readonly tests: readonly NodeTest[];
    }
  | { readonly kind: 'sql'; readonly location?: FileLocation }
  | { readonly kind: 'warehouse'; readonly target: string; readonly location?: FileLocation };

export interface ResultsColumn {
  readonly name: string;
  /** The column's type as the project's dialect writes it. */
  readonly type: string;
  /** `end` for numbers; `start` when absent. */
  readonly align?: 'start' | 'end';
}

/** What a query or a node failed with. */
export interface ResultsError {
  /** One or two sentences for people. */
  readonly message: string;
  readonly location?: FileLocation;
  /** The offending SQL, the compiler's excerpt or the engine's words: shown in monospace, line breaks kept. */
  readonly detail?: string;
}

/** Shown in the header of every state but `empty`. */
interface Titled {
  /**
   * Rises with every snapshot that shows other rows. A snapshot of the same generation may change the subject's facts
   * (a test ended), never the rows.
   */
  readonly generation: number;
  /** The node's name, or `Selected SQL`. */
  readonly title: string;
  readonly subject: ResultsSubject;
}

/** The whole of what the view shows, without the rows: those are asked for by pages. */
export type ResultsSnapshot =
  | { readonly state: 'empty'; readonly generation: number; readonly message?: string }
  | (Titled & {
      readonly state: 'running';
      /** What runs now, for people: `Building stg_players (2 of 3)`. */
      readonly message?: string;
    })
  | (Titled & {
      readonly state: 'rows';
      readonly columns: readonly ResultsColumn[];
      readonly rowCount: number;
      readonly durationMs: number;
      /** The preview's limit, when it cut the rows off. */
      readonly limited?: number;
      /** Present when the rows are those in which two tables differ. */
      readonly comparison?: ResultsComparison;
    })
  | (Titled & { readonly state: 'failed'; readonly error: ResultsError; readonly durationMs?: number })
  | (Titled & { readonly state: 'cancelled' });

/**
 * A value as the grid shows it. BIGINT, DECIMAL, dates and timestamps are strings, so nothing is lost on the way;
 * numbers are those that a double holds exactly.
 */
export type ResultsValue = string | number | boolean | null;

/** Rows `from` up to `from + count` (zero-based). */
export interface PageRequest {
  readonly generation: number;
  readonly from: number;
  readonly count: number;
}

/** Rows of one generation; a page of another generation than the one shown is dropped. */
export interface Page {
  readonly generation: number;
  /** JSON text of `ResultsValue[][]`, in column order: one string is several times cheaper to send than objects. */
  readonly rows: string;
}

/** Events the host pushes. */
export type ResultsEvents = {
  readonly snapshot: ResultsSnapshot;
};

/** Requests of the view. */
export type ResultsMethods = {
  readonly page: (params: PageRequest) => Page;
  /** Opens a file of the project at a place. */
  readonly openLocation: (params: FileLocation) => void;
  /** Stops what runs. */
  readonly cancel: (params: null) => void;
  /** Asks for the same rows again, after an error or a cancelled run. */
  readonly rerun: (params: null) => void;
};
