import type { Expr, OrderItem } from '../tree.ts';
import type { Dialect, SqlType } from '../translation.ts';
import * as types from '../sqlTypes.ts';
import { toText } from '../translate/casts.ts';
import { mismatch, refuse, type CallSite } from '../translate/context.ts';
import { atom, quote, settled, type Emitted } from '../translate/emitted.ts';

/** One aggregate: `tail` is its FILTER and OVER, which each SQLite aggregate within it repeats. */
export interface AggregateRule {
  readonly least: number;
  readonly most: number;
  readonly dialects?: readonly Dialect[];
  readonly emit: (site: CallSite, tail: string) => Emitted;
}

const distinctWord = (site: CallSite): string => (site.call.distinct ? 'distinct ' : '');

/** The argument, its decimals still to be rounded: only sums may take it so, because they round what they give. */
function looseFirst(site: CallSite): Emitted {
  return site.args[0] ?? atom('null', types.unknown);
}

function first(site: CallSite): Emitted {
  return settled(looseFirst(site));
}

/** Booleans are summed as the integers they are kept as. */
function summable(site: CallSite): SqlType | undefined {
  const { type } = first(site);
  if (type.kind === 'boolean') return types.integer;
  return types.isNumber(type) || type.kind === 'unknown' ? type : undefined;
}

function needsNumber(site: CallSite): Emitted {
  const span = site.call.args[0]?.span ?? site.call.span;
  const name = types.typeName(first(site).type);
  return mismatch(site.context, span, `${site.call.name} needs a number, and this is ${name}: cast it`);
}

/** SQLite adds doubles with compensation (3.43), so the sum rounded to its scale is exact to the last digit. */
function sum(site: CallSite, tail: string): Emitted {
  const type = summable(site);
  if (type === undefined) return needsNumber(site);
  const value = site.call.distinct ? first(site) : looseFirst(site);
  const sql = `sum(${distinctWord(site)}${value.sql})${tail}`;
  return atom(type.kind === 'decimal' ? `round(${sql}, ${String(type.scale)})` : sql, type);
}

/** The exact sum by the count, so that the mean of a decimal is the nearest double, as warehouses give it. */
function average(site: CallSite, tail: string): Emitted {
  const type = summable(site);
  if (type === undefined) return needsNumber(site);
  const value = site.call.distinct ? first(site) : looseFirst(site);
  const inner = `${distinctWord(site)}${value.sql}`;
  const kind = types.isFloat(type) ? 'real' : type.kind;
  const isKept = kind === 'unknown' || site.context.rules.averages.some((one) => one === kind);
  if (!isKept) {
    return refuse(
      site.context,
      site.call.span,
      `${site.call.name} of ${types.typeName(type)}`,
      'cast it to double precision',
    );
  }
  if (type.kind !== 'decimal') return atom(`avg(${inner})${tail}`, types.real);
  return atom(`(round(sum(${inner})${tail}, ${String(type.scale)}) / count(${inner})${tail})`, types.real);
}

function count(site: CallSite, tail: string): Emitted {
  const inner = site.call.star || site.call.args.length === 0 ? '*' : distinctWord(site) + first(site).sql;
  return atom(`count(${inner})${tail}`, types.integer);
}

function extreme(name: 'min' | 'max'): AggregateRule['emit'] {
  return (site, tail) => atom(`${name}(${distinctWord(site)}${first(site).sql})${tail}`, first(site).type);
}

function truth(name: 'min' | 'max'): AggregateRule['emit'] {
  return (site, tail) => {
    if (first(site).type.kind !== 'boolean') {
      return mismatch(site.context, site.call.args[0]?.span ?? site.call.span, `${site.call.name} needs a boolean`);
    }
    return atom(`${name}(${first(site).sql})${tail}`, types.boolean);
  };
}

/** DuckDB sums the conditions, so that none at all is NULL and not 0. */
function countIf(site: CallSite, tail: string): Emitted {
  if (site.context.dialect === 'duckdb' && first(site).type.kind === 'boolean') {
    return atom(`sum(${first(site).sql})${tail}`, types.integer);
  }
  return atom(`count(case when ${first(site).sql} then 1 end)${tail}`, types.integer);
}

function orderBy(site: CallSite, items: readonly OrderItem[]): string {
  if (items.length === 0) return '';
  return ` order by ${items.map((item) => site.context.orderItem(item, site.scope)).join(', ')}`;
}

function listOfText(site: CallSite, tail: string): Emitted {
  const { call, context } = site;
  const value = toText(context, first(site), call.args[0]?.span ?? call.span);
  const separator = site.args[1]?.sql ?? quote(',');
  const items = call.withinGroup ?? call.orderBy;
  if (call.distinct) return refuse(context, call.span, `${call.name} with DISTINCT`, 'make the rows distinct first');
  if (site.args.length === 1 && !['duckdb', 'bigquery'].includes(context.dialect)) {
    return refuse(context, call.span, `${call.name} without a separator`, "write it, as ','");
  }
  if (items.length === 0) {
    return refuse(
      context,
      call.span,
      `${call.name} without ORDER BY`,
      'order it, so that every engine gives one answer',
    );
  }
  return atom(`group_concat(${value.sql}, ${separator}${orderBy(site, items)})${tail}`, types.text);
}

/** The middle of the sorted values, or the mean of the two in the middle: taken from a sorted JSON list. */
function median(site: CallSite, tail: string): Emitted {
  const { call, context } = site;
  const type = summable(site);
  if (type === undefined) return needsNumber(site);
  if (call.over !== undefined || call.distinct || call.filter !== undefined) {
    return refuse(context, call.span, 'median with OVER, FILTER or DISTINCT');
  }
  if (type.kind === 'decimal') {
    return refuse(
      context,
      call.span,
      'median of a decimal',
      'cast it to double: databases round its middle differently',
    );
  }
  const x = first(site).sql;
  const list = `json_group_array(${x} order by ${x}) filter (where ${x} is not null)`;
  const at = (index: string): string => `json_extract(${list}, '$[' || (${index}) || ']')`;
  const middle = `${at(`(count(${x}) - 1) / 2`)} + ${at(`count(${x}) / 2`)}`;
  return atom(`case when count(${x})${tail} > 0 then (${middle}) / 2.0 end`, types.real);
}

/** Aggregates whose meaning is known; any other one is refused by name. */
export const aggregates: Readonly<Record<string, AggregateRule>> = {
  sum: { least: 1, most: 1, emit: sum },
  avg: { least: 1, most: 1, emit: average },
  mean: { least: 1, most: 1, dialects: ['duckdb', 'databricks', 'spark'], emit: average },
  count: { least: 0, most: 1, emit: count },
  min: { least: 1, most: 1, emit: extreme('min') },
  max: { least: 1, most: 1, emit: extreme('max') },
  any_value: { least: 1, most: 1, emit: extreme('min') },
  arbitrary: { least: 1, most: 1, dialects: ['duckdb', 'trino'], emit: extreme('min') },
  bool_or: { least: 1, most: 1, emit: truth('max') },
  bool_and: { least: 1, most: 1, emit: truth('min') },
  logical_or: { least: 1, most: 1, dialects: ['bigquery'], emit: truth('max') },
  logical_and: { least: 1, most: 1, dialects: ['bigquery'], emit: truth('min') },
  every: { least: 1, most: 1, dialects: ['postgres', 'trino', 'databricks', 'spark'], emit: truth('min') },
  count_if: { least: 1, most: 1, emit: countIf },
  countif: { least: 1, most: 1, dialects: ['duckdb', 'bigquery', 'clickhouse'], emit: countIf },
  string_agg: { least: 1, most: 2, dialects: ['duckdb', 'postgres', 'bigquery'], emit: listOfText },
  listagg: { least: 1, most: 2, dialects: ['duckdb', 'snowflake', 'redshift', 'trino'], emit: listOfText },
  group_concat: { least: 1, most: 2, dialects: ['duckdb'], emit: listOfText },
  median: { least: 1, most: 1, dialects: ['duckdb', 'snowflake', 'redshift', 'databricks', 'spark'], emit: median },
};

/** Whether an expression is itself a call that makes many rows one. */
export function isAggregateCall(e: Expr): boolean {
  return e.kind === 'call' && e.over === undefined && Object.hasOwn(aggregates, e.name);
}
