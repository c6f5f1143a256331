import type { SqlType } from '../translation.ts';
import type { BinaryExpr, Expr } from '../tree.ts';
import { likePostgres } from '../dialectRules.ts';
import * as types from '../sqlTypes.ts';
import { mismatch, refuse, splice, type Context } from './context.ts';
import { atom, binding, enclosed, isNull, isStringLiteral, operand, raise, settled, type Emitted } from './emitted.ts';
import { cast, toText } from './casts.ts';
import { intervalValue } from './intervalValue.ts';
import { addDays, addInterval, daysBetween } from './moments.ts';
import type { Scope } from './scope.ts';

type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%' | '^' | '&' | '|' | '||';

/** `+ - * / // % ^ & | ||` as the dialect computes them. */
export function arithmetic(context: Context, e: BinaryExpr, op: ArithmeticOperator, scope: Scope): Emitted {
  if (op === '||') return concatenation(context, e, scope);
  if (op === '+' || op === '-') {
    const moved = intervalSum(context, e, op, scope);
    if (moved !== undefined) return moved;
  }
  const left = context.loose(e.left, scope);
  const right = context.loose(e.right, scope);
  const moment = op === '+' || op === '-' ? momentSum(context, e, op, left, right) : undefined;
  if (moment !== undefined) return moment;
  for (const [side, expr] of [[left, e.left] as const, [right, e.right] as const]) {
    if (!countsAsNumber(side)) {
      const name = isStringLiteral(side) ? 'text' : types.typeName(side.type);
      return mismatch(context, expr.span, `${op} needs numbers, and this is ${name}: cast it`);
    }
  }
  const nothing = [left, right].find((side) => isNull(side));
  if (nothing !== undefined) return nothing;
  switch (op) {
    case '+':
    case '-':
    case '*':
      return sumOrProduct(context, e, op, left, right);
    case '/':
      return quotient(context, e, settled(left), settled(right));
    case '//':
      return wholeQuotient(context, e, settled(left), settled(right));
    case '%':
      return remainder(context, e, settled(left), settled(right));
    case '^':
      if (!likePostgres.includes(context.dialect)) {
        return refuse(context, e.opSpan, 'The operator ^', 'use power(a, b)');
      }
      return atom(`pow(${settled(left).sql}, ${settled(right).sql})`, types.real);
    case '&':
    case '|':
      return bits(context, e, op, left, right);
  }
}

function countsAsNumber(e: Emitted): boolean {
  return types.isNumber(e.type) || e.type.kind === 'unknown' || e.type.kind === 'boolean';
}

function concatenation(context: Context, e: BinaryExpr, scope: Scope): Emitted {
  const left = toText(context, context.expr(e.left, scope), e.left.span);
  const right = toText(context, context.expr(e.right, scope), e.right.span);
  return joined(context, e, left, right, binding.concat, types.text);
}

function joined(context: Context, e: BinaryExpr, left: Emitted, right: Emitted, binds: number, type: SqlType): Emitted {
  const sql = splice(context.sql, e.span, [
    { span: e.left.span, sql: operand(left, binds) },
    { span: e.right.span, sql: operand(right, binds + 1) },
  ]);
  return { sql, type, binds };
}

/** A moment and an interval, on either side of `+`. */
function intervalSum(context: Context, e: BinaryExpr, op: '+' | '-', scope: Scope): Emitted | undefined {
  const right = intervalValue(context.dialect, e.right);
  if (right !== undefined) {
    const moment = context.expr(e.left, scope);
    return addInterval(context, moment, right, op === '-', { moment: e.left.span, scope });
  }
  const left = op === '+' ? intervalValue(context.dialect, e.left) : undefined;
  if (left === undefined) return undefined;
  const moment = context.expr(e.right, scope);
  return addInterval(context, moment, left, false, { moment: e.right.span, scope });
}

/** Dates with days, dates with dates; undefined when no date is about. */
function momentSum(context: Context, e: BinaryExpr, op: '+' | '-', left: Emitted, right: Emitted): Emitted | undefined {
  if (left.type.kind === 'date' && right.type.kind === 'integer') return addDays(left, right, op === '-');
  if (op === '+' && left.type.kind === 'integer' && right.type.kind === 'date') return addDays(right, left, false);
  if (op === '-' && left.type.kind === 'date' && right.type.kind === 'date') return daysBetween(left, right);
  if (op === '-' && types.isMoment(left.type) && types.isMoment(right.type)) {
    return refuse(context, e.span, 'The interval between two timestamps', 'use date_diff, or subtract dates');
  }
  return undefined;
}

function isPlusMinusOne(e: Expr): boolean {
  const inner = e.kind === 'unary' ? e.operand : e.kind === 'paren' ? e.inner : e;
  return inner === e ? e.kind === 'literal' && e.value === '1' : isPlusMinusOne(inner);
}

function sumOrProduct(context: Context, e: BinaryExpr, op: '+' | '-' | '*', l: Emitted, r: Emitted): Emitted {
  const [leftType, rightType] = [numeric(l), numeric(r)];
  const type = op === '*' ? productType(leftType, rightType) : (types.unify(leftType, rightType) ?? types.unknown);
  const binds = op === '*' ? binding.product : binding.sum;
  // Two factors with errors of their own could leave more than one last digit's worth, so a product starts clean.
  const [left, right] = op === '*' ? [settled(l), settled(r)] : [l, r];
  const made = joined(context, e, left, right, binds, type);
  const keepsError = l.unrounded === true || r.unrounded === true;
  const isExact = op === '*' && (isPlusMinusOne(e.left) || isPlusMinusOne(e.right)) && !keepsError;
  return type.kind === 'decimal' && type.scale > 0 && !isExact ? { ...made, unrounded: true } : made;
}

/** Booleans count as the integers they are kept as. */
function numeric(e: Emitted): SqlType {
  return e.type.kind === 'boolean' ? types.integer : e.type;
}

function productType(a: SqlType, b: SqlType): SqlType {
  const [left, right] = [types.scaleOf(a), types.scaleOf(b)];
  if (a.kind === 'unknown' || b.kind === 'unknown') return types.unknown;
  if (left === undefined || right === undefined) return types.real;
  return a.kind === 'integer' && b.kind === 'integer'
    ? types.integer
    : types.decimal(left + right, types.isFloat(a) || types.isFloat(b));
}

/** Warehouses stop at a division by zero; SQLite gives NULL. */
function divisor(e: Emitted, source: Expr): string {
  const isSafe =
    (source.kind === 'literal' && Number(source.value) !== 0) ||
    (source.kind === 'call' &&
      source.name === 'nullif' &&
      source.args[1]?.kind === 'literal' &&
      Number(source.args[1].value) === 0);
  if (isSafe) return operand(e, binding.product + 1);
  const zero = `case when ${enclosed(e)} = 0 then ${raise(`'division by zero'`)} end`;
  return `coalesce(nullif(${e.sql}, 0), ${zero})`;
}

function quotient(context: Context, e: BinaryExpr, left: Emitted, right: Emitted): Emitted {
  const bothIntegers = left.type.kind === 'integer' && right.type.kind === 'integer';
  const { integerDivision: rule, decimalDivision } = context.rules;
  const isReal = types.isFloat(left.type) || types.isFloat(right.type);
  if (!decimalDivision && !isReal && !bothIntegers) {
    return refuse(context, e.span, 'The division of decimals', 'write cast(a as double precision) / b');
  }
  if (rule === undefined && bothIntegers) {
    return refuse(context, e.span, 'The division of integers', 'write cast(a as double precision) / b');
  }
  const hasUnknown = left.type.kind === 'unknown' || right.type.kind === 'unknown';
  const below = divisor(right, e.right);
  if (rule === 'integer' && (bothIntegers || hasUnknown)) {
    const type = bothIntegers ? types.integer : types.unknown;
    return { sql: `${operand(left, binding.product)} / ${below}`, type, binds: binding.product };
  }
  // Even a value of a real or decimal type may be kept as an integer, when a literal such as 0 stood in for it.
  const above = `cast(${left.sql} as real)`;
  return { sql: `${above} / ${below}`, type: types.real, binds: binding.product };
}

function wholeQuotient(context: Context, e: BinaryExpr, left: Emitted, right: Emitted): Emitted {
  if (context.dialect !== 'duckdb' || left.type.kind !== 'integer' || right.type.kind !== 'integer') {
    return refuse(context, e.opSpan, 'The operator // for other than integers in DuckDB', 'use floor(a / b)');
  }
  const sql = `${operand(left, binding.product)} / ${divisor(right, e.right)}`;
  return { sql, type: types.integer, binds: binding.product };
}

/** Decimals are counted in units of their last digit, as integers: 10 % 0.1 of doubles is not 0. */
export function remainder(context: Context, e: BinaryExpr, left: Emitted, right: Emitted): Emitted {
  const [leftType, rightType] = [numeric(left), numeric(right)];
  if (leftType.kind === 'integer' && rightType.kind === 'integer') {
    const sql = `${operand(left, binding.product)} % ${divisor(right, e.right)}`;
    return { sql, type: types.integer, binds: binding.product };
  }
  if (leftType.kind === 'real' || rightType.kind === 'real') {
    return atom(`mod(${left.sql}, ${divisor(right, e.right)})`, types.real);
  }
  const type = types.unify(leftType, rightType);
  if (type?.kind !== 'decimal') {
    return refuse(context, e.opSpan, 'The remainder of numbers of an unknown type', 'cast both to integer');
  }
  const units = `1e${String(type.scale)}`;
  const count = (x: string): string => `cast(round(${x} * ${units}) as integer)`;
  const sql = `${count(operand(left, binding.product))} % ${count(divisor(right, e.right))} / ${units}`;
  return { sql, type, binds: binding.product };
}

function bits(context: Context, e: BinaryExpr, op: '&' | '|', left: Emitted, right: Emitted): Emitted {
  if (left.type.kind !== 'integer' || right.type.kind !== 'integer') {
    return mismatch(context, e.opSpan, `${op} needs integers`);
  }
  return joined(context, e, left, right, binding.bits, types.integer);
}

/** A number with its sign turned; decimals keep what is still to be rounded. */
export function negated(context: Context, e: Extract<Expr, { kind: 'unary' }>, scope: Scope): Emitted {
  const inner = context.loose(e.operand, scope);
  if (!countsAsNumber(inner) && !isNull(inner)) {
    return mismatch(context, e.operand.span, `${e.op} needs a number, and this is ${types.typeName(inner.type)}`);
  }
  const type = inner.type.kind === 'boolean' ? types.integer : inner.type;
  // "--" would begin a comment.
  const below = inner.sql.startsWith('-') ? `(${inner.sql})` : operand(inner, binding.sign);
  const sql = splice(context.sql, e.span, [{ span: e.operand.span, sql: below }]);
  const made: Emitted = { sql, type, binds: binding.sign };
  return inner.unrounded === true ? { ...made, unrounded: true } : made;
}

/** The value as a float, for functions that compute with floats. */
export function asReal(context: Context, e: Emitted, span: Expr['span']): Emitted {
  return cast(context, e, { type: types.real }, span, false);
}
