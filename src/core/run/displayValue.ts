import type { SqlType } from '../sql/translation.ts';
import type { SqlValue } from './sqlEngine.ts';

/** A value as people read it: JSON-safe, exact, and nothing lost on the way. */
export type DisplayValue = string | number | boolean | null;

/**
 * A value of the database in the terms of its column's type: decimals with all digits of their scale, booleans as
 * booleans, integers beyond 2^53 as text.
 */
export function displayValue(value: SqlValue, type: SqlType | undefined): DisplayValue {
  if (value === null) return null;
  if (value instanceof Uint8Array) return [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return value;
  if (type?.kind === 'boolean' && (value === 0 || value === 1)) return value === 1;
  if (type?.kind === 'decimal') return value.toFixed(Math.min(type.scale, 100));
  return value;
}

/** The name of a type as the grid's header shows it. */
export function typeName(type: SqlType | undefined): string {
  if (type === undefined || type.kind === 'unknown') return '';
  return type.kind === 'decimal' ? `decimal(38,${String(type.scale)})` : type.kind;
}
