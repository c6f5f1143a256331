import type { SeedNode, SourceNode } from '../compile/manifest.ts';
import { plainMapAt, type PlainValue } from '../project/plainValue.ts';
import type { Dialect, SqlType, TypedColumn } from '../sql/translation.ts';
import type { LoadColumn, LoadedColumn, LoadType } from './sqlEngine.ts';
import { named } from './tableColumns.ts';

const loadTypes: readonly (readonly [RegExp, LoadType])[] = [
  [/^(tiny|small|medium|big|huge|u)?int(eger|[248]|\d+)?$|^(big|small)?serial$|^long$|^byteint$/, 'integer'],
  [/^(decimal|numeric|number|dec|bignumeric|bigdecimal|money)$/, 'decimal'],
  [/^(float|double|real|float[48]|float64|double precision)$/, 'real'],
  [/^bool(ean)?$/, 'boolean'],
  [/^date$/, 'date'],
  [/^(timestamp|datetime)/, 'timestamp'],
  [/^(text|string|uuid|(n?var)?char\d*|nvarchar2?|varchar2|character( varying)?|bpchar|enum)$/, 'text'],
];

/**
 * The data types that the columns of a source's or a seed's file are declared with, by their names: a source's stand
 * with its columns, a seed's in its config `column_types`, and what stands with a seed's columns says nothing of how it
 * is loaded (dbt-adapters: materializations/seeds/helpers.sql).
 */
export function declaredColumns({ resourceType, config, columns }: LoadedNode): ReadonlyMap<string, string> {
  const types: readonly (readonly [string, PlainValue | undefined])[] =
    resourceType === 'source'
      ? columns.map(({ name, dataType }) => [name, dataType])
      : Object.entries(plainMapAt(config, 'column_types'));
  return new Map(types.flatMap(([name, type]) => (typeof type === 'string' ? [[name, type] as const] : [])));
}

type LoadedNode = Pick<SourceNode | SeedNode, 'resourceType' | 'config' | 'columns'>;

/** The columns to load of a source or a seed. A type that is not known leaves the type to the values. */
export function loadColumns(node: LoadedNode): readonly LoadColumn[] {
  return [...declaredColumns(node)].map(([name, dataType]) => {
    const read = readDataType(dataType);
    return read === undefined ? { name } : { name, type: read.type };
  });
}

/** The kind of a `data_type`; undefined for a type that is not known. */
export function kindOfDataType(dataType: string): SqlType['kind'] | undefined {
  return readDataType(dataType)?.type;
}

/**
 * The types of a loaded file's columns. A seed's fractions that are declared as nothing are floating point numbers in
 * every warehouse (dbt-adapters: sql/impl.py, convert_number_type).
 */
export function typesOfLoaded(columns: readonly LoadedColumn[], node: LoadedNode): readonly TypedColumn[] {
  const declared = [...declaredColumns(node)].map(([name, dataType]) => ({ name, dataType }));
  return columns.map((column) => {
    const { name, type, scale = defaultScale } = column;
    if (type !== 'decimal') return { name, type: { kind: type } };
    const dataType = named(declared, name)?.dataType;
    if (dataType !== undefined) return { name, type: { kind: type, scale: readDataType(dataType)?.scale ?? scale } };
    return { name, type: { kind: type, scale, ...(node.resourceType === 'seed' && { float: true }) } };
  });
}

/** The scale of `decimal` and `numeric` without parameters in BigQuery and DuckDB is 9 and 3; more keeps more. */
const defaultScale = 9;

function readDataType(dataType: string): { readonly type: LoadType; readonly scale: number | undefined } | undefined {
  const match = /^\s*([a-z_][\w ]*?)\s*(?:\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\))?(?:\s+with(?:out)? time zone)?\s*$/i.exec(
    dataType,
  );
  const name = match?.[1]?.toLowerCase();
  const type = loadTypes.find(([pattern]) => name !== undefined && pattern.test(name))?.[1];
  if (type === undefined) return undefined;
  const scale = match?.[3] ?? (match?.[2] === undefined ? undefined : '0');
  // NUMBER(38, 0) is how Snowflake writes an integer.
  if (type === 'decimal' && scale === '0') return { type: 'integer', scale: 0 };
  return { type, scale: scale === undefined ? undefined : Number(scale) };
}

/** Names of types in a dialect, as dbt's adapters give a table's columns. */
interface TypeNames {
  readonly integer: string;
  readonly real: string;
  /** Of a decimal; the scale is put behind it in parentheses, after the precision, where there is one. */
  readonly decimal: { readonly name: string; readonly precision?: number };
  readonly boolean: string;
  readonly date: string;
  readonly timestamp: string;
  readonly text: string;
}

const sparkTypes: TypeNames = {
  integer: 'bigint',
  real: 'double',
  decimal: { name: 'decimal', precision: 38 },
  boolean: 'boolean',
  date: 'date',
  timestamp: 'timestamp',
  text: 'string',
};

const typeNames: Readonly<Record<Dialect, TypeNames>> = {
  // dbt-sqlite gives the affinities of a table's columns, and knows neither booleans nor moments.
  sqlite: {
    integer: 'INT',
    real: 'REAL',
    decimal: { name: 'REAL' },
    boolean: 'INT',
    date: 'character varying(256)',
    timestamp: 'character varying(256)',
    text: 'character varying(256)',
  },
  duckdb: {
    integer: 'INTEGER',
    real: 'DOUBLE',
    decimal: { name: 'DECIMAL', precision: 18 },
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    text: 'character varying(256)',
  },
  postgres: {
    integer: 'integer',
    real: 'double precision',
    decimal: { name: 'numeric', precision: 28 },
    boolean: 'boolean',
    date: 'date',
    timestamp: 'timestamp without time zone',
    text: 'text',
  },
  redshift: {
    integer: 'integer',
    real: 'double precision',
    decimal: { name: 'numeric', precision: 28 },
    boolean: 'boolean',
    date: 'date',
    timestamp: 'timestamp without time zone',
    text: 'character varying(256)',
  },
  snowflake: {
    integer: 'INTEGER',
    real: 'DOUBLE',
    decimal: { name: 'NUMBER', precision: 38 },
    boolean: 'BOOLEAN',
    date: 'DATE',
    timestamp: 'TIMESTAMP_NTZ',
    text: 'VARCHAR',
  },
  bigquery: {
    integer: 'INT64',
    real: 'FLOAT64',
    decimal: { name: 'NUMERIC' },
    boolean: 'BOOL',
    date: 'DATE',
    timestamp: 'TIMESTAMP',
    text: 'STRING',
  },
  databricks: sparkTypes,
  spark: sparkTypes,
  trino: { ...sparkTypes, text: 'varchar' },
  clickhouse: { ...sparkTypes, integer: 'Int64', real: 'Float64', boolean: 'Bool', date: 'Date', text: 'String' },
};

/** A type as the dialect's SQL names it; undefined when the type is not known. */
export function dataTypeName(type: SqlType, dialect: Dialect): string | undefined {
  if (type.kind === 'unknown') return undefined;
  const names = typeNames[dialect];
  if (type.kind !== 'decimal') return names[type.kind];
  if (type.float === true) return names.real;
  const { name, precision } = names.decimal;
  return precision === undefined ? name : `${name}(${String(precision)},${String(type.scale)})`;
}
