import { JinjaDict } from './dict.ts';
import { displayText } from './display.ts';
import { unsupported } from './jinjaFailure.ts';
import { Walk } from './walk.ts';
import { isCompound, list, type JinjaValue } from './value.ts';

/** What YAML and JSON hold, as plain JavaScript. */
export type PlainValue =
  null | boolean | number | bigint | string | readonly PlainValue[] | { readonly [key: string]: PlainValue };

/** A plain value for templates. A number without a fraction becomes an int, any other a float. */
export function fromPlain(value: PlainValue | undefined): JinjaValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  if (typeof value !== 'object') return value;
  if (isArray(value)) return list(value.map(fromPlain));
  return new JinjaDict(Object.entries(value).map(([key, item]) => [key, fromPlain(item)]));
}

const isArray = (
  value: readonly PlainValue[] | { readonly [key: string]: PlainValue },
): value is readonly PlainValue[] => Array.isArray(value);

/**
 * A template's value as plain JavaScript: ints within the safe range become numbers, larger ones stay bigint;
 * tuples and sets become arrays, undefined becomes null. Fails for functions and host objects, which have no plain form.
 */
export function toPlain(value: JinjaValue): PlainValue {
  return plain(value, new Walk('converted'));
}

function plain(value: JinjaValue, walk: Walk): PlainValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (!isCompound(value)) return value;
  const all = (items: readonly JinjaValue[]): PlainValue[] =>
    walk.inside(items.length, () => items.map((item) => plain(item, walk)));
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return all(value.items);
    case 'set':
      return all(value.values());
    case 'view':
      return all(value.items());
    case 'dict':
      return walk.inside(value.size, () =>
        Object.fromEntries(value.entries().map(([key, item]) => [displayText(key), plain(item, walk)])),
      );
    case 'undefined':
      return null;
    case 'object':
    case 'callable':
    case 'iterator':
      throw unsupported(`A ${value.kind} as plain data`);
  }
}
