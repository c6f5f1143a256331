import type { Expr } from '../tree.ts';

/** The value of a whole number that is written out, with or without a sign and parentheses. */
export function wholeNumber(e: Expr | undefined): number | undefined {
  if (e?.kind === 'paren') return wholeNumber(e.inner);
  if (e?.kind === 'unary' && e.op !== 'not') {
    const inner = wholeNumber(e.operand);
    return inner === undefined || e.op === '+' ? inner : -inner;
  }
  return e?.kind === 'literal' && e.type === 'number' && /^\d+$/.test(e.value) ? Number(e.value) : undefined;
}
