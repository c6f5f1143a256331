import type { Runtime } from '../runtime/runtime.ts';
import { asInteger } from '../values/numbers.ts';
import { isUndefined, type JinjaValue } from '../values/value.ts';
import { displayText } from '../values/display.ts';
import { getItem } from './attributes.ts';

/** Gives what a filter looks at in an item: the item itself, or an attribute of it. */
export type Getter = (item: JinjaValue) => JinjaValue;

/** Letters' case does not count, unless the filter is told so. */
export const ignoreCase: Getter = (value) => (typeof value === 'string' ? value.toLowerCase() : value);

/** The getter for `attribute='a.b.0'`; without an attribute, the item itself. */
export function attributeGetter(
  attribute: JinjaValue | undefined,
  runtime: Runtime,
  after: Getter = (value) => value,
  fallback?: JinjaValue,
): Getter {
  const path = attributePath(attribute);
  return (item) => {
    let value = item;
    for (const part of path) {
      value = getItem(value, part, runtime);
      if (fallback !== undefined && isUndefined(value)) value = fallback;
    }
    return after(value);
  };
}

function attributePath(attribute: JinjaValue | undefined): readonly JinjaValue[] {
  if (attribute === undefined || attribute === null) return [];
  const integer = asInteger(attribute);
  if (integer !== undefined) return [integer];
  return displayText(attribute)
    .split('.')
    .map((part) => (/^\d+$/.test(part) ? BigInt(part) : part));
}
