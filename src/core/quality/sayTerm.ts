import type { SqlType } from '../sql/translation.ts';
import type { Expr } from '../sql/tree.ts';
import type { Term } from './conditionTerms.ts';

/** A value in a failing row, as people read it. */
export interface SaidValue {
  readonly text: string | null;
  readonly type: SqlType | undefined;
  /** `players.created_at`, where the value is a table's; the query may call it otherwise. */
  readonly name: string | undefined;
  /** The table that has no row for this one, when the value is the key of another table and empty. */
  readonly missing: string | undefined;
}

/** Looks up the value that an expression had in the failing row. */
export type ValueOf = (expr: Expr) => SaidValue | undefined;

/** What a comparison says, and its opposite. */
const comparisons = {
  '=': ['equals', 'is not'],
  '<>': ['is not', 'equals'],
  '<': ['is less than', 'is not less than'],
  '<=': ['is at most', 'is more than'],
  '>': ['is more than', 'is not more than'],
  '>=': ['is at least', 'is less than'],
} as const;

const moments = {
  ...comparisons,
  '<': ['is before', 'is not before'],
  '<=': ['is not after', 'is after'],
  '>': ['is after', 'is not after'],
  '>=': ['is not before', 'is before'],
} as const;

/** The expressions whose values make a term easier to understand. */
export function operandsOf({ expr }: Term): readonly Expr[] {
  return parts(expr).filter((one) => unwrapped(one).kind !== 'literal');
}

/** A term in words: `transactions.timestamp (2024-02-24 04:35:15) is before players.updated_at (2024-04-01 05:38:15)`. */
export function sayTerm({ expr, negated }: Term, sql: string, valueOf: ValueOf): string {
  const named = (one: Expr): string => sayOperand(one, sql, valueOf);
  const bare = (one: Expr): string => valueOf(one)?.name ?? textOf(unwrapped(one), sql);
  switch (expr.kind) {
    case 'binary': {
      const isMoment = [expr.left, expr.right].some((side) =>
        /^(date|timestamp)$/.test(valueOf(side)?.type?.kind ?? ''),
      );
      const words: Partial<Record<string, readonly [string, string]>> = isMoment ? moments : comparisons;
      const [verb, opposite] = words[expr.op] ?? [];
      if (verb === undefined || opposite === undefined) break;
      return `${named(expr.left)} ${negated ? opposite : verb} ${named(expr.right)}`;
    }
    case 'is': {
      const holds = expr.not === negated;
      const missing = valueOf(expr.operand)?.missing;
      if (expr.test === 'null' && holds && missing !== undefined) return `there is no row of ${missing} for it`;
      if (expr.test === 'null') return `${bare(expr.operand)} is ${holds ? 'empty' : 'not empty'}`;
      if (expr.test === 'unknown') break;
      return `${bare(expr.operand)} is ${holds ? '' : 'not '}${expr.test}`;
    }
    case 'between': {
      const inside = expr.not === negated;
      return `${named(expr.operand)} is ${inside ? '' : 'not '}between ${named(expr.low)} and ${named(expr.high)}`;
    }
    case 'inList': {
      const isOne = expr.not === negated;
      return `${named(expr.operand)} is ${isOne ? 'one' : 'none'} of ${expr.items.map(bare).join(', ')}`;
    }
    case 'like': {
      const isLike = expr.not === negated;
      return `${named(expr.operand)} is ${isLike ? '' : 'not '}like ${bare(expr.pattern)}`;
    }
    case 'distinctFrom': {
      const differs = expr.not === negated;
      return `${named(expr.left)} ${differs ? 'is not' : 'equals'} ${named(expr.right)}`;
    }
    case 'column':
      return `${bare(expr)} is ${negated ? 'false' : 'true'}`;
    default:
      break;
  }
  return `${textOf(expr, sql)} is ${negated ? 'false' : 'true'}`;
}

function parts(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'binary':
      return Object.hasOwn(comparisons, expr.op) ? [expr.left, expr.right] : [];
    case 'distinctFrom':
      return [expr.left, expr.right];
    case 'between':
      return [expr.operand, expr.low, expr.high];
    case 'inList':
    case 'like':
    case 'is':
      return [expr.operand];
    case 'column':
      return [expr];
    default:
      return [];
  }
}

function sayOperand(expr: Expr, sql: string, valueOf: ValueOf): string {
  const value = valueOf(expr);
  const name = value?.name ?? textOf(unwrapped(expr), sql);
  return value === undefined ? name : `${name} (${value.text ?? 'empty'})`;
}

function unwrapped(expr: Expr): Expr {
  return expr.kind === 'paren' ? unwrapped(expr.inner) : expr;
}

function textOf(expr: Expr, sql: string): string {
  return sql.slice(expr.span.start, expr.span.end).replace(/\s+/g, ' ');
}
