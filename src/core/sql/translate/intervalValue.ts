import { likePostgres } from '../dialectRules.ts';
import type { Dialect } from '../translation.ts';
import type { Expr, IntervalExpr } from '../tree.ts';

/** An interval that is written out, and the whole numbers that it is multiplied by. */
export interface IntervalValue {
  readonly interval: IntervalExpr;
  readonly factors: readonly Expr[];
}

/** Reads an expression as an interval: one that is written out, `3 * interval '1 day'`, DuckDB's `to_days(3)`. */
export function intervalValue(dialect: Dialect, e: Expr): IntervalValue | undefined {
  if (e.kind === 'paren') return intervalValue(dialect, e.inner);
  if (e.kind === 'interval') return { interval: e, factors: [] };
  if (e.kind === 'call' && dialect === 'duckdb') {
    const unit = /^to_(year|month|week|day|hour|minute|second)s$/.exec(e.name)?.[1];
    const [amount] = e.args;
    if (unit === undefined || amount === undefined || e.args.length > 1) return undefined;
    return { interval: { kind: 'interval', amount, unit, span: e.span }, factors: [] };
  }
  if (e.kind !== 'binary' || e.op !== '*' || !likePostgres.includes(dialect)) return undefined;
  const [left, right] = [intervalValue(dialect, e.left), intervalValue(dialect, e.right)];
  if (left !== undefined) return { ...left, factors: [...left.factors, e.right] };
  return right === undefined ? undefined : { ...right, factors: [...right.factors, e.left] };
}
