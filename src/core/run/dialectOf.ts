import type { Dialect } from '../sql/translation.ts';

const dialects: Readonly<Record<string, Dialect>> = {
  sqlite: 'sqlite',
  duckdb: 'duckdb',
  postgres: 'postgres',
  redshift: 'redshift',
  snowflake: 'snowflake',
  bigquery: 'bigquery',
  databricks: 'databricks',
  spark: 'spark',
  trino: 'trino',
  athena: 'trino',
  clickhouse: 'clickhouse',
};

/** The dialect that models for a dbt adapter are written in; undefined for an adapter that is not known. */
export function dialectOf(adapterType: string): Dialect | undefined {
  return Object.hasOwn(dialects, adapterType) ? dialects[adapterType] : undefined;
}
