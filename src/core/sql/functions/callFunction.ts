import { nearestName } from '../../diagnostics/nearestName.ts';
import type { Dialect } from '../translation.ts';
import type { Call } from '../tree.ts';
import * as types from '../sqlTypes.ts';
import { condition } from '../translate/conditions.ts';
import { refuse, type CallSite, type Context } from '../translate/context.ts';
import { atom, type Emitted } from '../translate/emitted.ts';
import type { Scope } from '../translate/scope.ts';
import { aggregates } from './aggregates.ts';
import { choiceFunctions } from './choiceFunctions.ts';
import type { FunctionTable } from './functionRule.ts';
import { momentFunctions } from './momentFunctions.ts';
import { numberFunctions } from './numberFunctions.ts';
import { textFunctions } from './textFunctions.ts';
import { windowFunctions } from './windowFunctions.ts';

/** Functions of single values, by name. */
export const scalarFunctions: FunctionTable = {
  ...choiceFunctions,
  ...momentFunctions,
  ...numberFunctions,
  ...textFunctions,
};

interface AnyRule {
  readonly least: number;
  readonly most: number;
  readonly dialects?: readonly Dialect[];
}

function ruleOf<R extends AnyRule>(table: Readonly<Record<string, R>>, call: Call, dialect: Dialect): R | undefined {
  const rule = Object.hasOwn(table, call.name) ? table[call.name] : undefined;
  return rule?.dialects === undefined || rule.dialects.includes(dialect) ? rule : undefined;
}

/** A call, by the tables of functions whose meaning is known. Every other name is refused. */
export function callFunction(context: Context, call: Call, scope: Scope): Emitted {
  const aggregate = ruleOf(aggregates, call, context.dialect);
  if (aggregate !== undefined) {
    if (call.nullTreatment !== undefined) return refuse(context, call.span, `${call.name} with IGNORE NULLS`);
    return (
      checked(context, call, aggregate) ??
      aggregate.emit(siteOf(context, call, scope, 'loose'), tail(context, call, scope))
    );
  }
  const window = ruleOf(windowFunctions, call, context.dialect);
  if (window !== undefined) return windowCall(context, call, scope, window.emit, checked(context, call, window));
  const scalar = ruleOf(scalarFunctions, call, context.dialect);
  if (scalar === undefined) return unknownFunction(context, call);
  const misused = call.distinct || call.orderBy.length > 0 || call.filter !== undefined || call.star;
  if (misused || call.over !== undefined || call.withinGroup !== undefined) {
    return refuse(context, call.span, `${call.name} as an aggregate or over a window`);
  }
  return (
    checked(context, call, scalar) ??
    scalar.emit(siteOf(context, call, scope, 'expr', scalar.wordAt?.(context.dialect)))
  );
}

function windowCall(
  context: Context,
  call: Call,
  scope: Scope,
  emit: (site: CallSite, tail: string) => Emitted,
  fault: Emitted | undefined,
): Emitted {
  if (fault !== undefined) return fault;
  if (call.over === undefined) return refuse(context, call.span, `${call.name} without OVER`, 'add over (…)');
  if (call.nullTreatment === 'ignore') return refuse(context, call.span, `${call.name} with IGNORE NULLS`);
  if (call.filter !== undefined || call.distinct)
    return refuse(context, call.span, `${call.name} with FILTER or DISTINCT`);
  return emit(siteOf(context, call, scope, 'expr'), tail(context, call, scope));
}

function siteOf(context: Context, call: Call, scope: Scope, how: 'expr' | 'loose', wordAt?: number): CallSite {
  const args = call.args.map((arg, i) => (i === wordAt ? atom('null', types.unknown) : context[how](arg, scope)));
  return { context, call, scope, args };
}

/** FILTER and OVER as they follow each aggregate. */
function tail(context: Context, call: Call, scope: Scope): string {
  const filter = call.filter === undefined ? '' : ` filter (where ${condition(context, call.filter, scope).sql})`;
  return call.over === undefined ? filter : `${filter} over ${context.window(call.over, scope)}`;
}

function checked(context: Context, call: Call, rule: AnyRule): Emitted | undefined {
  const count = call.args.length;
  if (count >= rule.least && count <= rule.most) return undefined;
  const plural = (n: number): string => `${String(n)} argument${n === 1 ? '' : 's'}`;
  const expected = rule.least === rule.most ? plural(rule.least) : `${String(rule.least)} to ${plural(rule.most)}`;
  context.report('sql.wrongArguments', { name: call.name, expected }, call.span);
  return atom('null', types.unknown);
}

function unknownFunction(context: Context, call: Call): Emitted {
  const tables = [scalarFunctions, aggregates, windowFunctions];
  const names = tables.flatMap((table) => Object.keys(table));
  const known = tables.some((table) => Object.hasOwn(table, call.name));
  const suggestion = known ? undefined : nearestName(call.name, names);
  context.report('sql.unknownFunction', { name: call.name, suggestion }, call.nameSpan);
  return atom('null', types.unknown);
}
