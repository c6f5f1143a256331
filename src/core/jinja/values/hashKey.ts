import { typeError, unsupported } from './jinjaFailure.ts';
import { Walk } from './walk.ts';
import { isCompound, typeName, type JinjaValue } from './value.ts';

/** What a JavaScript Map can hold for a Python key: equal keys give the same one. */
export type HashKey = string | object;

/** The key under which a dict or set keeps a value; `1`, `1.0` and `True` are one key, as in Python. */
export function hashKey(value: JinjaValue, known?: Walk): HashKey {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'bigint') return `n${String(value)}`;
  if (typeof value === 'boolean') return value ? 'n1' : 'n0';
  if (typeof value === 'number') return Number.isInteger(value) ? `n${String(BigInt(value))}` : `f${String(value)}`;
  if (!isCompound(value)) return 'None';
  switch (value.kind) {
    case 'tuple':
      return tupleKey(value.items, known ?? new Walk('used as a key'));
    case 'object':
      return value.hashKey === undefined ? value : `o${value.typeName}:${value.hashKey()}`;
    case 'callable':
    case 'iterator':
    case 'view':
      return value;
    case 'undefined':
      return 'undefined';
    case 'list':
    case 'dict':
    case 'set':
      throw typeError(`unhashable type: '${typeName(value)}'`);
  }
}

function tupleKey(items: readonly JinjaValue[], walk: Walk): HashKey {
  const parts = walk.inside(items.length, () => items.map((item) => textKey(item, walk)));
  return `t(${parts.join(',')})`;
}

function textKey(item: JinjaValue, walk: Walk): string {
  const key = hashKey(item, walk);
  if (typeof key !== 'string') throw unsupported(`A '${typeName(item)}' inside a tuple that is a dictionary key`);
  walk.see(key.length);
  return `${String(key.length)}:${key}`;
}
