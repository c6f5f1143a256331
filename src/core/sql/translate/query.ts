import type { TypedColumn } from '../translation.ts';
import type { CommonTable, Expr, OrderItem, Query, QueryBody, WindowSpec } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { aligned } from './alignment.ts';
import { nameText } from './columns.ts';
import { mismatch, refuse, sourceOf, splice, type Context, type EmittedQuery, type Piece } from './context.ts';
import type { Scope, Tables } from './scope.ts';
import { select, unionType } from './select.ts';
import { childExprs } from './walk.ts';

/** A query with its WITH, ORDER BY and LIMIT. */
export function query(context: Context, node: Query, tables: Tables, outer: Scope | undefined): EmittedQuery {
  const pieces: Piece[] = [];
  const common = new Map(tables.common);
  for (const one of node.with) {
    pieces.push({ span: one.name.span, sql: nameText(context, one.name) });
    for (const name of one.columns) pieces.push({ span: name.span, sql: nameText(context, name) });
    pieces.push(commonTable(context, one, { ...tables, common }, common, node.recursive, outer));
  }
  const inner: Tables = { ...tables, common };
  const body = queryBody(context, node.body, inner, outer, node.orderBy);
  pieces.push({ span: node.body.span, sql: body.sql });
  for (const item of node.orderBy) pieces.push({ span: item.span, sql: outputOrder(context, item, body) });
  if (node.orderByAll !== undefined) pieces.push(orderByAll(context, node.orderByAll, body.columns));
  const bounds: Scope = { ...emptyScope(inner, outer) };
  for (const bound of [node.limit, node.offset]) {
    if (bound !== undefined) pieces.push({ span: bound.span, sql: limit(context, bound, bounds) });
  }
  if (node.offset !== undefined && node.limit === undefined) {
    const { start } = node.offset.span;
    const word = context.sql.slice(0, start).toLowerCase().lastIndexOf('offset');
    pieces.push({ span: { start: word, end: word }, sql: 'limit -1 ' });
  }
  return { sql: splice(context.sql, node.span, pieces), columns: body.columns };
}

function emptyScope(tables: Tables, outer: Scope | undefined): Scope {
  return { sources: [], merged: new Set(), tables, outer, aliases: new Map(), inlinesAliases: false };
}

/** LIMIT NULL and LIMIT ALL are no limit in warehouses, and an error in SQLite. */
function limit(context: Context, e: Expr, scope: Scope): string {
  const made = context.expr(e, scope);
  return made.literal?.type === 'null' ? '-1' : made.sql;
}

/** Translates one WITH table and makes it known to what follows; a recursive one knows itself by its first part. */
function commonTable(
  context: Context,
  one: CommonTable,
  tables: Tables,
  common: Map<string, readonly TypedColumn[] | undefined>,
  recursive: boolean,
  outer: Scope | undefined,
): Piece {
  const key = one.name.name.toLowerCase();
  const rename = (columns: readonly TypedColumn[] | undefined): readonly TypedColumn[] | undefined =>
    one.columns.length === 0 ? columns : renamedColumns(context, one, columns);
  if (recursive && one.query.body.kind === 'setOperation') {
    const anchor = queryBody(context, one.query.body.left, tables, outer, []);
    common.set(key, rename(anchor.columns));
  }
  const made = context.query(one.query, { ...tables, common: new Map(common) }, outer);
  common.set(key, rename(made.columns));
  return { span: one.query.span, sql: made.sql };
}

function renamedColumns(
  context: Context,
  one: CommonTable,
  columns: readonly TypedColumn[] | undefined,
): readonly TypedColumn[] | undefined {
  if (columns === undefined) return one.columns.map(({ name }) => ({ name, type: types.unknown }));
  if (columns.length !== one.columns.length) {
    const what = `${String(one.columns.length)} names for ${String(columns.length)} columns`;
    refuse(context, one.name.span, what, 'name them all');
  }
  return one.columns.map(({ name }, i) => ({ name, type: columns[i]?.type ?? types.unknown }));
}

interface EmittedBody extends EmittedQuery {
  /** Where ORDER BY finds its columns: the SELECT's own, or the output's when there is more than one SELECT. */
  readonly scope: Scope;
}

function queryBody(
  context: Context,
  body: QueryBody,
  tables: Tables,
  outer: Scope | undefined,
  orderBy: readonly OrderItem[],
): EmittedBody {
  switch (body.kind) {
    case 'select':
      return select(context, body, tables, outer, orderBy);
    case 'nested': {
      // SQLite allows no parentheses around a query there; a SELECT around it says the same.
      const made = context.query(body.query, tables, outer);
      const sql = `select * from ${splice(context.sql, body.span, [{ span: body.query.span, sql: made.sql }])}`;
      return { sql, columns: made.columns, scope: outputScope(tables, outer, made.columns) };
    }
    case 'values':
      return values(context, body, tables, outer);
    case 'setOperation':
      return setOperation(context, body, tables, outer);
  }
}

function outputScope(tables: Tables, outer: Scope | undefined, columns: EmittedQuery['columns']): Scope {
  return { ...emptyScope(tables, outer), sources: [{ name: '', columns }] };
}

function values(
  context: Context,
  body: Extract<QueryBody, { kind: 'values' }>,
  tables: Tables,
  outer: Scope | undefined,
): EmittedBody {
  const scope = emptyScope(tables, outer);
  const width = body.rows[0]?.length ?? 0;
  const pieces: Piece[] = [];
  const columns: TypedColumn[] = [];
  for (let i = 0; i < width; i += 1) {
    const cells = body.rows.flatMap((row) => row[i] ?? []);
    const placed = cells.map((cell) => ({ e: context.expr(cell, scope), span: cell.span }));
    const { type, parts } = aligned(context, placed);
    cells.forEach((cell, row) => pieces.push({ span: cell.span, sql: parts[row]?.sql ?? 'null' }));
    columns.push({ name: `column${String(i + 1)}`, type });
  }
  return { sql: splice(context.sql, body.span, pieces), columns, scope };
}

function setOperation(
  context: Context,
  body: Extract<QueryBody, { kind: 'setOperation' }>,
  tables: Tables,
  outer: Scope | undefined,
): EmittedBody {
  if (body.all && body.op !== 'union') {
    refuse(context, body.opSpan, `${body.op.toUpperCase()} ALL`);
  }
  const left = queryBody(context, body.left, tables, outer, []);
  const right = queryBody(context, body.right, tables, outer, []);
  const columns = putTogether(context, body, left.columns, right.columns);
  // SQLite works from left to right without precedence, so what belongs together on the right is enclosed.
  const rightSql = body.right.kind === 'setOperation' ? `select * from (${right.sql})` : right.sql;
  const opSql = sourceOf(context, body.opSpan).replace(/\s+distinct$/i, '');
  const sql = splice(context.sql, body.span, [
    { span: body.left.span, sql: left.sql },
    { span: body.opSpan, sql: opSql },
    { span: body.right.span, sql: rightSql },
  ]);
  return { sql, columns, scope: outputScope(tables, outer, columns) };
}

function putTogether(
  context: Context,
  body: Extract<QueryBody, { kind: 'setOperation' }>,
  left: EmittedQuery['columns'],
  right: EmittedQuery['columns'],
): EmittedQuery['columns'] {
  if (left === undefined || right === undefined) return undefined;
  if (left.length !== right.length) {
    const counts = `${String(left.length)} and ${String(right.length)} columns`;
    mismatch(context, body.opSpan, `The two queries give ${counts}: both must give the same number`);
  }
  return left.map((column, i) => {
    const other = right[i];
    const type = other === undefined ? column.type : unionType(column, other);
    if (type === undefined && other !== undefined) {
      const pair = `${types.typeName(column.type)} and ${types.typeName(other.type)}`;
      mismatch(context, body.opSpan, `Column "${column.name}" is ${pair} in the two queries: cast one of them`);
    }
    return { name: column.name, type: type ?? types.unknown };
  });
}

/** One item of a query's ORDER BY: an output column's name means that column, before any other (SQL standard). */
function outputOrder(context: Context, item: OrderItem, body: EmittedBody): string {
  const name = item.expr.kind === 'column' && item.expr.qualifier.length === 0 ? item.expr.name.name : undefined;
  const isOutput =
    name !== undefined && body.columns?.some((one) => one.name.toLowerCase() === name.toLowerCase()) === true;
  if (!isOutput && item.expr.kind !== 'column') refuseShadowed(context, item.expr, body.scope);
  return orderText(context, item, isOutput ? undefined : body.scope);
}

/** Engines differ in whether a name within an ORDER BY expression is the alias or the column of that name. */
function refuseShadowed(context: Context, e: Expr, scope: Scope): void {
  for (const child of namesIn(e)) {
    const alias = scope.aliases.get(child.name.name.toLowerCase());
    const isSame = alias?.kind === 'column' && alias.name.name.toLowerCase() === child.name.name.toLowerCase();
    const isColumn = scope.sources.some((one) =>
      one.columns?.some((column) => column.name.toLowerCase() === child.name.name.toLowerCase()),
    );
    if (alias !== undefined && !isSame && isColumn) {
      const what = `ORDER BY an expression of "${child.name.name}", which is both a column and an alias`;
      refuse(context, child.span, what, 'qualify the column, or give the alias another name');
    }
  }
}

function namesIn(e: Expr): readonly Extract<Expr, { kind: 'column' }>[] {
  if (e.kind === 'column') return e.qualifier.length === 0 ? [e] : [];
  return childExprs(e).flatMap((child) => namesIn(child));
}

/** An item with its NULLs put where the dialect has them. */
export function orderText(context: Context, item: OrderItem, scope: Scope | undefined): string {
  const { expr } = item;
  const isPlace = expr.kind === 'literal' && expr.type === 'number';
  const pieces: Piece[] =
    scope === undefined || isPlace ? [] : [{ span: expr.span, sql: context.expr(expr, scope).sql }];
  const sql = splice(context.sql, item.span, pieces);
  if (item.nulls !== undefined) return sql;
  const { ascending, descending } = context.rules.nullsLast;
  const wantsLast = item.descending ? descending : ascending;
  // SQLite's own way: NULL is the smallest value.
  const getsLast = item.descending;
  if (wantsLast === getsLast) return sql;
  return `${sql} nulls ${wantsLast ? 'last' : 'first'}`;
}

function orderByAll(context: Context, all: NonNullable<Query['orderByAll']>, columns: EmittedQuery['columns']): Piece {
  if (columns === undefined) {
    refuse(context, all.span, 'ORDER BY ALL beside a star for columns that are not known', 'list the columns');
    return { span: all.span, sql: '1' };
  }
  const direction = all.descending ? ' desc' : '';
  const last = all.descending ? context.rules.nullsLast.descending : context.rules.nullsLast.ascending;
  const nulls = last === all.descending ? '' : ` nulls ${last ? 'last' : 'first'}`;
  return { span: all.span, sql: columns.map((_, i) => `${String(i + 1)}${direction}${nulls}`).join(', ') };
}

/** A window: its expressions translated, its NULLs placed. */
export function windowText(context: Context, spec: WindowSpec, scope: Scope): string {
  const pieces: Piece[] = spec.partitionBy.map((e) => ({ span: e.span, sql: context.expr(e, scope).sql }));
  for (const item of spec.orderBy) pieces.push({ span: item.span, sql: orderText(context, item, scope) });
  for (const offset of spec.frame?.offsets ?? []) {
    if (offset.kind !== 'literal' || offset.type !== 'number') {
      refuse(context, offset.span, 'A window frame whose offset is no number');
    }
    if (spec.frame?.unit === 'range') refuse(context, offset.span, 'RANGE with an offset', 'use ROWS');
  }
  return splice(context.sql, spec.span, pieces);
}
