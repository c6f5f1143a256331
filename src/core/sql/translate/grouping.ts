import type { Expr, Select } from '../tree.ts';
import { isAggregateCall } from '../functions/aggregates.ts';
import type { Context } from './context.ts';
import { resolveColumn, type Scope } from './scope.ts';
import { childExprs, someExpr } from './walk.ts';

/**
 * The same expression gives the same text, however it is written: qualifiers are resolved, parentheses and places
 * in the text are left out.
 */
function canonical(e: Expr, scope: Scope): string {
  if (e.kind === 'paren') return canonical(e.inner, scope);
  if (e.kind === 'column') {
    const meant = resolveColumn(scope, e.qualifier.at(-1), e.name.name);
    const source = meant.kind === 'column' ? scope.sources.indexOf(meant.source) : (e.qualifier.at(-1)?.name ?? '');
    return `column ${String(source)} ${e.name.name.toLowerCase()}`;
  }
  const own = JSON.stringify(e, (key, value: unknown) =>
    key === 'span' ||
    key.endsWith('Span') ||
    (typeof value === 'object' && value !== null && 'kind' in value && value !== e)
      ? undefined
      : value,
  );
  return `${own}(${childExprs(e)
    .map((child) => canonical(child, scope))
    .join(',')})`;
}

/** Whether a SELECT makes groups: it says so, or it aggregates. */
export function isGrouped(select: Select): boolean {
  if (select.groupBy !== undefined || select.having !== undefined) return true;
  return select.items.some((item) => item.kind === 'expr' && someExpr(item.expr, isAggregateCall));
}

/** The expressions that GROUP BY names: places in the SELECT list and aliases stand for their items. */
function groupKeys(select: Select, scope: Scope): readonly Expr[] {
  const items = select.items.flatMap((item) => (item.kind === 'expr' ? [item] : []));
  if (select.groupBy?.kind === 'all') {
    return items.map((item) => item.expr).filter((e) => !someExpr(e, isAggregateCall));
  }
  return (select.groupBy?.exprs ?? []).map((e) => {
    if (e.kind === 'literal' && e.type === 'number') return items[Number(e.value) - 1]?.expr ?? e;
    if (e.kind !== 'column' || e.qualifier.length > 0) return e;
    const meant = resolveColumn(scope, undefined, e.name.name);
    return meant.kind === 'alias' ? meant.expr : e;
  });
}

/**
 * Reports columns that have no one value in a group. SQLite would take any row's, where warehouses refuse.
 * `scope` knows the aliases of the SELECT list.
 */
export function checkGrouping(context: Context, select: Select, scope: Scope, orderBy: readonly Expr[]): void {
  if (!isGrouped(select)) return;
  if (select.items.some((item) => item.kind === 'star')) return;
  const keys = new Set(groupKeys(select, scope).map((e) => canonical(e, scope)));
  const check = (e: Expr): void => {
    if (keys.has(canonical(e, scope)) || isAggregateCall(e)) return;
    if (e.kind !== 'column') {
      childExprs(e).forEach(check);
      return;
    }
    const meant = resolveColumn(scope, e.qualifier.at(-1), e.name.name);
    if (meant.kind === 'alias' && !keys.has(canonical(meant.expr, scope))) check(meant.expr);
    if (meant.kind === 'column' && !meant.isOuter) context.report('sql.notGrouped', { name: e.name.name }, e.span);
  };
  for (const item of select.items) if (item.kind === 'expr') check(item.expr);
  if (select.having !== undefined) check(select.having);
  const aliases = new Set(
    select.items.flatMap((item) => (item.kind === 'expr' && item.alias ? [item.alias.name] : [])),
  );
  for (const e of orderBy) if (e.kind !== 'column' || !aliases.has(e.name.name)) check(e);
}
