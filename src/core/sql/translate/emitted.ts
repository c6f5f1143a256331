import type { SqlType } from '../translation.ts';
import type { Literal } from '../tree.ts';

/** An expression as SQLite is given it. */
export interface Emitted {
  readonly sql: string;
  readonly type: SqlType;
  /** How tightly its outermost operator binds in SQLite. */
  readonly binds: number;
  /** What it was made from, when that was a literal: a literal takes the type of what it meets. */
  readonly literal?: Literal;
  /** A decimal that arithmetic has left with a double's error, to be rounded at the outermost operator. */
  readonly unrounded?: boolean;
}

/** How tightly SQLite's operators bind (sqlite.org/lang_expr.html, 2. Operators); higher is tighter. */
export const binding = {
  or: 1,
  and: 2,
  not: 3,
  equality: 4,
  comparison: 5,
  escape: 6,
  bits: 7,
  sum: 8,
  product: 9,
  concat: 10,
  sign: 12,
  atom: 20,
} as const;

/** A function call, a literal, a column or something in parentheses: it needs no more of them. */
export function atom(sql: string, type: SqlType): Emitted {
  return { sql, type, binds: binding.atom };
}

/** The text as an operand of an operator that binds so tightly. */
export function operand(e: Emitted, binds: number): string {
  return e.binds >= binds ? e.sql : `(${e.sql})`;
}

/** The text with parentheses unless it is an atom. */
export function enclosed(e: Emitted): string {
  return operand(e, binding.atom);
}

/** Rounds a decimal that is still to be rounded: doubles near a decimal become that decimal's double. */
export function settled(e: Emitted): Emitted {
  if (e.unrounded !== true || e.type.kind !== 'decimal') return e;
  return atom(`round(${e.sql}, ${String(e.type.scale)})`, e.type);
}

export function isNull(e: Emitted): boolean {
  return e.literal?.type === 'null';
}

export function isStringLiteral(e: Emitted): boolean {
  return e.literal?.type === 'string';
}

/** A string as a literal of SQLite. */
export function quote(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** A name in double quotes. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * An expression that makes the statement fail with this message (an SQL expression of text). SQLite has no function
 * that raises in a SELECT; a bad JSON path is reported with its text, and `explainSqlError` reads it back.
 */
export function raise(message: string): string {
  return `json_extract('{}', ${message})`;
}
