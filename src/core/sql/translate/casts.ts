import type { Span } from '../span.ts';
import type { SqlType } from '../translation.ts';
import * as types from '../sqlTypes.ts';
import { mismatch, refuse, type Context } from './context.ts';
import { atom, binding, enclosed, isNull, isStringLiteral, operand, quote, raise, type Emitted } from './emitted.ts';
import { dateText, timestampText } from './momentText.ts';
import * as read from './textChecks.ts';
import type { CastTarget } from './typeNames.ts';

/** Casts as the dialect casts; a value that cannot be cast fails, or is NULL when the cast is lenient. */
export function cast(context: Context, e: Emitted, target: CastTarget, span: Span, lenient: boolean): Emitted {
  const { type } = target;
  if (isNull(e)) return atom(e.sql, type);
  const onFailure = lenient ? 'null' : 'raise';
  switch (type.kind) {
    case 'date':
      return toDate(context, e, span, onFailure);
    case 'timestamp':
      return toTimestamp(context, e, span, onFailure, target.withZone === true);
    case 'integer':
      return toInteger(context, e, span, onFailure);
    case 'decimal':
      return toDecimal(context, e, type.scale, span, onFailure);
    case 'real':
      return target.freeScale === true && types.scaleOf(e.type) !== undefined ? e : toReal(context, e, span, onFailure);
    case 'boolean':
      return toBoolean(context, e, span, onFailure);
    case 'text': {
      const made = toText(context, e, span);
      return target.length === undefined ? made : atom(`substr(${made.sql}, 1, ${String(target.length)})`, types.text);
    }
    case 'unknown':
      return e;
  }
}

function impossible(context: Context, e: Emitted, to: string, span: Span): Emitted {
  return mismatch(context, span, `A ${types.typeName(e.type)} cannot be cast to ${to}`);
}

/** A string literal that is a date or a timestamp becomes one here, so that a wrong one is found before it is run. */
function momentLiteral(context: Context, e: Emitted, type: SqlType, span: Span): Emitted {
  const value = e.literal?.value ?? '';
  const meant = type.kind === 'date' ? dateText(value) : timestampText(value);
  if (meant === undefined) return mismatch(context, span, `'${value}' is not a ${type.kind} that is read here`);
  return { ...atom(quote(meant), type) };
}

function toDate(context: Context, e: Emitted, span: Span, onFailure: read.OnFailure): Emitted {
  switch (e.type.kind) {
    case 'date':
      return e;
    case 'timestamp':
      return atom(`substr(${e.sql}, 1, 10)`, types.date);
    case 'text':
    case 'unknown':
      if (isStringLiteral(e) && onFailure === 'raise') return momentLiteral(context, e, types.date, span);
      return atom(read.dateOfText(enclosed(e), onFailure), types.date);
    default:
      return impossible(context, e, 'a date', span);
  }
}

function toTimestamp(context: Context, e: Emitted, span: Span, onFailure: read.OnFailure, withZone: boolean): Emitted {
  switch (e.type.kind) {
    case 'timestamp':
      return e;
    case 'date':
      return { sql: `${operand(e, binding.concat)} || ' 00:00:00'`, type: types.timestamp, binds: binding.concat };
    case 'text':
    case 'unknown': {
      const isPlain = isStringLiteral(e) && timestampText(e.literal?.value ?? '') !== undefined;
      if (isPlain || (isStringLiteral(e) && onFailure === 'raise' && !withZone)) {
        return momentLiteral(context, e, types.timestamp, span);
      }
      return atom(read.timestampOfText(enclosed(e), onFailure, withZone), types.timestamp);
    }
    default:
      return impossible(context, e, 'a timestamp', span);
  }
}

/** SQL that reads a value whose type nobody knows: text strictly, numbers as they are. */
function byStorage(x: string, ofText: string, ofNumber: string): string {
  return `case when typeof(${x}) = 'text' then ${ofText} else ${ofNumber} end`;
}

/** A float's half goes to the even integer (IEEE 754), which SQLite's round does not do. */
function integerOfReal(x: string, rule: Context['rules']['floatToInteger']): string {
  if (rule === 'truncate') return `cast(${x} as integer)`;
  const up = `cast(round(${x}) as integer)`;
  if (rule === 'away') return up;
  const isHalf = `abs(${x} - cast(${x} as integer)) = 0.5`;
  return `case when ${isHalf} and ${up} % 2 <> 0 then cast(${x} as integer) else ${up} end`;
}

function toInteger(context: Context, e: Emitted, span: Span, onFailure: read.OnFailure): Emitted {
  const rule = context.rules.floatToInteger;
  const roundsText = context.dialect === 'duckdb';
  const x = enclosed(e);
  switch (e.type.kind) {
    case 'integer':
    case 'boolean':
      return { ...e, type: types.integer };
    case 'decimal':
      if (types.isFloat(e.type)) return atom(integerOfReal(x, rule), types.integer);
      return atom(`cast(${rule === 'truncate' ? e.sql : `round(${e.sql})`} as integer)`, types.integer);
    case 'real':
      return atom(integerOfReal(x, rule), types.integer);
    case 'text':
      return atom(read.integerOfText(x, onFailure, roundsText), types.integer);
    case 'unknown':
      return atom(byStorage(x, read.integerOfText(x, onFailure, roundsText), integerOfReal(x, rule)), types.integer);
    default:
      return impossible(context, e, 'an integer', span);
  }
}

function toDecimal(context: Context, e: Emitted, scale: number, span: Span, onFailure: read.OnFailure): Emitted {
  const type = types.decimal(scale);
  const x = enclosed(e);
  switch (e.type.kind) {
    case 'integer':
    case 'boolean':
      return atom(`cast(${e.sql} as real)`, type);
    case 'decimal':
      return e.type.scale <= scale ? { ...e, type } : atom(read.roundHalfAway(x, scale), type);
    case 'real':
      return atom(decimalOfReal(context, x, scale), type);
    case 'text':
      return atom(read.decimalOfText(x, scale, onFailure), type);
    case 'unknown':
      return atom(byStorage(x, read.decimalOfText(x, scale, onFailure), decimalOfReal(context, x, scale)), type);
    default:
      return impossible(context, e, 'a decimal', span);
  }
}

/** DuckDB multiplies the double and rounds that; the others go over the double's shortest digits. */
function decimalOfReal(context: Context, x: string, scale: number): string {
  if (context.dialect !== 'duckdb') return read.roundHalfAway(x, scale);
  return scale === 0 ? `round(${x})` : `round(${x} * 1e${String(scale)}) / 1e${String(scale)}`;
}

function toReal(context: Context, e: Emitted, span: Span, onFailure: read.OnFailure): Emitted {
  const x = enclosed(e);
  switch (e.type.kind) {
    case 'real':
      return e;
    case 'decimal':
      return { ...e, type: types.real };
    case 'integer':
    case 'boolean':
      return atom(`cast(${e.sql} as real)`, types.real);
    case 'text':
      return atom(read.realOfText(x, onFailure), types.real);
    case 'unknown':
      return atom(byStorage(x, read.realOfText(x, onFailure), `cast(${x} as real)`), types.real);
    default:
      return impossible(context, e, 'a number', span);
  }
}

function toBoolean(context: Context, e: Emitted, span: Span, onFailure: read.OnFailure): Emitted {
  const x = enclosed(e);
  const isNotZero = (sql: string): string => `${sql} <> 0`;
  switch (e.type.kind) {
    case 'boolean':
      return e;
    case 'integer':
    case 'decimal':
    case 'real':
      return { sql: isNotZero(x), type: types.boolean, binds: binding.equality };
    case 'text':
      return atom(read.booleanOfText(x, onFailure), types.boolean);
    case 'unknown':
      return atom(byStorage(x, read.booleanOfText(x, onFailure), isNotZero(x)), types.boolean);
    default:
      return impossible(context, e, 'a boolean', span);
  }
}

/** A value as the dialect writes it. A double is refused: its digits are each database's own. */
export function toText(context: Context, e: Emitted, span: Span): Emitted {
  const x = enclosed(e);
  switch (e.type.kind) {
    case 'text':
    case 'date':
      return { ...e, type: types.text };
    case 'timestamp':
      if (!context.rules.timestampTextIsPlain) return refuse(context, span, 'Turning a timestamp into text');
      // Warehouses write no zeros at a fraction's end.
      return atom(`case when instr(${x}, '.') > 0 then rtrim(${x}, '0') else ${x} end`, types.text);
    case 'integer':
      return atom(`cast(${e.sql} as text)`, types.text);
    case 'boolean':
      return atom(`case when ${e.sql} then 'true' when not ${x} then 'false' end`, types.text);
    case 'decimal':
      if (types.isFloat(e.type)) return floatText(context, x, span);
      if (!context.rules.decimalTextKeepsZeros) return refuse(context, span, 'Turning a decimal into text');
      // Adding 0 turns -0.0 into 0.0: a decimal has no negative zero.
      return atom(`case when ${x} is not null then printf('%.${String(e.type.scale)}f', ${x} + 0) end`, types.text);
    case 'real':
      return refuse(context, span, 'Turning a floating point number into text', 'cast it to decimal first');
    case 'unknown': {
      if (isNull(e)) return { ...e, type: types.text };
      const floats = raise(`'a floating point number as text: ' || ${x}`);
      return atom(`case typeof(${x}) when 'real' then ${floats} else cast(${x} as text) end`, types.text);
    }
  }
}

/** Digits that SQLite writes of a double, and the least it writes without an exponent, as the others do. */
const plainFloats = { digits: 15, least: '1e-4' };

/**
 * A float as text, where it has few enough digits that all databases write the same ones. With more, or with an
 * exponent, it is refused when it is met.
 */
function floatText(context: Context, x: string, span: Span): Emitted {
  const { floatText: form } = context.rules;
  if (form === undefined)
    return refuse(context, span, 'Turning a floating point number into text', 'cast it to decimal first');
  const isPlain = `${x} = 0 or (abs(${x}) >= ${plainFloats.least} and abs(${x}) < 1e${String(plainFloats.digits)})`;
  const text = `cast(${x} + 0.0 as text)`;
  const whole = `when ${x} = cast(${x} as integer) then cast(cast(${x} as integer) as text)`;
  const written = form === 'point' ? text : `case ${whole} else ${text} end`;
  const far = raise(`'a floating point number as text: ' || ${x}`);
  return atom(`case when ${x} is null then null when ${isPlain} then ${written} else ${far} end`, types.text);
}

/** An expression as a date or timestamp for functions of time; text is refused unless it is a literal. */
export function toMoment(context: Context, e: Emitted, span: Span): Emitted {
  if (types.isMoment(e.type)) return e;
  if (isNull(e)) return atom(e.sql, types.timestamp);
  if (isStringLiteral(e) || e.type.kind === 'unknown') return toTimestamp(context, e, span, 'raise', true);
  return mismatch(context, span, `A date or timestamp is needed here, and this is ${types.typeName(e.type)}: cast it`);
}
