import type { Dialect } from '../translation.ts';
import { mismatch, refuse, splice, type CallSite, type Piece } from '../translate/context.ts';
import { toText } from '../translate/casts.ts';
import { atom, isNull, type Emitted } from '../translate/emitted.ts';
import { wholeNumber } from '../translate/wholeNumber.ts';
import type { SqlType } from '../translation.ts';
import * as types from '../sqlTypes.ts';

/** How one function is translated: how many arguments it takes, in which dialects it is known, and what it becomes. */
export interface FunctionRule {
  readonly least: number;
  readonly most: number;
  /** Dialects whose function of this name is this one; every dialect when left out. */
  readonly dialects?: readonly Dialect[];
  readonly emit: (site: CallSite) => Emitted;
  /** Place of the argument that is no value: the name of a unit, or an interval. It has no entry of its own in `args`. */
  readonly wordAt?: (dialect: Dialect) => number;
}

export type FunctionTable = Readonly<Record<string, FunctionRule>>;

/** The call with its arguments in place and its name kept: for functions that SQLite has too. */
export function sameCall(site: CallSite, type: SqlType, args: readonly Emitted[] = site.args, name?: string): Emitted {
  const pieces: Piece[] = site.call.args.map((arg, i) => ({ span: arg.span, sql: args[i]?.sql ?? 'null' }));
  if (name !== undefined) pieces.push({ span: site.call.nameSpan, sql: name });
  return atom(splice(site.context.sql, site.call.span, pieces), type);
}

/** An argument's SQL as text, as the dialect writes it. */
export function textArg(site: CallSite, index: number): Emitted {
  const e = site.args[index];
  const span = site.call.args[index]?.span ?? site.call.span;
  return e === undefined ? atom('null', types.text) : toText(site.context, e, span);
}

/** An argument that must be a number. */
export function numberArg(site: CallSite, index: number): Emitted {
  const e = site.args[index] ?? atom('null', types.unknown);
  if (types.isNumber(e.type) || e.type.kind === 'unknown' || isNull(e)) return e;
  const span = site.call.args[index]?.span ?? site.call.span;
  return mismatch(site.context, span, `${site.call.name} needs a number here, and this is ${types.typeName(e.type)}`);
}

/** The value of an argument that is a whole number written as a literal. */
export function wholeLiteral(site: CallSite, index: number): number | undefined {
  return wholeNumber(site.call.args[index]);
}

/** The value of an argument that is a string literal. */
export function stringLiteral(site: CallSite, index: number): string | undefined {
  const arg = site.call.args[index];
  return arg?.kind === 'literal' && arg.type === 'string' ? arg.value : undefined;
}

/** Refuses the call for one of its arguments. */
export function refuseArg(site: CallSite, index: number, what: string, instead?: string): Emitted {
  return refuse(site.context, site.call.args[index]?.span ?? site.call.span, `${site.call.name} with ${what}`, instead);
}
