import { typeError } from './jinjaFailure.ts';
import { characters, textLength } from './text.ts';
import { isCompound, typeName, type JinjaIterator, type JinjaValue } from './value.ts';

/**
 * The values that `for` goes through, lazily: a list that grows meanwhile is seen growing, as in Python. Fails for
 * values that cannot be iterated.
 */
export function iterate(value: JinjaValue): Iterable<JinjaValue> {
  if (typeof value === 'string') return characters(value);
  const values = isCompound(value) ? compoundValues(value) : undefined;
  if (values === undefined) throw typeError(`'${typeName(value)}' object is not iterable`);
  return values;
}

/** True when `for` can go through the value. */
export function isIterable(value: JinjaValue): boolean {
  if (typeof value === 'string') return true;
  if (!isCompound(value)) return false;
  return value.kind === 'object' ? value.iterate !== undefined : value.kind !== 'callable';
}

function compoundValues(
  value: Exclude<JinjaValue, null | boolean | bigint | number | string>,
): Iterable<JinjaValue> | undefined {
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return value.items;
    case 'dict':
      return value.keys();
    case 'set':
      return value.values();
    case 'view':
      return value.items();
    case 'iterator':
      return taken(value);
    case 'undefined':
      return [];
    case 'object':
      return value.iterate?.();
    case 'callable':
      return undefined;
  }
}

function* taken(iterator: JinjaIterator): Iterable<JinjaValue> {
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) yield step.value;
}

/** Python's `len(value)`; undefined when the value has none. */
export function lengthOf(value: JinjaValue): number | undefined {
  if (typeof value === 'string') return textLength(value);
  if (!isCompound(value)) return undefined;
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return value.items.length;
    case 'dict':
    case 'set':
      return value.size;
    case 'view':
      return value.items().length;
    case 'undefined':
      return 0;
    case 'object':
      return value.length?.();
    case 'callable':
    case 'iterator':
      return undefined;
  }
}

/** Python's `bool(value)`. */
export function isTruthy(value: JinjaValue): boolean {
  if (value === null) return false;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'bigint') return value !== 0n;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value !== '';
  if (value.kind === 'object') return value.truthy?.() ?? (value.length?.() ?? 1) !== 0;
  return (lengthOf(value) ?? 1) !== 0;
}

/** An item takes about as long to look at as this many characters. */
const itemSize = 10;

/** How long an operation that goes through the value takes, in characters. */
export function sizeOf(value: JinjaValue): number {
  if (typeof value === 'string') return value.length;
  if (!isCompound(value)) return 1;
  if (value.kind === 'list' || value.kind === 'tuple') return value.items.length * itemSize;
  return value.kind === 'dict' || value.kind === 'set' ? value.size * itemSize : 1;
}
