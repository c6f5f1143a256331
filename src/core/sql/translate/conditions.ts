import type { Expr } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { mismatch, type Context } from './context.ts';
import type { Emitted } from './emitted.ts';
import type { Scope } from './scope.ts';

/** An expression that is used as true or false: text would be read as a number by SQLite. */
export function condition(context: Context, e: Expr, scope: Scope): Emitted {
  const made = context.expr(e, scope);
  const isTruth = made.type.kind === 'boolean' || made.type.kind === 'unknown' || made.type.kind === 'integer';
  return isTruth
    ? made
    : mismatch(context, e.span, `A condition is needed here, and this is ${types.typeName(made.type)}`);
}
