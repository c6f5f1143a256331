import type { DataColumn } from './dataModel.ts';
import { semanticsOf } from './fieldSemantics.ts';

/** What kind of values a column holds, from its declared type or, without one, from its name and tests. */
export type ColumnType =
  | { readonly kind: 'integer' | 'boolean' | 'timestamp' | 'date' | 'text' }
  | { readonly kind: 'decimal'; readonly scale: number };

const declared: readonly (readonly [RegExp, (scale: string | undefined) => ColumnType])[] = [
  [/^(timestamp|datetime)/, () => ({ kind: 'timestamp' })],
  [/^date/, () => ({ kind: 'date' })],
  [/^bool/, () => ({ kind: 'boolean' })],
  [/^(big|small|tiny|medium|u|hu)?(int|integer|serial)\d*\b|^(byteint|long|short)\b/, () => ({ kind: 'integer' })],
  [/^(big)?(decimal|numeric|number|money)/, decimalType],
  [/^(float|double|real)/, () => ({ kind: 'decimal', scale: 2 })],
];

/** The kind of a column's values. Types are known by the names that the warehouses give them. */
export function columnType(column: DataColumn): ColumnType {
  const type = column.dataType?.trim().toLowerCase();
  if (type === undefined || type === '') {
    if (column.acceptedValues !== undefined) return { kind: 'text' };
    return untypedColumn(column);
  }
  const [, precision, scale] = /\(\s*(\d+)\s*(?:,\s*(\d+)\s*)?\)/.exec(type) ?? [];
  const make = declared.find(([name]) => name.test(type))?.[1];
  return make?.(precision === undefined ? undefined : (scale ?? '0')) ?? { kind: 'text' };
}

/** `numeric` alone has two decimals here; `numeric(18)` has none, as in SQL. */
function decimalType(scale: string | undefined): ColumnType {
  const digits = scale === undefined ? 2 : Math.min(Number(scale), 6);
  return digits === 0 ? { kind: 'integer' } : { kind: 'decimal', scale: digits };
}

/** The type that a name means, and else that of the range it has to be in. */
function untypedColumn({ name, acceptedRange }: DataColumn): ColumnType {
  const meant = semanticsOf(name)?.type ?? { kind: 'text' };
  const bounds = [acceptedRange?.min, acceptedRange?.max].filter((bound) => bound !== undefined);
  if (meant.kind !== 'text' || bounds.length === 0) return meant;
  const numbers = bounds.filter((bound) => typeof bound === 'number');
  if (numbers.length < bounds.length)
    return { kind: bounds.some((one) => String(one).length > 10) ? 'timestamp' : 'date' };
  const [low = 0, high = Infinity] = numbers;
  return numbers.every(Number.isInteger) && high - low > 1 ? { kind: 'integer' } : { kind: 'decimal', scale: 2 };
}
