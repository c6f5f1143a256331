import type { CaseExpr, Expr, Literal } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { aligned, type Placed } from './alignment.ts';
import { arithmetic, negated } from './arithmetic.ts';
import { cast, toMoment } from './casts.ts';
import { column } from './columns.ts';
import { condition } from './conditions.ts';
import { mismatch, refuse, splice, type Context } from './context.ts';
import { atom, binding, operand, quote, settled, type Emitted } from './emitted.ts';
import { like } from './like.ts';
import { atTimeZone, datePart } from './moments.ts';
import type { Scope } from './scope.ts';
import { castTarget } from './typeNames.ts';
import { callFunction } from '../functions/callFunction.ts';
import { listItem } from '../functions/listItem.ts';
import { isSingleRow } from './singleRow.ts';

/** Any expression as SQLite must be given it; decimals may still be to be rounded. */
export function looseExpression(context: Context, e: Expr, scope: Scope): Emitted {
  switch (e.kind) {
    case 'column':
      return column(context, e, scope);
    case 'literal':
      return literal(context, e);
    case 'paren': {
      const inner = context.loose(e.inner, scope);
      const sql = splice(context.sql, e.span, [{ span: e.inner.span, sql: inner.sql }]);
      return { ...inner, sql, binds: binding.atom };
    }
    case 'unary':
      return e.op === 'not' ? negation(context, e, scope) : negated(context, e, scope);
    case 'binary':
      return binary(context, e, scope);
    case 'is':
      return isTest(context, e, scope);
    case 'distinctFrom':
      return comparison(context, e.span, [e.left, e.right], scope);
    case 'between':
      return comparison(context, e.span, [e.operand, e.low, e.high], scope);
    case 'inList':
      return comparison(context, e.span, [e.operand, ...e.items], scope);
    case 'inQuery':
      return inQuery(context, e, scope);
    case 'like':
      return like(context, e, scope);
    case 'case':
      return caseExpression(context, e, scope);
    case 'cast': {
      const target = castTarget(context, e.target);
      const inner = context.expr(e.operand, scope);
      if (target === undefined) return refuse(context, e.target.span, `The type ${e.target.name}`);
      return cast(context, inner, target, e.operand.span, e.lenient);
    }
    case 'extract': {
      const moment = toMoment(context, context.expr(e.operand, scope), e.operand.span);
      return datePart(context, e.field, moment) ?? refuse(context, e.span, `The part ${e.field} of a date`);
    }
    case 'exists': {
      const query = context.query(e.query, scope.tables, scope);
      return atom(splice(context.sql, e.span, [{ span: e.query.span, sql: query.sql }]), types.boolean);
    }
    case 'scalarQuery':
      return scalarQuery(context, e, scope);
    case 'call':
      return callFunction(context, e, scope);
    case 'atTimeZone':
      return atTimeZone(context, e, scope);
    case 'subscript':
      return listItem(context, e, scope);
    case 'interval':
      return refuse(context, e.span, 'An interval by itself', 'add it to a date or a timestamp');
  }
}

/** Any expression, its decimals rounded. */
export function expression(context: Context, e: Expr, scope: Scope): Emitted {
  return settled(looseExpression(context, e, scope));
}

function literal(context: Context, e: Literal): Emitted {
  switch (e.type) {
    case 'null':
      return { ...atom('null', types.unknown), literal: e };
    case 'boolean':
      return { ...atom(e.value, types.boolean), literal: e };
    case 'string':
      return { ...atom(quote(e.value), types.text), literal: e };
    case 'number': {
      if (/^[0-9]+$/.test(e.value)) return { ...atom(e.value, types.integer), literal: e };
      if (/e/i.test(e.value) || context.rules.pointIsFloat) return { ...atom(e.value, types.real), literal: e };
      const scale = e.value.length - e.value.indexOf('.') - 1;
      return { ...atom(e.value.replace(/\.$/, '.0'), types.decimal(scale)), literal: e };
    }
  }
}

function placed(context: Context, e: Expr, scope: Scope): Placed {
  return { e: context.expr(e, scope), span: e.span };
}

function negation(context: Context, e: Extract<Expr, { kind: 'unary' }>, scope: Scope): Emitted {
  const inner = condition(context, e.operand, scope);
  const sql = splice(context.sql, e.span, [{ span: e.operand.span, sql: operand(inner, binding.not) }]);
  return { sql, type: types.boolean, binds: binding.not };
}

function binary(context: Context, e: Extract<Expr, { kind: 'binary' }>, scope: Scope): Emitted {
  if (e.op === 'and' || e.op === 'or') {
    const binds = binding[e.op];
    const sql = splice(context.sql, e.span, [
      { span: e.left.span, sql: operand(condition(context, e.left, scope), binds) },
      { span: e.right.span, sql: operand(condition(context, e.right, scope), binds + 1) },
    ]);
    return { sql, type: types.boolean, binds };
  }
  switch (e.op) {
    case '=':
    case '<>':
    case '<':
    case '>':
    case '<=':
    case '>=':
      return comparison(context, e.span, [e.left, e.right], scope);
    default:
      return arithmetic(context, e, e.op, scope);
  }
}

/** Anything that compares: its operands brought to one type, the words and operators between them kept. */
function comparison(context: Context, span: Expr['span'], operands: readonly Expr[], scope: Scope): Emitted {
  const { parts } = aligned(
    context,
    operands.map((one) => placed(context, one, scope)),
  );
  const pieces = operands.map((one, i) => {
    const part = parts[i];
    return { span: one.span, sql: part === undefined ? '' : operand(part, binding.bits) };
  });
  return { sql: splice(context.sql, span, pieces), type: types.boolean, binds: binding.equality };
}

function isTest(context: Context, e: Extract<Expr, { kind: 'is' }>, scope: Scope): Emitted {
  const inner = e.test === 'null' ? context.expr(e.operand, scope) : condition(context, e.operand, scope);
  const word = e.test === 'unknown' ? 'null' : e.test;
  const sql = `${operand(inner, binding.comparison)} is ${e.not ? 'not ' : ''}${word}`;
  return { sql, type: types.boolean, binds: binding.equality };
}

function inQuery(context: Context, e: Extract<Expr, { kind: 'inQuery' }>, scope: Scope): Emitted {
  const value = context.expr(e.operand, scope);
  const query = context.query(e.query, scope.tables, scope);
  const type = query.columns?.[0]?.type ?? types.unknown;
  const common = types.unify(value.type, type);
  const differ =
    common === undefined || (types.isMoment(type) && value.type.kind !== type.kind && common.kind !== 'unknown');
  if (differ) {
    const detail = `${types.typeName(value.type)} IN ${types.typeName(type)} does not go together: cast one of them`;
    return mismatch(context, e.operand.span, detail);
  }
  const sql = splice(context.sql, e.span, [
    { span: e.operand.span, sql: operand(value, binding.bits) },
    { span: e.query.span, sql: query.sql },
  ]);
  return { sql, type: types.boolean, binds: binding.equality };
}

function caseExpression(context: Context, e: CaseExpr, scope: Scope): Emitted {
  const pieces = e.operand === undefined ? [] : caseOperands(context, e, e.operand, scope);
  if (e.operand === undefined) {
    for (const { when } of e.whens) pieces.push({ span: when.span, sql: condition(context, when, scope).sql });
  }
  const results = [...e.whens.map((one) => one.then), ...(e.otherwise === undefined ? [] : [e.otherwise])];
  const { type, parts } = aligned(
    context,
    results.map((one) => placed(context, one, scope)),
  );
  results.forEach((one, i) => pieces.push({ span: one.span, sql: parts[i]?.sql ?? 'null' }));
  return atom(splice(context.sql, e.span, pieces), type);
}

/** `case x when 1 …`: x is compared with each, so they are brought to one type. */
function caseOperands(
  context: Context,
  e: CaseExpr,
  subject: Expr,
  scope: Scope,
): { span: Expr['span']; sql: string }[] {
  const all = [subject, ...e.whens.map((one) => one.when)];
  const { parts } = aligned(
    context,
    all.map((one) => placed(context, one, scope)),
  );
  return all.map((one, i) => ({ span: one.span, sql: parts[i]?.sql ?? 'null' }));
}

/** SQLite takes the first of many rows where a warehouse stops, so only what cannot have many is let through. */
function scalarQuery(context: Context, e: Extract<Expr, { kind: 'scalarQuery' }>, scope: Scope): Emitted {
  const query = context.query(e.query, scope.tables, scope);
  if (!isSingleRow(e.query)) {
    return refuse(context, e.span, 'A subquery as a value that may give more than one row', 'aggregate it, or LIMIT 1');
  }
  const sql = splice(context.sql, e.span, [{ span: e.query.span, sql: query.sql }]);
  return atom(sql, query.columns?.[0]?.type ?? types.unknown);
}
