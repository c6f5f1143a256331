import type { Diagnostic } from '../diagnostics/diagnostic.ts';

/** Names of dialects as dbt's adapters name them; `sqlite` is what the embedded engine speaks. */
export type Dialect =
  | 'sqlite'
  | 'duckdb'
  | 'postgres'
  | 'redshift'
  | 'snowflake'
  | 'bigquery'
  | 'databricks'
  | 'spark'
  | 'trino'
  | 'clickhouse';

/** A column's type in the terms that decide how SQLite must compute with it. */
export type SqlType =
  | { readonly kind: 'integer' | 'real' | 'boolean' | 'date' | 'timestamp' | 'text' | 'unknown' }
  /** `float`: a floating point number of the warehouse whose digits are known, such as a fraction of a seed. */
  | { readonly kind: 'decimal'; readonly scale: number; readonly float?: true };

export interface TypedColumn {
  readonly name: string;
  readonly type: SqlType;
}

/** Columns by relation: the key is the relation's identifier as the compiled SQL names it, unquoted. */
export type RelationTypes = Readonly<Record<string, readonly TypedColumn[]>>;

export interface TranslateRequest {
  /** One query, as the model's warehouse would be given it. */
  readonly sql: string;
  readonly dialect: Dialect;
  readonly relations: RelationTypes;
  /** File that diagnostics name; their ranges are positions in `sql`. */
  readonly file: string;
}

export interface Translation {
  /** The same query for SQLite; undefined when it was refused, and then the diagnostics say why. */
  readonly sql: string | undefined;
  /** Columns of the result with their types, as far as they can be told; undefined when they cannot. */
  readonly columns: readonly TypedColumn[] | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
