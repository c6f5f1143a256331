import { isGrouped } from '../sql/translate/grouping.ts';
import type { Expr, Select } from '../sql/tree.ts';

/** A condition, or its opposite. */
export interface Term {
  readonly expr: Expr;
  readonly negated: boolean;
}

/**
 * The reasons for which a SELECT lets a row through: what its WHERE, or the HAVING of a grouped one, joins with OR.
 * Each reason is a list of terms that hold together. Without an OR there is one reason, the whole condition; what
 * holds beside an OR for every row (`a and (b or c)`) is no reason of its own.
 */
export function reasonsOf(select: Select): readonly (readonly Term[])[] {
  const condition = isGrouped(select) ? select.having : select.where;
  if (condition === undefined) return [];
  const conjuncts = flatten({ expr: condition, negated: false }, 'and');
  const choices = conjuncts.map((term) => flatten(term, 'or')).filter((terms) => terms.length > 1);
  return choices.length === 0 ? [conjuncts] : choices.flat().map((term) => flatten(term, 'and'));
}

/** The terms that `op` joins; NOT turns AND and OR into each other (De Morgan). */
function flatten({ expr, negated }: Term, op: 'and' | 'or'): readonly Term[] {
  if (expr.kind === 'paren') return flatten({ expr: expr.inner, negated }, op);
  if (expr.kind === 'unary' && expr.op === 'not') return flatten({ expr: expr.operand, negated: !negated }, op);
  const joining = negated ? (op === 'and' ? 'or' : 'and') : op;
  if (expr.kind !== 'binary' || expr.op !== joining) return [{ expr, negated }];
  return [expr.left, expr.right].flatMap((side) => flatten({ expr: side, negated }, op));
}
