import type { SqlType } from '../translation.ts';
import type { TypeName } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import type { Context } from './context.ts';

/** What a cast is to give. */
export interface CastTarget {
  readonly type: SqlType;
  /** Characters at which text is cut. */
  readonly length?: number;
  readonly withZone?: boolean;
  /** PostgreSQL's numeric without digits: any scale. */
  readonly freeScale?: boolean;
}

const plainTypes: Readonly<Record<string, SqlType>> = {
  date: types.date,
  timestamp: types.timestamp,
  datetime: types.timestamp,
  'timestamp without time zone': types.timestamp,
  timestamp_ntz: types.timestamp,
  int: types.integer,
  integer: types.integer,
  bigint: types.integer,
  smallint: types.integer,
  tinyint: types.integer,
  int2: types.integer,
  int4: types.integer,
  int8: types.integer,
  int64: types.integer,
  long: types.integer,
  hugeint: types.integer,
  double: types.real,
  'double precision': types.real,
  float8: types.real,
  float64: types.real,
  bool: types.boolean,
  boolean: types.boolean,
};

const decimals = new Set(['decimal', 'numeric', 'number', 'dec']);
const texts = new Set(['varchar', 'text', 'string', 'character varying', 'nvarchar']);
const zoned = new Set(['timestamptz', 'timestamp with time zone', 'timestamp_tz']);

/** The type that a cast names in the dialect; undefined when the embedded engine has nothing like it. */
export function castTarget(context: Context, name: TypeName): CastTarget | undefined {
  const { rules } = context;
  if (decimals.has(name.name)) {
    const scale = name.args.length > 0 ? (name.args[1] ?? 0) : rules.defaultScale;
    return scale === undefined ? { type: types.real, freeScale: true } : { type: types.decimal(scale) };
  }
  if (texts.has(name.name)) return textTarget(context, name.args[0]);
  if (zoned.has(name.name)) return { type: types.timestamp, withZone: true };
  if (name.name === 'float' && name.args.length === 0 && rules.floatIsDouble) return { type: types.real };
  const type = Object.hasOwn(plainTypes, name.name) ? plainTypes[name.name] : undefined;
  return type === undefined || name.args.length > 0 ? undefined : { type };
}

function textTarget(context: Context, length: number | undefined): CastTarget | undefined {
  if (length === undefined || context.rules.varcharLength === 'ignored') return { type: types.text };
  return context.rules.varcharLength === 'cuts' ? { type: types.text, length } : undefined;
}
