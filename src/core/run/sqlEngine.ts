/** A value as SQLite keeps it. Integers beyond 2^53 are `bigint`. */
export type SqlValue = null | number | bigint | string | Uint8Array;

/** Rows as arrays in column order: the cheapest shape to send between threads. */
export interface ResultSet {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlValue[])[];
}

/**
 * How a CSV column is stored. A value that does not fit a declared type is a fault and the load is refused; it is
 * never turned into 0 or NULL. An empty value is NULL.
 */
export type LoadType = 'integer' | 'decimal' | 'real' | 'boolean' | 'date' | 'timestamp' | 'text';

export interface LoadColumn {
  readonly name: string;
  /** Without a type, the type is inferred from the values (the narrowest that all of them fit). */
  readonly type?: LoadType;
}

export interface LoadRequest {
  /** Name of the table to make, unquoted; an existing one is replaced only when all rows were read. */
  readonly table: string;
  /** Name of the file, for messages. */
  readonly file: string;
  /** Declared columns, matched by name without regard to case; undeclared columns of the file are kept. */
  readonly columns: readonly LoadColumn[];
  readonly delimiter?: string;
  /**
   * Loads what can be read of a faulty file: records that are ragged are left out, values that do not fit are read as
   * empty, every fault is told, and the result has `lines`.
   */
  readonly lenient?: boolean;
}

export interface LoadedColumn {
  readonly name: string;
  readonly type: LoadType;
  /** Most digits after the point among the values of a decimal column. */
  readonly scale?: number;
}

/** A fault in a CSV file: one-based line of the file on which the record starts. */
export interface CsvFault {
  readonly kind: 'ragged' | 'unclosedQuote' | 'badValue' | 'duplicateColumn' | 'empty' | 'encoding' | 'delimiter';
  readonly line: number;
  /** Zero-based column of the file's columns, where one is meant. */
  readonly field?: number;
  readonly message: string;
}

export interface LoadResult {
  readonly columns: readonly LoadedColumn[];
  readonly rowCount: number;
  /**
   * The first hundred faults, or all of them when the load was lenient. A table is made only when there is none, or
   * when the load was lenient and the header could be read; else the one that was there stays.
   */
  readonly faults: readonly CsvFault[];
  readonly loaded: boolean;
  /** Of a lenient load: for each row, in the order of their rowids from 1 on, the line on which its record starts. */
  readonly lines?: Int32Array;
}

/** A fault that SQLite reports: its own message, and the statement that it came from. */
export class SqlEngineError extends Error {
  readonly sql: string;

  constructor(message: string, sql: string) {
    super(message);
    this.name = 'SqlEngineError';
    this.sql = sql;
  }
}

/** What every pending and later call is rejected with when the work was interrupted. */
export class SqlEngineInterrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'SqlEngineInterrupted';
  }
}

/**
 * A database that runs models. The embedded one is sql.js; another engine is another implementation.
 * Calls run one after another in the order they were made. A fault in SQL rejects with `SqlEngineError`.
 */
export interface SqlEngine {
  /** Begins what `open` would have to wait for, for callers that know that they will open a database soon. */
  start(): void;
  /** Starts with a database file's bytes, or an empty database; what was open before is dropped. */
  open(image?: Uint8Array): Promise<void>;
  /** Runs one or more statements, and gives the number of rows the last one changed. */
  exec(sql: string): Promise<number>;
  /** Runs one statement and gives all of its rows. */
  query(sql: string): Promise<ResultSet>;
  /** Rows `offset` up to `offset + limit` of a query; its order is kept. */
  page(sql: string, offset: number, limit: number): Promise<ResultSet>;
  /** Loads a CSV given as chunks of UTF-8 bytes; `onRows` hears the number of rows so far. */
  load(request: LoadRequest, chunks: AsyncIterable<Uint8Array>, onRows?: (rows: number) => void): Promise<LoadResult>;
  /** The database as the bytes of an SQLite file. */
  export(): Promise<Uint8Array>;
  /** Stops what runs now, at once. The database is lost: `open` must follow. */
  interrupt(): void;
  close(): Promise<void>;
}
