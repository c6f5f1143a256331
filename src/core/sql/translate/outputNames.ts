import type { Context } from './context.ts';
import { sourceOf } from './context.ts';
import type { Expr } from '../tree.ts';

/**
 * The name that a dialect gives a column without an alias. PostgreSQL and those that follow it name it by the
 * function; DuckDB by the expression's text, which is followed for calls and kept as written for the rest.
 */
export function outputName(context: Context, e: Expr): string {
  if (e.kind === 'column') return e.name.name;
  if (e.kind === 'paren') return outputName(context, e.inner);
  const written = sourceOf(context, e.span).replace(/\s+/g, ' ');
  if (context.dialect === 'postgres' || context.dialect === 'redshift') return postgresName(context, e);
  if (e.kind !== 'call') return written;
  return e.star ? `${e.name}_star()` : written;
}

function postgresName(context: Context, e: Expr): string {
  switch (e.kind) {
    case 'call':
      return e.name;
    case 'case':
    case 'exists':
    case 'extract':
      return e.kind;
    case 'cast':
      return e.operand.kind === 'column' || e.operand.kind === 'call' ? outputName(context, e.operand) : e.target.name;
    default:
      return '?column?';
  }
}
