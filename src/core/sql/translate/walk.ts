import type { Call, Expr, OrderItem, WindowSpec } from '../tree.ts';

function ofOrder(items: readonly OrderItem[]): readonly Expr[] {
  return items.map((item) => item.expr);
}

/** Expressions of a window. */
export function windowChildren(spec: WindowSpec): readonly Expr[] {
  return [...spec.partitionBy, ...ofOrder(spec.orderBy), ...(spec.frame?.offsets ?? [])];
}

function ofCall(call: Call): readonly Expr[] {
  return [
    ...call.args,
    ...ofOrder(call.orderBy),
    ...ofOrder(call.withinGroup ?? []),
    ...(call.filter === undefined ? [] : [call.filter]),
    ...(call.over === undefined ? [] : windowChildren(call.over)),
  ];
}

/** The expressions directly within one, those of subqueries left out. */
export function childExprs(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case 'column':
    case 'literal':
    case 'exists':
    case 'scalarQuery':
      return [];
    case 'paren':
      return [e.inner];
    case 'unary':
    case 'is':
    case 'cast':
    case 'extract':
    case 'inQuery':
      return [e.operand];
    case 'subscript':
      return [e.operand, e.index];
    case 'atTimeZone':
      return [e.operand, e.zone];
    case 'interval':
      return [e.amount];
    case 'binary':
    case 'distinctFrom':
      return [e.left, e.right];
    case 'between':
      return [e.operand, e.low, e.high];
    case 'inList':
      return [e.operand, ...e.items];
    case 'like':
      return [e.operand, e.pattern, ...(e.escape === undefined ? [] : [e.escape])];
    case 'case':
      return [
        ...(e.operand === undefined ? [] : [e.operand]),
        ...e.whens.flatMap((one) => [one.when, one.then]),
        ...(e.otherwise === undefined ? [] : [e.otherwise]),
      ];
    case 'call':
      return ofCall(e);
  }
}

/** Whether any expression within one, itself among them, passes the test; subqueries are not entered. */
export function someExpr(e: Expr, test: (e: Expr) => boolean): boolean {
  return test(e) || childExprs(e).some((child) => someExpr(child, test));
}
