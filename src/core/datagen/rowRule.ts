import { parseStatement } from '../sql/parse/parseStatement.ts';
import type { BinaryOperator, Expr } from '../sql/tree.ts';
import { parseTimestamp } from './calendar.ts';

/** A value that a condition compares with: a number, or a text as it stands between the quotes. */
export type RuleValue = number | string;

/** One thing that a condition asks of each row in which its columns are not empty. Columns are named as written. */
export type RowFact =
  | { readonly kind: 'notNull'; readonly column: string }
  /** The column compared with a number, or with a date or time as text. */
  | { readonly kind: 'bound'; readonly column: string; readonly op: Comparison; readonly value: RuleValue }
  | { readonly kind: 'values'; readonly column: string; readonly values: readonly RuleValue[]; readonly not: boolean }
  /** `later` is not before `earlier`; with `strict` it is after it. */
  | { readonly kind: 'order'; readonly later: string; readonly earlier: string; readonly strict: boolean };

export type Comparison = '<' | '<=' | '>' | '>=';

const mirrored: Readonly<Record<Comparison, Comparison>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' };

/**
 * Reads a condition on one row: comparisons of a column with a literal or another column, BETWEEN, IN, IS NOT NULL,
 * and AND between them. Undefined for what is not known to be one of these, and then nothing may be concluded.
 */
export function readRowRule(condition: string): readonly RowFact[] | undefined {
  const parsed = parseStatement(`select 1 from t where (${condition}\n)`, 'duckdb');
  if (parsed.kind === 'fault' || parsed.query.body.kind !== 'select') return undefined;
  const { where } = parsed.query.body;
  return where === undefined ? undefined : factsOf(where);
}

function factsOf(expr: Expr): readonly RowFact[] | undefined {
  if (expr.kind === 'paren') return factsOf(expr.inner);
  if (expr.kind === 'binary') return binaryFacts(expr.op, expr.left, expr.right);
  if (expr.kind !== 'between' && expr.kind !== 'inList' && expr.kind !== 'is') return undefined;
  const column = columnIn(expr.operand);
  if (column === undefined) return undefined;
  if (expr.kind === 'is') return expr.test === 'null' && expr.not ? [{ kind: 'notNull', column }] : undefined;
  if (expr.kind === 'inList') {
    const values = expr.items.map(valueIn).filter((value) => value !== undefined);
    return values.length < expr.items.length ? undefined : [{ kind: 'values', column, values, not: expr.not }];
  }
  const [low, high] = [valueIn(expr.low), valueIn(expr.high)];
  if (expr.not || low === undefined || high === undefined) return undefined;
  return both(boundOn(column, '>=', low), boundOn(column, '<=', high));
}

function binaryFacts(op: BinaryOperator, left: Expr, right: Expr): readonly RowFact[] | undefined {
  if (op === 'and') return both(factsOf(left), factsOf(right));
  if (op === 'or') return alternatives(left, right);
  const [column, other] = [columnIn(left), columnIn(right)];
  if (op === '=' || op === '<>') {
    const named = column ?? other;
    const value = valueIn(column === undefined ? left : right);
    if (named === undefined || value === undefined) return undefined;
    return [{ kind: 'values', column: named, values: [value], not: op === '<>' }];
  }
  if (!isComparison(op)) return undefined;
  if (column !== undefined && other !== undefined) {
    const [later, earlier] = op.startsWith('>') ? [column, other] : [other, column];
    return [{ kind: 'order', later, earlier, strict: !op.endsWith('=') }];
  }
  const value = valueIn(column === undefined ? left : right);
  if (value === undefined) return undefined;
  if (column !== undefined) return boundOn(column, op, value);
  return other === undefined ? undefined : boundOn(other, mirrored[op], value);
}

/** `x is null or …x…` says no more than the second part, and values of one column may be listed by OR. */
function alternatives(left: Expr, right: Expr): readonly RowFact[] | undefined {
  for (const [test, rest] of [
    [left, right],
    [right, left],
  ] as const) {
    const column = test.kind === 'is' && test.test === 'null' && !test.not ? columnIn(test.operand) : undefined;
    const facts = column === undefined ? undefined : factsOf(rest);
    if (facts?.every((fact) => columnsOf(fact).includes(column ?? '')) === true) return facts;
  }
  const [first, second] = [factsOf(left), factsOf(right)].map((facts) => (facts?.length === 1 ? facts[0] : undefined));
  if (first?.kind !== 'values' || second?.kind !== 'values') return undefined;
  if (first.not || second.not || first.column !== second.column) return undefined;
  return [{ ...first, values: [...first.values, ...second.values] }];
}

function both(
  first: readonly RowFact[] | undefined,
  second: readonly RowFact[] | undefined,
): readonly RowFact[] | undefined {
  return first === undefined || second === undefined ? undefined : [...first, ...second];
}

/** The columns that a fact is about. */
export function columnsOf(fact: RowFact): readonly string[] {
  return fact.kind === 'order' ? [fact.later, fact.earlier] : [fact.column];
}

function boundOn(column: string, op: Comparison, value: RuleValue): readonly RowFact[] | undefined {
  if (typeof value === 'string' && parseTimestamp(value) === undefined) return undefined;
  return [{ kind: 'bound', column, op, value }];
}

function isComparison(op: BinaryOperator): op is Comparison {
  return Object.hasOwn(mirrored, op);
}

function columnIn(expr: Expr): string | undefined {
  if (expr.kind === 'paren') return columnIn(expr.inner);
  return expr.kind === 'column' ? expr.name.name : undefined;
}

function valueIn(expr: Expr): RuleValue | undefined {
  if (expr.kind === 'paren') return valueIn(expr.inner);
  if (expr.kind === 'cast') return expr.operand.kind === 'literal' ? valueIn(expr.operand) : undefined;
  if (expr.kind === 'unary' && expr.op !== 'not') {
    const value = valueIn(expr.operand);
    return typeof value === 'number' ? (expr.op === '-' ? -value : value) : undefined;
  }
  if (expr.kind !== 'literal' || expr.type === 'null') return undefined;
  return expr.type === 'number' ? Number(expr.value) : expr.value;
}
