import type { Dialect } from './translation.ts';

/** In what the dialects differ where SQLite has its own way. */
export interface DialectRules {
  /** Where NULL stands when ORDER BY does not say. */
  readonly nullsLast: { readonly ascending: boolean; readonly descending: boolean };
  /** What `/` gives for two integers; undefined where it is neither. */
  readonly integerDivision: 'real' | 'integer' | undefined;
  /** Character that escapes in LIKE without ESCAPE. */
  readonly likeEscape: '\\' | undefined;
  /** Whether greatest, least and concat step over NULL; undefined where it is not certain. */
  readonly greatestSkipsNull: boolean;
  readonly concatSkipsNull: boolean;
  /** What casting a fraction to an integer does with its half: to even for floats, away from zero for decimals. */
  readonly castToInteger: 'round' | 'truncate';
  /** Digits of `decimal` and `numeric` without any: undefined where the scale is free. */
  readonly defaultScale: number | undefined;
  /** Whether `float` has 8 bytes. */
  readonly floatIsDouble: boolean;
  /** Whether varchar(n) cuts, and so needs no refusal: `ignored` where n means nothing. */
  readonly varcharLength: 'ignored' | 'cuts' | undefined;
  /** Whether an alias of the SELECT list may be used beside it, in WHERE and in HAVING. */
  readonly lateralAliases: boolean;
  /** Whether date_trunc of a date is a timestamp. */
  readonly truncGivesTimestamp: boolean;
}

const postgres: DialectRules = {
  nullsLast: { ascending: true, descending: false },
  integerDivision: 'integer',
  likeEscape: '\\',
  greatestSkipsNull: true,
  concatSkipsNull: true,
  castToInteger: 'round',
  defaultScale: undefined,
  floatIsDouble: true,
  varcharLength: 'cuts',
  lateralAliases: false,
  truncGivesTimestamp: true,
};

const duckdb: DialectRules = {
  nullsLast: { ascending: true, descending: true },
  integerDivision: 'real',
  likeEscape: undefined,
  greatestSkipsNull: true,
  concatSkipsNull: true,
  castToInteger: 'round',
  defaultScale: 3,
  floatIsDouble: false,
  varcharLength: 'ignored',
  lateralAliases: true,
  truncGivesTimestamp: true,
};

const spreads = { greatestSkipsNull: false, concatSkipsNull: false } as const;

const spark: DialectRules = {
  ...duckdb,
  nullsLast: { ascending: false, descending: true },
  likeEscape: '\\',
  concatSkipsNull: false,
  castToInteger: 'truncate',
  defaultScale: 0,
  varcharLength: undefined,
};

/** Each dialect's rules, from its own manual. DuckDB's are recorded from DuckDB itself (test/oracle/sql). */
export const dialectRules: Readonly<Record<Exclude<Dialect, 'sqlite'>, DialectRules>> = {
  postgres,
  duckdb,
  redshift: { ...postgres, concatSkipsNull: false, defaultScale: 0, lateralAliases: true },
  snowflake: {
    ...postgres,
    ...spreads,
    integerDivision: undefined,
    likeEscape: undefined,
    defaultScale: 0,
    varcharLength: undefined,
    lateralAliases: true,
  },
  bigquery: {
    ...postgres,
    ...spreads,
    nullsLast: { ascending: false, descending: true },
    integerDivision: 'real',
    defaultScale: 9,
    varcharLength: undefined,
    truncGivesTimestamp: false,
  },
  databricks: spark,
  spark,
  trino: {
    ...postgres,
    ...spreads,
    nullsLast: { ascending: true, descending: true },
    likeEscape: undefined,
    defaultScale: 0,
    floatIsDouble: false,
    varcharLength: undefined,
    truncGivesTimestamp: false,
  },
  clickhouse: {
    ...duckdb,
    likeEscape: '\\',
    concatSkipsNull: false,
    defaultScale: 0,
    castToInteger: 'truncate',
    varcharLength: undefined,
    truncGivesTimestamp: false,
  },
};
