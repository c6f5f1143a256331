import type { CodeParams, DiagnosticCode } from '../../diagnostics/codes.ts';
import type { DialectRules } from '../dialectRules.ts';
import type { Span } from '../span.ts';
import type { Dialect, TypedColumn } from '../translation.ts';
import type { Call, Expr, OrderItem, Query, WindowSpec } from '../tree.ts';
import { atom, type Emitted } from './emitted.ts';
import type { Scope, Tables } from './scope.ts';
import { unknown } from '../sqlTypes.ts';

/** A query as SQLite is given it, and its columns; undefined columns when a star stands for unknown ones. */
export interface EmittedQuery {
  readonly sql: string;
  readonly columns: readonly TypedColumn[] | undefined;
}

/** What the translation of every construct needs, and the rules that any other one may call. */
export interface Context {
  readonly sql: string;
  readonly dialect: Dialect;
  readonly rules: DialectRules;
  report<C extends DiagnosticCode>(code: C, params: CodeParams<C>, span: Span): void;
  /** An expression, decimals rounded. */
  expr(expr: Expr, scope: Scope): Emitted;
  /** An expression whose decimals may still be to be rounded (`Emitted.unrounded`). */
  loose(expr: Expr, scope: Scope): Emitted;
  query(query: Query, tables: Tables, outer: Scope | undefined): EmittedQuery;
  window(spec: WindowSpec, scope: Scope): string;
  orderItem(item: OrderItem, scope: Scope): string;
}

/** A piece of the given SQL, and what stands there in the translation. */
export interface Piece {
  readonly span: Span;
  readonly sql: string;
}

/** The given text of a span with some of its pieces replaced; blanks, comments and the rest stay as they were. */
export function splice(sql: string, span: Span, pieces: readonly Piece[]): string {
  let out = '';
  let at = span.start;
  for (const piece of [...pieces].sort((a, b) => a.span.start - b.span.start)) {
    out += sql.slice(at, piece.span.start) + piece.sql;
    at = piece.span.end;
  }
  return out + sql.slice(at, span.end);
}

/** The text of a span as it was given. */
export function sourceOf(context: Context, span: Span): string {
  return context.sql.slice(span.start, span.end);
}

/** Refuses a construct; what it gives only lets the rest be looked at. */
export function refuse(context: Context, span: Span, what: string, instead?: string): Emitted {
  context.report('sql.unsupported', { what, instead }, span);
  return atom('null', unknown);
}

/** Refuses an operation on types that it is not made for. */
export function mismatch(context: Context, span: Span, detail: string): Emitted {
  context.report('sql.typeMismatch', { detail }, span);
  return atom('null', unknown);
}

/** One function call with its arguments translated, as the rules of functions get it. */
export interface CallSite {
  readonly context: Context;
  readonly call: Call;
  readonly scope: Scope;
  readonly args: readonly Emitted[];
}
