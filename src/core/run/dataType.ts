import type { SqlType } from '../sql/translation.ts';
import type { LoadColumn, LoadedColumn, LoadType } from './sqlEngine.ts';

const loadTypes: readonly (readonly [RegExp, LoadType])[] = [
  [/^(tiny|small|medium|big|huge|u)?int(eger|[248]|\d+)?$|^(big|small)?serial$|^long$|^byteint$/, 'integer'],
  [/^(decimal|numeric|number|dec|bignumeric|bigdecimal|money)$/, 'decimal'],
  [/^(float|double|real|float[48]|float64|double precision)$/, 'real'],
  [/^bool(ean)?$/, 'boolean'],
  [/^date$/, 'date'],
  [/^(timestamp|datetime)/, 'timestamp'],
  [/^(text|string|uuid|(n?var)?char\d*|nvarchar2?|varchar2|character( varying)?|bpchar|enum)$/, 'text'],
];

/** A `data_type` of properties YAML as a column to load. A type that is not known leaves the type to the values. */
export function loadColumnOf(name: string, dataType: string | undefined): LoadColumn {
  const read = dataType === undefined ? undefined : readDataType(dataType);
  return read === undefined ? { name } : { name, type: read.type };
}

/** The types of a loaded file's columns; `declared` are the data types by column name in lower case. */
export function typeOfLoaded(column: LoadedColumn, declared: ReadonlyMap<string, string>): SqlType {
  if (column.type !== 'decimal') return { kind: column.type };
  const dataType = declared.get(column.name.toLowerCase());
  const scale = dataType === undefined ? undefined : readDataType(dataType)?.scale;
  return { kind: 'decimal', scale: scale ?? column.scale ?? defaultScale };
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
