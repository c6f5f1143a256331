import type { SqlType } from './translation.ts';

export const integer: SqlType = { kind: 'integer' };
export const real: SqlType = { kind: 'real' };
export const boolean: SqlType = { kind: 'boolean' };
export const date: SqlType = { kind: 'date' };
export const timestamp: SqlType = { kind: 'timestamp' };
export const text: SqlType = { kind: 'text' };
export const unknown: SqlType = { kind: 'unknown' };

/** Digits after the point beyond which a double cannot hold a sum of money; past it decimals count as real. */
const mostScale = 10;

/** A decimal with so many digits after the point; real when a double could not keep them. */
export function decimal(scale: number, float = false): SqlType {
  if (scale > mostScale) return real;
  return float ? { kind: 'decimal', scale, float } : { kind: 'decimal', scale };
}

/** True for what the warehouse computes as a floating point number. */
export function isFloat(type: SqlType): boolean {
  return type.kind === 'real' || (type.kind === 'decimal' && type.float === true);
}

export function isNumber(type: SqlType): boolean {
  return type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'real';
}

export function isMoment(type: SqlType): boolean {
  return type.kind === 'date' || type.kind === 'timestamp';
}

/** Digits after the point of an integer or a decimal; undefined for every other type. */
export function scaleOf(type: SqlType): number | undefined {
  if (type.kind === 'decimal') return type.scale;
  return type.kind === 'integer' ? 0 : undefined;
}

/** The type that holds both, as CASE, COALESCE and UNION find it; undefined when there is none. */
export function unify(a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'unknown' || b.kind === 'unknown') return unknown;
  if (a.kind === 'decimal' && b.kind === 'decimal')
    return decimal(Math.max(a.scale, b.scale), isFloat(a) || isFloat(b));
  if (a.kind === b.kind) return a;
  if (isNumber(a) && isNumber(b)) {
    if (a.kind === 'real' || b.kind === 'real') return real;
    return a.kind === 'decimal' ? a : b;
  }
  return isMoment(a) && isMoment(b) ? timestamp : undefined;
}

/** The type's name in messages. */
export function typeName(type: SqlType): string {
  return type.kind === 'decimal' ? `decimal with ${String(type.scale)} digits` : type.kind;
}
