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

/**
 * The database as templates reach it while they are rendered (`run_query`, `adapter.execute`). Rendering cannot wait,
 * so what is not known yet is thrown as `AnswerNeeded`: whoever renders asks the database and renders again, and the
 * statements are answered as before, each run once.
 */
export interface TemplateDatabase {
  execute(sql: string): StatementAnswer | StatementFault;
}

/** Thrown by a `TemplateDatabase`: this statement must be run before the template can go on. */
export class AnswerNeeded extends Error {
  readonly sql: string;

  constructor(sql: string) {
    super('a template waits for the database');
    this.name = 'AnswerNeeded';
    this.sql = sql;
  }
}
