import type { Span } from '../span.ts';
import type { Expr, IntervalExpr } from '../tree.ts';
import { likePostgres } from '../dialectRules.ts';
import * as types from '../sqlTypes.ts';
import { cast, toMoment } from './casts.ts';
import { mismatch, refuse, type Context } from './context.ts';
import { atom, binding, enclosed, operand, type Emitted } from './emitted.ts';
import type { IntervalValue } from './intervalValue.ts';
import type { Scope } from './scope.ts';

type Unit = 'year' | 'quarter' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second';

const unitNames: Readonly<Record<string, Unit>> = {
  year: 'year',
  years: 'year',
  yy: 'year',
  yyyy: 'year',
  quarter: 'quarter',
  quarters: 'quarter',
  qtr: 'quarter',
  month: 'month',
  months: 'month',
  mon: 'month',
  mm: 'month',
  week: 'week',
  weeks: 'week',
  day: 'day',
  days: 'day',
  dd: 'day',
  d: 'day',
  hour: 'hour',
  hours: 'hour',
  hh: 'hour',
  minute: 'minute',
  minutes: 'minute',
  second: 'second',
  seconds: 'second',
};

/** The unit that a word names, in any of the spellings that dialects share. */
export function unitOf(word: string): Unit | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(unitNames, key) ? unitNames[key] : undefined;
}

/** Units as SQLite's modifiers know them. */
const modifiers: Readonly<Record<Unit, { readonly unit: string; readonly times: number }>> = {
  year: { unit: 'years', times: 1 },
  quarter: { unit: 'months', times: 3 },
  month: { unit: 'months', times: 1 },
  week: { unit: 'days', times: 7 },
  day: { unit: 'days', times: 1 },
  hour: { unit: 'hours', times: 1 },
  minute: { unit: 'minutes', times: 1 },
  second: { unit: 'seconds', times: 1 },
};

/** A span of time: `amount` (an SQL expression of integers) of a unit. */
interface Duration {
  readonly amount: Emitted;
  readonly unit: Unit;
}

/** An interval that each of the factors multiplies; undefined when one is no whole number. */
function multiplied(context: Context, value: IntervalValue, scope: Scope): Duration | undefined {
  const duration = durationOf(context, value.interval, scope);
  return value.factors.reduce<Duration | undefined>((made, factor) => {
    const e = context.expr(factor, scope);
    if (made === undefined || e.type.kind !== 'integer') return undefined;
    const isOne = made.amount.literal?.value === '1';
    const amount = isOne ? e : atom(`(${enclosed(made.amount)} * ${enclosed(e)})`, types.integer);
    return { ...made, amount };
  }, duration);
}

/** Reads interval '3 months', interval '3' month, interval 3 month and interval (n) day. */
function durationOf(context: Context, interval: IntervalExpr, scope: Scope): Duration | undefined {
  const { amount } = interval;
  if (amount.kind === 'literal' && amount.type === 'string') {
    const match = /^\s*([+-]?\d+)\s*([a-z]*)\s*$/i.exec(amount.value);
    const unit = unitOf(interval.unit ?? match?.[2] ?? '');
    if (match?.[1] === undefined || unit === undefined || (interval.unit !== undefined && match[2] !== '')) {
      return undefined;
    }
    return { amount: numberLiteral(Number(match[1])), unit };
  }
  const unit = interval.unit === undefined ? undefined : unitOf(interval.unit);
  if (unit === undefined) return undefined;
  const e = context.expr(amount, scope);
  return e.type.kind === 'integer' ? { amount: e, unit } : undefined;
}

function numberLiteral(value: number): Emitted {
  const sql = String(value);
  const span = { start: 0, end: 0 };
  return { ...atom(sql, types.integer), literal: { kind: 'literal', type: 'number', value: sql, span } };
}

/** The last argument of date() and datetime(): '+3 months', or built when the amount is an expression. */
function modifier({ amount, unit }: Duration, negative: boolean): string {
  const { unit: name, times } = modifiers[unit];
  if (amount.literal !== undefined) {
    const value = Number(amount.literal.value) * times * (negative ? -1 : 1);
    return `'${value < 0 ? '-' : '+'}${String(Math.abs(value))} ${name}'`;
  }
  const factor = (negative ? -1 : 1) * times;
  const product = factor === 1 ? enclosed(amount) : `(${enclosed(amount)} * ${String(factor)})`;
  return `${product} || ' ${name}'`;
}

/** Month's ends stay within the month (31 January and a month is 29 February), as `floor` makes SQLite do. */
function shifted(moment: string, duration: Duration, negative: boolean, type: 'date' | 'datetime'): string {
  const isMonths = duration.unit === 'year' || duration.unit === 'quarter' || duration.unit === 'month';
  return `${type}(${moment}, ${modifier(duration, negative)}${isMonths ? ", 'floor'" : ''})`;
}

/** A date or timestamp plus or minus an interval: a timestamp, its fraction of a second kept. */
export function addInterval(
  context: Context,
  moment: Emitted,
  interval: IntervalValue,
  negative: boolean,
  spans: { readonly moment: Span; readonly scope: Scope },
): Emitted {
  const duration = multiplied(context, interval, spans.scope);
  if (duration === undefined) {
    const instead = "write one amount and one unit, as interval '3 months', times whole numbers";
    return refuse(context, interval.interval.span, 'This interval', instead);
  }
  return addDuration(context, toMoment(context, moment, spans.moment), duration, negative);
}

function isWholeDays(unit: Unit): boolean {
  return unit !== 'hour' && unit !== 'minute' && unit !== 'second';
}

function addDuration(context: Context, moment: Emitted, duration: Duration, negative: boolean): Emitted {
  const staysDate = !context.rules.intervalGivesTimestamp && isWholeDays(duration.unit);
  if (moment.type.kind === 'date' && staysDate) {
    return atom(shifted(moment.sql, duration, negative, 'date'), types.date);
  }
  if (moment.type.kind === 'date') {
    return atom(shifted(moment.sql, duration, negative, 'datetime'), types.timestamp);
  }
  const x = enclosed(moment);
  const sql = `${shifted(`substr(${x}, 1, 19)`, duration, negative, 'datetime')} || substr(${x}, 20)`;
  return { sql, type: types.timestamp, binds: binding.concat };
}

/** dateadd(unit, n, moment). */
export function addUnits(context: Context, moment: Emitted, unit: Unit, amount: Emitted, span: Span): Emitted {
  if (amount.type.kind !== 'integer') return mismatch(context, span, 'The amount must be an integer');
  return addDuration(context, toMoment(context, moment, span), { amount, unit }, false);
}

/** A date plus or minus a number of days. */
export function addDays(day: Emitted, days: Emitted, negative: boolean): Emitted {
  return atom(shifted(day.sql, { amount: days, unit: 'day' }, negative, 'date'), types.date);
}

/** Days from the second date to the first. Julian days of dates differ by whole numbers, so this is exact. */
export function daysBetween(later: Emitted, earlier: Emitted): Emitted {
  return atom(`cast(julianday(${later.sql}) - julianday(${earlier.sql}) as integer)`, types.integer);
}

/** The moment cut to the unit's start: weeks begin on Monday (ISO 8601), and BigQuery's, which do not, are undefined. */
export function truncated(context: Context, unit: Unit, moment: Emitted): Emitted | undefined {
  const x = moment.sql;
  const stamp = (sql: string): Emitted => {
    if (moment.type.kind === 'date' && !context.rules.truncGivesTimestamp) return atom(sql, types.date);
    return { sql: `${sql} || ' 00:00:00'`, type: types.timestamp, binds: binding.concat };
  };
  switch (unit) {
    case 'year':
      return stamp(`substr(${x}, 1, 4) || '-01-01'`);
    case 'quarter':
      return stamp(`date(${x}, 'start of month', -((substr(${x}, 6, 2) - 1) % 3) || ' months')`);
    case 'month':
      return stamp(`substr(${x}, 1, 7) || '-01'`);
    case 'week':
      if (context.dialect === 'bigquery') return undefined;
      return stamp(`date(${x}, 'weekday 0', '-6 days')`);
    case 'day':
      return stamp(`substr(${x}, 1, 10)`);
    case 'hour':
    case 'minute':
    case 'second': {
      const full = operand(cast(context, moment, { type: types.timestamp }, { start: 0, end: 0 }, false), binding.atom);
      const [length, rest] = { hour: [13, ':00:00'], minute: [16, ':00'], second: [19, ''] }[unit];
      const sql = `substr(${full}, 1, ${String(length)})`;
      return rest === ''
        ? atom(sql, types.timestamp)
        : { sql: `${sql} || '${String(rest)}'`, type: types.timestamp, binds: binding.concat };
    }
  }
}

const digitsAt: Readonly<Record<string, readonly [number, number]>> = {
  year: [1, 4],
  month: [6, 2],
  day: [9, 2],
  hour: [12, 2],
  minute: [15, 2],
  second: [18, 2],
};

const formats: Readonly<Record<string, string>> = {
  dow: '%w',
  dayofweek: '%w',
  isodow: '%u',
  doy: '%j',
  dayofyear: '%j',
  week: '%V',
  weekofyear: '%V',
  isoyear: '%G',
};

/** A part of a date as an integer; undefined for a part that is not known. */
export function datePart(context: Context, part: string, moment: Emitted): Emitted | undefined {
  const name = unitOf(part) ?? part;
  if (name === 'epoch' && context.dialect === 'duckdb') return epochSeconds(moment);
  if (name === 'quarter') return atom(`((substr(${moment.sql}, 6, 2) + 2) / 3)`, types.integer);
  const format = likePostgres.includes(context.dialect) ? formats[part] : undefined;
  if (format !== undefined) return atom(`cast(strftime('${format}', ${moment.sql}) as integer)`, types.integer);
  const at = digitsAt[name];
  if (at === undefined) return undefined;
  if (name === 'second' && context.dialect !== 'duckdb') return undefined;
  const isTime = at[0] > 10;
  const x = isTime && moment.type.kind === 'date' ? `${enclosed(moment)} || ' 00:00:00'` : moment.sql;
  return atom(`cast(substr(${x}, ${String(at[0])}, ${String(at[1])}) as integer)`, types.integer);
}

/** Seconds since 1970 as a float, with the fraction of a second. */
function epochSeconds(moment: Emitted): Emitted {
  const x = enclosed(moment);
  const seconds = `cast(strftime('%s', substr(${x}, 1, 19)) as real)`;
  if (moment.type.kind === 'date') return atom(seconds, types.real);
  const fraction = `cast('0' || substr(${x}, 20) as real)`;
  return { sql: `${seconds} + ${fraction}`, type: types.real, binds: binding.sum };
}

/** `moment at time zone 'UTC'`: a timestamp with or without its zone, which are kept alike. */
export function atTimeZone(context: Context, e: Extract<Expr, { kind: 'atTimeZone' }>, scope: Scope): Emitted {
  const { zone } = e;
  const isUtc = zone.kind === 'literal' && zone.type === 'string' && zone.value.toUpperCase() === 'UTC';
  if (!isUtc || !likePostgres.includes(context.dialect)) {
    return refuse(context, e.span, 'AT TIME ZONE of another zone than UTC', 'convert times before they are loaded');
  }
  const moment = toMoment(context, context.expr(e.operand, scope), e.operand.span);
  return cast(context, moment, { type: types.timestamp }, e.span, false);
}

/** Boundaries of a unit between two moments, as datediff counts them; undefined for units not known. */
export function boundariesBetween(context: Context, unit: Unit, from: Emitted, to: Emitted): Emitted | undefined {
  const months = (x: string): string => `(substr(${x}, 1, 4) * 12 + substr(${x}, 6, 2) - 1)`;
  const quarters = (x: string): string => `(substr(${x}, 1, 4) * 4 + (substr(${x}, 6, 2) - 1) / 3)`;
  const seconds = (x: Emitted): string => {
    const full = enclosed(cast(context, x, { type: types.timestamp }, { start: 0, end: 0 }, false));
    return `cast(strftime('%s', substr(${full}, 1, 19)) as integer)`;
  };
  const difference = (of: (x: string) => string): Emitted => ({
    sql: `${of(enclosed(to))} - ${of(enclosed(from))}`,
    type: types.integer,
    binds: binding.sum,
  });
  switch (unit) {
    case 'year':
      return difference((x) => `substr(${x}, 1, 4)`);
    case 'quarter':
      return difference(quarters);
    case 'month':
      return difference(months);
    case 'day':
      return daysBetween(atom(`substr(${to.sql}, 1, 10)`, types.date), atom(`substr(${from.sql}, 1, 10)`, types.date));
    case 'hour':
    case 'minute':
    case 'second': {
      const size = String({ hour: 3600, minute: 60, second: 1 }[unit]);
      const sql = `${seconds(to)} / ${size} - ${seconds(from)} / ${size}`;
      return { sql, type: types.integer, binds: binding.sum };
    }
    case 'week':
      return undefined;
  }
}
