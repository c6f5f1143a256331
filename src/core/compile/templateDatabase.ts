/** A value that a statement gave, as Python would have it: an integer is a bigint, a decimal or float a number. */
export type AnswerValue = null | boolean | bigint | number | string;

/** What a statement gave. */
export interface StatementAnswer {
  readonly kind: 'answer';
  /** Names of the columns; empty for a statement that gives no rows. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly AnswerValue[])[];
  /** Rows that a statement without a result changed. */
  readonly rowsAffected: number;
}

/** Why a statement could not be run. */
export interface StatementFault {
  readonly kind: 'fault';
  readonly message: string;
}

/** A statement that will be run, and whose answer is not there yet. */
export interface PendingStatement {
  readonly kind: 'pending';
  /** Throws `AnswerNeeded`. */
  readonly read: () => never;
}

/**
 * The database as templates reach it while they are rendered (`run_query`, `adapter.execute`). Rendering cannot wait:
 * it goes on with a statement that is pending until it needs the answer, which is thrown as `AnswerNeeded`. Whoever
 * renders runs what is pending and renders again, and the statements are answered as before, each run once.
 */
export interface TemplateDatabase {
  execute(sql: string): StatementAnswer | StatementFault | PendingStatement;
}

/** Thrown when a template cannot go on before what it has asked of the database is answered. */
export class AnswerNeeded extends Error {
  constructor() {
    super('a template waits for the database');
    this.name = 'AnswerNeeded';
  }
}
