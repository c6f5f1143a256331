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
