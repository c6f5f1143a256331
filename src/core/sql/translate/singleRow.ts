import type { Query } from '../tree.ts';
import { isAggregateCall } from '../functions/aggregates.ts';
import { someExpr } from './walk.ts';

/** Whether a query gives one row at most, for all that can be seen in its text. */
export function isSingleRow(query: Query): boolean {
  const { limit, body } = query;
  if (limit?.kind === 'literal' && Number(limit.value) <= 1) return true;
  if (body.kind === 'nested') return isSingleRow(body.query);
  if (body.kind === 'values') return body.rows.length === 1;
  if (body.kind !== 'select') return false;
  if (body.from === undefined) return true;
  const aggregates = body.items.some((item) => item.kind === 'expr' && someExpr(item.expr, isAggregateCall));
  return body.groupBy === undefined && aggregates;
}
