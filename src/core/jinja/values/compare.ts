import { undefinedFailure } from './undefinedFailure.ts';
import type { JinjaDict } from './dict.ts';
import { iterate } from './iterate.ts';
import { typeError } from './jinjaFailure.ts';
import { asFloat } from './numbers.ts';
import { Walk } from './walk.ts';
import { isCompound, isUndefined, typeName, type JinjaValue } from './value.ts';

/** Python's `==`. */
export function equals(left: JinjaValue, right: JinjaValue, known?: Walk): boolean {
  if (left === right) return true;
  if (!isCompound(left) || !isCompound(right)) return scalarEquals(left, right);
  const walk = known ?? new Walk('compared');
  if (left.kind === 'object' && left.equals !== undefined) return left.equals(right);
  if (right.kind === 'object' && right.equals !== undefined) return right.equals(left);
  if (left.kind === 'list' && right.kind === 'list') return itemsEqual(left.items, right.items, walk);
  if (left.kind === 'tuple' && right.kind === 'tuple') return itemsEqual(left.items, right.items, walk);
  if (left.kind === 'dict' && right.kind === 'dict') return dictsEqual(left, right, walk);
  if (left.kind === 'set' && right.kind === 'set') {
    return left.size === right.size && left.values().every((item) => right.has(item));
  }
  if (left.kind === 'view' && right.kind === 'view') return itemsEqual(left.items(), right.items(), walk);
  return left.kind === 'undefined' && right.kind === 'undefined';
}

function scalarEquals(left: JinjaValue, right: JinjaValue): boolean {
  if (isCompound(left)) return left.kind === 'object' && (left.equals?.(right) ?? false);
  if (isCompound(right)) return right.kind === 'object' && (right.equals?.(left) ?? false);
  return compareNumbers(left, right) === 0;
}

function itemsEqual(left: readonly JinjaValue[], right: readonly JinjaValue[], walk: Walk): boolean {
  if (left.length !== right.length) return false;
  return walk.inside(left.length, () => left.every((item, at) => equals(item, right[at] ?? null, walk)));
}

function dictsEqual(left: JinjaDict, right: JinjaDict, walk: Walk): boolean {
  if (left.size !== right.size) return false;
  const isSame = ([key, value]: readonly [JinjaValue, JinjaValue]): boolean => {
    const other = right.get(key);
    return other !== undefined && equals(value, other, walk);
  };
  return walk.inside(left.size, () => left.entries().every(isSame));
}

/** Exact for ints of any size: JavaScript compares a bigint with a number by value. NaN gives undefined. */
function compareNumbers(left: JinjaValue, right: JinjaValue): number | undefined {
  const a = typeof left === 'bigint' ? left : asFloat(left);
  const b = typeof right === 'bigint' ? right : asFloat(right);
  if (a === undefined || b === undefined) return undefined;
  if (a < b) return -1;
  if (a > b) return 1;
  return a >= b ? 0 : undefined;
}

/** An operator that orders two values. */
export type OrderOperator = '<' | '<=' | '>' | '>=';

/** Python's `<`, `<=`, `>`, `>=`; fails for values that have no order. */
export function isOrdered(left: JinjaValue, operator: OrderOperator, right: JinjaValue): boolean {
  const order = orderOf(left, right, operator, new Walk('compared'));
  if (order === undefined) return false;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** Negative, zero or positive, for sorting; fails for values that have no order. */
export function compare(left: JinjaValue, right: JinjaValue): number {
  return orderOf(left, right, '<', new Walk('compared')) ?? 0;
}

function orderOf(left: JinjaValue, right: JinjaValue, operator: OrderOperator, walk: Walk): number | undefined {
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (asFloat(left) !== undefined && asFloat(right) !== undefined) return compareNumbers(left, right);
  for (const one of [left, right]) if (isUndefined(one)) throw undefinedFailure(one);
  if (isCompound(left) && isCompound(right)) {
    if (left.kind === 'list' && right.kind === 'list')
      return walk.inside(left.items.length, () => compareItems(left.items, right.items, operator, walk));
    if (left.kind === 'tuple' && right.kind === 'tuple')
      return walk.inside(left.items.length, () => compareItems(left.items, right.items, operator, walk));
  }
  const hosted = hostedOrder(left, right);
  if (hosted !== undefined) return hosted;
  throw typeError(`'${operator}' not supported between instances of '${typeName(left)}' and '${typeName(right)}'`);
}

function hostedOrder(left: JinjaValue, right: JinjaValue): number | undefined {
  if (isCompound(left) && left.kind === 'object') return left.compare?.(right);
  if (!isCompound(right) || right.kind !== 'object') return undefined;
  const order = right.compare?.(left);
  return order === undefined ? undefined : -order;
}

function compareItems(
  left: readonly JinjaValue[],
  right: readonly JinjaValue[],
  operator: OrderOperator,
  walk: Walk,
): number | undefined {
  for (const [at, item] of left.entries()) {
    const other = right[at];
    if (other === undefined) return 1;
    if (!equals(item, other, walk)) return orderOf(item, other, operator, walk);
  }
  return left.length - right.length;
}

/** By code points, as Python orders strings; UTF-16 units would put some characters elsewhere. */
function compareText(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    if (left.charCodeAt(at) === right.charCodeAt(at)) continue;
    return codePointRank(left, at) - codePointRank(right, at);
  }
  return left.length - right.length;
}

/** A surrogate, high or low, belongs to a character above all characters of one unit. */
function codePointRank(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdfff ? 0x10000 + unit : unit;
}

/** Python's `item in container`. */
export function contains(container: JinjaValue, item: JinjaValue): boolean {
  if (typeof container === 'string') {
    if (typeof item === 'string') return container.includes(item);
    throw typeError(`'in <string>' requires string as left operand, not ${typeName(item)}`);
  }
  if (isCompound(container)) {
    if (container.kind === 'dict' || container.kind === 'set') return container.has(item);
    if (container.kind === 'object' && container.contains !== undefined) return container.contains(item);
    if (container.kind === 'undefined') return false;
  }
  if (!isCompound(container) || container.kind === 'callable') {
    throw typeError(`argument of type '${typeName(container)}' is not iterable`);
  }
  for (const one of iterate(container)) if (equals(one, item)) return true;
  return false;
}

/** The items in Python's order; stable, and with `reverse` equal items still keep their order. */
export function sorted<T>(items: readonly T[], key: (item: T) => JinjaValue, reverse = false): T[] {
  const keyed = items.map((item) => ({ item, key: key(item) }));
  keyed.sort((a, b) => (reverse ? compare(b.key, a.key) : compare(a.key, b.key)));
  return keyed.map((entry) => entry.item);
}
