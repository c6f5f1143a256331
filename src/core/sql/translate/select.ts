import type { TypedColumn } from '../translation.ts';
import type { Expr, OrderItem, Select, SelectItem } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { isAggregateCall } from '../functions/aggregates.ts';
import { nameText } from './columns.ts';
import { condition } from './conditions.ts';
import { refuse, splice, type Context, type EmittedQuery, type Piece } from './context.ts';
import { quoteName } from './emitted.ts';
import { fromClause } from './fromClause.ts';
import { checkGrouping } from './grouping.ts';
import { outputName } from './outputNames.ts';
import type { Scope, Tables } from './scope.ts';
import { star } from './stars.ts';
import { someExpr } from './walk.ts';

/** A SELECT, and the scope in which the ORDER BY of its query is read. */
export interface EmittedSelect extends EmittedQuery {
  readonly scope: Scope;
  /** True when QUALIFY made it a subquery, so that ORDER BY sees its output alone. */
  readonly isWrapped: boolean;
}

/** The name in which the rows that QUALIFY keeps are marked. */
const kept = '__qualifies';

/** Translates one SELECT; `orderBy` is its query's, which must be grouped as the items are. */
export function select(
  context: Context,
  node: Select,
  tables: Tables,
  outer: Scope | undefined,
  orderBy: readonly OrderItem[],
): EmittedSelect {
  const from = node.from === undefined ? undefined : fromClause(context, node.from, tables, outer);
  const named = aliasesOf(node);
  const base: Scope = {
    sources: from?.sources ?? [],
    merged: from?.merged ?? new Set(),
    tables,
    outer,
    aliases: new Map(),
    inlinesAliases: false,
  };
  const scope: Scope = { ...base, aliases: named };
  const inner: Scope = context.rules.lateralAliases ? scope : base;
  const pieces: Piece[] = [...(from?.pieces ?? [])];
  const columns = emitItems(context, node.items, base, pieces);
  for (const [part, at] of [[node.where, inner] as const, [node.having, inner] as const]) {
    if (part !== undefined) pieces.push({ span: part.span, sql: condition(context, part, at).sql });
  }
  pieces.push(...groupBy(context, node, scope));
  for (const { spec } of node.windows) pieces.push({ span: spec.span, sql: context.window(spec, base) });
  checkGrouping(
    context,
    node,
    scope,
    orderBy.map((item) => item.expr),
  );
  if (node.qualify === undefined)
    return { sql: splice(context.sql, node.span, pieces), columns, scope, isWrapped: false };
  return qualified(context, node, pieces, columns, scope);
}

function aliasesOf(node: Select): ReadonlyMap<string, Expr> {
  return new Map(
    node.items.flatMap((item) =>
      item.kind === 'expr' && item.alias !== undefined ? [[item.alias.name.toLowerCase(), item.expr] as const] : [],
    ),
  );
}

/** Items in order: where the dialect allows it, each sees the aliases before it, which SQLite does not. */
function emitItems(
  context: Context,
  items: readonly SelectItem[],
  base: Scope,
  pieces: Piece[],
): readonly TypedColumn[] | undefined {
  const aliases = new Map<string, Expr>();
  const scope: Scope = { ...base, aliases: context.rules.lateralAliases ? aliases : new Map(), inlinesAliases: true };
  let columns: TypedColumn[] | undefined = [];
  for (const item of items) {
    if (item.kind === 'star') {
      const made = star(context, item, base);
      pieces.push({ span: item.span, sql: made.sql });
      columns = made.columns === undefined ? undefined : columns?.concat(made.columns);
      continue;
    }
    const made = context.expr(item.expr, scope);
    const name = item.alias?.name ?? outputName(context, item.expr);
    const needsName = item.alias === undefined && item.expr.kind !== 'column';
    const alias = needsName ? ` as ${quoteName(name)}` : '';
    pieces.push({ span: item.expr.span, sql: made.sql + alias });
    columns?.push({ name, type: made.type });
    if (item.alias === undefined) continue;
    pieces.push({ span: item.alias.span, sql: nameText(context, item.alias) });
    aliases.set(item.alias.name.toLowerCase(), item.expr);
  }
  return columns;
}

function groupBy(context: Context, node: Select, scope: Scope): readonly Piece[] {
  if (node.groupBy === undefined) return [];
  if (node.groupBy.kind === 'exprs') {
    return node.groupBy.exprs.map((e) => ({ span: e.span, sql: groupItem(context, node, e, scope) }));
  }
  if (node.items.some((item) => item.kind === 'star')) {
    refuse(context, node.groupBy.allSpan, 'GROUP BY ALL beside a star', 'list the columns');
  }
  const places = node.items.flatMap((item, i) =>
    item.kind === 'expr' && !someExpr(item.expr, isAggregateCall) ? [String(i + 1)] : [],
  );
  // With nothing to group by, GROUP BY ALL makes the one group that a constant makes too.
  return [{ span: node.groupBy.allSpan, sql: places.length === 0 ? "''" : places.join(', ') }];
}

function groupItem(context: Context, node: Select, e: Expr, scope: Scope): string {
  if (e.kind === 'literal' && e.type === 'number') {
    const item = node.items[Number(e.value) - 1];
    if (item === undefined) refuse(context, e.span, `GROUP BY ${e.value}, where there is no such column`);
    if (node.items.some((one) => one.kind === 'star')) {
      refuse(context, e.span, 'GROUP BY with a number beside a star', 'name the columns');
    }
    return e.value;
  }
  return context.expr(e, scope).sql;
}

/** QUALIFY: the SELECT with its condition as one more column, and around it one that keeps the rows that pass. */
function qualified(
  context: Context,
  node: Select,
  pieces: readonly Piece[],
  columns: readonly TypedColumn[] | undefined,
  scope: Scope,
): EmittedSelect {
  const clause = node.qualify;
  const last = node.items.at(-1);
  if (clause === undefined || last === undefined) throw new Error('a SELECT with QUALIFY has both');
  if (columns === undefined || node.distinct) {
    const what = node.distinct ? 'QUALIFY with DISTINCT' : 'QUALIFY beside a star for columns that are not known';
    refuse(context, clause.span, what, 'filter in a query around this one');
  }
  const test = condition(context, clause.condition, { ...scope, inlinesAliases: true });
  const mark = `, ${test.sql} as ${quoteName(kept)}`;
  const marked = splice(context.sql, node.span, [
    ...pieces,
    { span: { start: last.span.end, end: last.span.end }, sql: mark },
    { span: clause.span, sql: '' },
  ]);
  const names = (columns ?? []).map((one) => quoteName(one.name)).join(', ');
  const sql = `select ${names} from (${marked}) where ${quoteName(kept)}`;
  const output: Scope = {
    ...scope,
    sources: [{ name: '', columns: columns ?? [] }],
    merged: new Set(),
    aliases: new Map(),
  };
  return { sql, columns, scope: output, isWrapped: true };
}

/** Types of two queries' columns put together by a set operation; undefined for those that do not go together. */
export function unionType(a: TypedColumn, b: TypedColumn): TypedColumn['type'] | undefined {
  const isMixedMoment = types.isMoment(a.type) && types.isMoment(b.type) && a.type.kind !== b.type.kind;
  return isMixedMoment ? undefined : types.unify(a.type, b.type);
}
