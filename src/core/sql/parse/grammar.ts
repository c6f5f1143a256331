import type { Expr, Query } from '../tree.ts';
import type { TokenCursor } from './tokenCursor.ts';

/** What the rules of the grammar share: the tokens, and the two rules that any other one may need. */
export interface Grammar {
  readonly tokens: TokenCursor;
  /** Any expression. */
  expression(): Expr;
  /** An expression without conditions: it ends before a comparison, IN or LIKE. */
  operand(): Expr;
  /** A query, without parentheses around it. */
  query(): Query;
}

/** SQLite reads no longer chains of operators, nor of queries (sqlite.org/limits.html). */
const mostOperators = 1000;
const mostQueries = 500;

/** One more operator, or query of a UNION and its like, in a chain of so many; a chain too long for SQLite is a fault. */
export function nextInChain(tokens: TokenCursor, count: number, of: 'operators' | 'queries'): number {
  const most = of === 'operators' ? mostOperators : mostQueries;
  if (count < most) return count + 1;
  const instead = of === 'operators' ? 'write IN, or a table of values' : 'build parts of it as tables';
  throw tokens.fail(`More than ${String(most)} ${of} in a row are not supported by the embedded engine: ${instead}`);
}

/** One or more of a thing between commas. */
export function commaList<T>(tokens: TokenCursor, one: () => T): readonly T[] {
  const list = [one()];
  while (tokens.acceptOperator(',')) list.push(one());
  return list;
}

/** Whether a query opens at the token `ahead` of this one, past any opening parentheses. */
export function opensQuery(tokens: TokenCursor, ahead = 0): boolean {
  let at = ahead;
  while (tokens.isOperator('(', at)) at += 1;
  return tokens.isWord('select', at) || tokens.isWord('with', at) || tokens.isWord('values', at);
}
