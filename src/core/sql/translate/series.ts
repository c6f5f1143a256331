import type { SqlType } from '../translation.ts';
import type { Expr, TableFactor } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { toMoment } from './casts.ts';
import { refuse, type Context } from './context.ts';
import { atom, enclosed, quoteName, type Emitted } from './emitted.ts';
import { intervalValue, type IntervalValue } from './intervalValue.ts';
import { addInterval } from './moments.ts';
import type { Scope, Source, Tables } from './scope.ts';
import { wholeNumber } from './wholeNumber.ts';

/** A table function in FROM. */
export type FunctionFactor = Extract<TableFactor, { kind: 'function' }>;

/** The rows of a series as SQLite is given them, and its one column. */
export interface Series {
  readonly sql: string;
  readonly source: Source;
}

/** What a table function and its one column are called, in lower case: by its aliases, or its own name. */
export function functionNames({ call, alias, columns }: FunctionFactor): {
  readonly table: string;
  readonly column: string;
} {
  const table = (alias?.name ?? call.name).toLowerCase();
  return { table, column: columns[0]?.name.toLowerCase() ?? table };
}

/**
 * `generate_series(start, stop, step)` and DuckDB's `range`, which leaves out its stop, as a query that calls itself:
 * whole numbers, or timestamps a literal interval apart. The column has the name of the alias, or of the function.
 */
export function series(context: Context, factor: FunctionFactor, tables: Tables, outer: Scope | undefined): Series {
  const { call, alias } = factor;
  const name = (factor.columns[0] ?? alias)?.name ?? call.name;
  const table = alias?.name ?? call.name;
  const scope: Scope = { sources: [], merged: new Set(), tables, outer, aliases: new Map(), inlinesAliases: false };
  const made = steps(context, factor, scope);
  const column = quoteName(name);
  const rows =
    made === undefined
      ? `select null as ${column}`
      : `with recursive "series"(${column}, "stop") as (select ${made.start}, ${made.stop}` +
        ` union all select ${made.next(column)}, "stop" from "series" where ${made.next(column)} ${made.within} "stop")` +
        ` select ${column} from "series" where ${column} ${made.within} "stop"`;
  const type = made?.type ?? types.unknown;
  return {
    sql: `(${rows}) as ${quoteName(table)}`,
    source: { name: table.toLowerCase(), columns: [{ name, type }] },
  };
}

interface Steps {
  readonly start: string;
  readonly stop: string;
  /** The value after the one that this SQL gives. */
  readonly next: (value: string) => string;
  /** How a value that belongs to the series compares with its stop. */
  readonly within: '<=' | '<' | '>=' | '>';
  readonly type: SqlType;
}

function steps(context: Context, factor: FunctionFactor, scope: Scope): Steps | undefined {
  const { call } = factor;
  const isDuckdb = context.dialect === 'duckdb';
  const isKnown = call.name === 'generate_series' ? isDuckdb || context.dialect === 'postgres' : isDuckdb;
  if (!isKnown || call.args.length > 3 || call.args.length < (isDuckdb ? 1 : 2) || factor.columns.length > 1) {
    refuse(context, call.span, `The table function ${call.name} like this`, 'write a recursive CTE');
    return undefined;
  }
  const zero: Expr = { kind: 'literal', type: 'number', value: '0', span: call.span };
  const [from = zero, to = zero, step] = call.args.length === 1 ? [zero, ...call.args] : call.args;
  const interval = step === undefined ? undefined : intervalValue(context.dialect, step);
  const bounds = [context.expr(from, scope), context.expr(to, scope)] as const;
  return interval === undefined
    ? numbers(context, call, bounds, step)
    : moments(context, call, { bounds, spans: [from.span, to.span], interval, scope });
}

function within(isDownwards: boolean, callName: string): Steps['within'] {
  if (callName === 'range') return isDownwards ? '>' : '<';
  return isDownwards ? '>=' : '<=';
}

function numbers(
  context: Context,
  call: FunctionFactor['call'],
  [start, stop]: readonly [Emitted, Emitted],
  step: Expr | undefined,
): Steps | undefined {
  const by = step === undefined ? 1 : wholeNumber(step);
  if (by === undefined || by === 0) {
    refuse(context, step?.span ?? call.span, `${call.name} with this step`, 'write a whole number other than 0');
    return undefined;
  }
  if (start.type.kind !== 'integer' || stop.type.kind !== 'integer') {
    refuse(context, call.span, `${call.name} of other than integers`, 'cast its bounds to integer');
    return undefined;
  }
  return {
    start: start.sql,
    stop: stop.sql,
    next: (value) => `${value} + ${String(by)}`,
    within: within(by < 0, call.name),
    type: types.integer,
  };
}

interface MomentSeries {
  readonly bounds: readonly [Emitted, Emitted];
  readonly spans: readonly [Expr['span'], Expr['span']];
  readonly interval: IntervalValue;
  readonly scope: Scope;
}

function moments(
  context: Context,
  call: FunctionFactor['call'],
  { bounds, spans, interval, scope }: MomentSeries,
): Steps | undefined {
  const amount = literalAmount(interval);
  if (amount === undefined || amount === 0) {
    const instead = "write an interval as interval '1 day'";
    refuse(context, interval.interval.span, `${call.name} with this step`, instead);
    return undefined;
  }
  const [start, stop] = bounds.map((bound, i) => asTimestamp(toMoment(context, bound, spans[i] ?? call.span)));
  if (start === undefined || stop === undefined) return undefined;
  const next = (sql: string): string =>
    addInterval(context, atom(sql, types.timestamp), interval, false, { moment: call.span, scope }).sql;
  return { start, stop, next, within: within(amount < 0, call.name), type: types.timestamp };
}

function asTimestamp(moment: Emitted): string {
  return moment.type.kind === 'date' ? `${enclosed(moment)} || ' 00:00:00'` : moment.sql;
}

/** The amount of an interval whose sign is known. */
function literalAmount({ interval: { amount }, factors }: IntervalValue): number | undefined {
  if (factors.length > 0) return undefined;
  if (amount.kind === 'literal' && amount.type === 'string') return Number.parseInt(amount.value, 10);
  return wholeNumber(amount);
}
