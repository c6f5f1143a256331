import type { Dialect } from './translation.ts';

/** PostgreSQL, and what takes its expressions over. */
export const likePostgres: readonly Dialect[] = ['duckdb', 'postgres', 'redshift'];

/** In what the dialects differ where SQLite has its own way. */
export interface DialectRules {
  /** Where NULL stands when ORDER BY does not say. */
  readonly nullsLast: { readonly ascending: boolean; readonly descending: boolean };
  /** What `/` gives for two integers; undefined where it is neither. */
  readonly integerDivision: 'real' | 'integer' | undefined;
  /** Whether `/` of decimals keeps all digits that a double has; elsewhere it keeps a scale of its own. */
  readonly decimalDivision: boolean;
  /** Kinds of numbers whose average keeps all digits that a double has. */
  readonly averages: readonly ('integer' | 'decimal' | 'real')[];
  /** Whether a literal with a point is a float and not a decimal. */
  readonly pointIsFloat: boolean;
  /** Character that escapes in LIKE without ESCAPE. */
  readonly likeEscape: '\\' | undefined;
  /** Whether greatest, least and concat step over NULL; undefined where it is not certain. */
  readonly greatestSkipsNull: boolean;
  readonly concatSkipsNull: boolean;
  /** What casting a float to an integer does with its fraction: a half goes to the even integer, or away from zero. */
  readonly floatToInteger: 'even' | 'away' | 'truncate';
  /** Digits of `decimal` and `numeric` without any: undefined where the scale is free. */
  readonly defaultScale: number | undefined;
  /** Whether `float` has 8 bytes. */
  readonly floatIsDouble: boolean;
  /** Whether varchar(n) cuts, and so needs no refusal: `ignored` where n means nothing. */
  readonly varcharLength: 'ignored' | 'cuts' | undefined;
  /** Whether an alias of the SELECT list may be used beside it, in WHERE and in HAVING. */
  readonly lateralAliases: boolean;
  /** Whether date_trunc of a date is a timestamp, and a date with an interval of days. */
  readonly truncGivesTimestamp: boolean;
  readonly intervalGivesTimestamp: boolean;
  /** Whether text written from a decimal keeps its closing zeros, and from a timestamp none of its fraction's. */
  readonly decimalTextKeepsZeros: boolean;
  readonly timestampTextIsPlain: boolean;
  /** How a whole float is written: `10.0` or `10`; undefined where it is not certain. */
  readonly floatText: 'point' | 'plain' | undefined;
}

const postgres: DialectRules = {
  nullsLast: { ascending: true, descending: false },
  integerDivision: 'integer',
  decimalDivision: true,
  averages: ['integer', 'decimal', 'real'],
  pointIsFloat: false,
  likeEscape: '\\',
  greatestSkipsNull: true,
  concatSkipsNull: true,
  floatToInteger: 'even',
  defaultScale: undefined,
  floatIsDouble: true,
  varcharLength: 'cuts',
  lateralAliases: false,
  truncGivesTimestamp: true,
  intervalGivesTimestamp: true,
  decimalTextKeepsZeros: true,
  timestampTextIsPlain: true,
  floatText: 'plain',
};

const duckdb: DialectRules = {
  nullsLast: { ascending: true, descending: true },
  integerDivision: 'real',
  decimalDivision: true,
  averages: ['integer', 'decimal', 'real'],
  pointIsFloat: false,
  likeEscape: undefined,
  greatestSkipsNull: true,
  concatSkipsNull: true,
  floatToInteger: 'even',
  defaultScale: 3,
  floatIsDouble: false,
  varcharLength: 'ignored',
  lateralAliases: true,
  truncGivesTimestamp: true,
  intervalGivesTimestamp: true,
  decimalTextKeepsZeros: true,
  timestampTextIsPlain: true,
  floatText: 'point',
};

const spreads = { greatestSkipsNull: false, concatSkipsNull: false } as const;

const spark: DialectRules = {
  ...duckdb,
  nullsLast: { ascending: false, descending: true },
  decimalDivision: false,
  averages: ['integer', 'real'],
  intervalGivesTimestamp: false,
  likeEscape: '\\',
  concatSkipsNull: false,
  floatToInteger: 'truncate',
  defaultScale: 0,
  varcharLength: undefined,
  floatText: undefined,
};

/**
 * Each dialect's rules, from its own manual. ClickHouse has none: where others have NULL (after an outer join, for a
 * sum of nothing) it has zeros. DuckDB's are checked against DuckDB itself (test/oracle/sql).
 */
export const dialectRules: Readonly<Record<Exclude<Dialect, 'sqlite' | 'clickhouse'>, DialectRules>> = {
  postgres,
  duckdb,
  redshift: {
    ...postgres,
    decimalDivision: false,
    averages: ['real'],
    concatSkipsNull: false,
    defaultScale: 0,
    lateralAliases: true,
  },
  snowflake: {
    ...postgres,
    ...spreads,
    integerDivision: undefined,
    decimalDivision: false,
    averages: ['real'],
    floatToInteger: 'away',
    truncGivesTimestamp: false,
    intervalGivesTimestamp: false,
    timestampTextIsPlain: false,
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
    decimalDivision: false,
    averages: ['integer', 'real'],
    pointIsFloat: true,
    floatToInteger: 'away',
    decimalTextKeepsZeros: false,
    timestampTextIsPlain: false,
    defaultScale: 9,
    varcharLength: undefined,
    truncGivesTimestamp: false,
    floatText: undefined,
  },
  databricks: spark,
  spark,
  trino: {
    ...postgres,
    ...spreads,
    nullsLast: { ascending: true, descending: true },
    decimalDivision: false,
    averages: ['integer', 'real'],
    floatToInteger: 'away',
    intervalGivesTimestamp: false,
    timestampTextIsPlain: false,
    likeEscape: undefined,
    defaultScale: 0,
    floatIsDouble: false,
    varcharLength: undefined,
    truncGivesTimestamp: false,
    floatText: undefined,
  },
};
