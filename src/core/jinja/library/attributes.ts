import { orElse } from '../values/orElse.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { failure, valueError } from '../values/jinjaFailure.ts';
import { sizeOf } from '../values/iterate.ts';
import { asInteger } from '../values/numbers.ts';
import { characters } from '../values/text.ts';
import {
  hostFunction,
  isCompound,
  isUndefined,
  list,
  tuple,
  typeName,
  undefinedValue,
  type JinjaCallable,
  type JinjaUndefined,
  type JinjaValue,
} from '../values/value.ts';
import { undefinedFailure } from '../values/undefinedFailure.ts';
import { rangeView } from '../values/views.ts';
import { dictMethods, listMethods, setMethods, tupleMethods } from './containerMethods.ts';
import { numberAttribute } from './numberMethods.ts';
import { formatText } from './strFormat.ts';
import { stringMethods, type Method } from './stringMethods.ts';

/** Python's slice: what `[from:to:step]` gives. */
export interface SliceIndex {
  readonly kind: 'sliceIndex';
  readonly from: JinjaValue;
  readonly to: JinjaValue;
  readonly step: JinjaValue;
}

/** `value.name` as Jinja's sandbox reads it: attributes and methods first, then items. */
export function getAttribute(value: JinjaValue, name: string, runtime: Runtime): JinjaValue {
  if (isUndefined(value)) return ofUndefined(value);
  const internal = name.startsWith('_');
  if (internal && name.startsWith('__') && name.endsWith('__') && name.length > 4)
    return unsafeAttribute(value, name, runtime);
  const own = internal ? undefined : ownAttribute(value, name);
  return orElse(
    orElse(own, () => ownItem(value, name)),
    () => missing(value, name, runtime),
  );
}

/** What the filter `attr` reads: attributes and methods, never items. */
export function getOnlyAttribute(value: JinjaValue, name: string, runtime: Runtime): JinjaValue {
  if (isUndefined(value)) return ofUndefined(value);
  if (name.startsWith('_')) return unsafeAttribute(value, name, runtime);
  return orElse(ownAttribute(value, name), () => missing(value, name, runtime));
}

/** `value[index]` as Jinja's sandbox reads it: items first, then attributes. */
export function getItem(value: JinjaValue, index: JinjaValue, runtime: Runtime): JinjaValue {
  if (isUndefined(value)) return ofUndefined(value);
  if (typeof value === 'string') runtime.work(value.length);
  const item = ownItem(value, index);
  if (item !== undefined) return item;
  if (typeof index !== 'string') return missing(value, index, runtime);
  if (index.startsWith('__') && index.endsWith('__')) return unsafeAttribute(value, index, runtime);
  const own = index.startsWith('_') ? undefined : ownAttribute(value, index);
  return orElse(own, () => missing(value, index, runtime));
}

/** Strict undefined values fail when something is read from them, as in Jinja; lenient ones give themselves. */
function ofUndefined(value: JinjaUndefined): JinjaValue {
  if (value.lenient === true) return value;
  throw undefinedFailure(value);
}

function missing(value: JinjaValue, name: JinjaValue, runtime: Runtime): JinjaValue {
  const owner = value === null ? 'None' : `${typeName(value)} object`;
  const what = typeof name === 'string' ? `attribute '${name}'` : `element ${elementName(name)}`;
  const made = undefinedValue(`'${owner}' has no ${what}`, typeof name === 'string' ? name : undefined);
  return runtime.lenientUndefined ? { ...made, lenient: true } : made;
}

const elementName = (name: JinjaValue): string => (isCompound(name) ? `of this ${typeName(name)}` : String(name));

function unsafeAttribute(value: JinjaValue, name: string, runtime: Runtime): JinjaValue {
  const made = undefinedValue(`access to attribute '${name}' of '${typeName(value)}' object is unsafe`, name);
  return { ...made, unsafe: { name, typeName: typeName(value) }, lenient: runtime.lenientUndefined };
}

function ownAttribute(value: JinjaValue, name: string): JinjaValue | undefined {
  if (typeof value === 'string') return name === 'format' ? formatMethod(value) : bound(stringMethods, value, name);
  if (!isCompound(value)) return value === null ? undefined : numberAttribute(value, name);
  switch (value.kind) {
    case 'list':
      return bound(listMethods, value, name);
    case 'tuple':
      return bound(tupleMethods, value, name);
    case 'dict':
      return bound(dictMethods, value, name);
    case 'set':
      return bound(setMethods, value, name);
    case 'object':
      return value.getAttr(name);
    case 'callable':
      return value.getAttr?.(name);
    case 'view':
    case 'iterator':
    case 'undefined':
      return undefined;
  }
}

/** Methods that take no longer on a large collection than on a small one. */
const constantTime: ReadonlySet<string> = new Set([
  'append',
  'extend',
  'get',
  'setdefault',
  'update',
  'add',
  'discard',
  'pop',
  'clear',
]);

function bound<T extends JinjaValue>(
  methods: ReadonlyMap<string, Method<T>>,
  self: T,
  name: string,
): JinjaCallable | undefined {
  const method = methods.get(name);
  return (
    method &&
    hostFunction(name, (args, kwargs, site) => {
      if (!constantTime.has(name)) site.runtime.work(sizeOf(self));
      return method(self, { args, kwargs }, site.runtime);
    })
  );
}

const formatMethod = (text: string): JinjaCallable =>
  hostFunction('format', (args, kwargs, site) =>
    formatText(text, { args, kwargs }, site.runtime, { getAttribute, getItem }),
  );

function ownItem(value: JinjaValue, index: JinjaValue): JinjaValue | undefined {
  if (typeof value === 'string') return at(characters(value), index);
  if (!isCompound(value)) return undefined;
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return at(value.items, index);
    case 'view':
      return value.indexable ? at(value.items(), index) : undefined;
    case 'dict':
      return isHashable(index) ? value.get(index) : undefined;
    case 'object':
      return value.getItem?.(index);
    case 'set':
    case 'callable':
    case 'iterator':
    case 'undefined':
      return undefined;
  }
}

const isHashable = (value: JinjaValue): boolean =>
  !isCompound(value) || (value.kind !== 'list' && value.kind !== 'dict' && value.kind !== 'set');

function at(items: readonly JinjaValue[], index: JinjaValue): JinjaValue | undefined {
  const integer = asInteger(index);
  return integer === undefined ? undefined : items.at(Number(integer));
}

/** `value[from:to:step]`. */
export function getSlice(value: JinjaValue, slice: SliceIndex, runtime: Runtime): JinjaValue {
  if (isUndefined(value)) return ofUndefined(value);
  runtime.work(sizeOf(value));
  if (typeof value === 'string') return sliced(characters(value), slice).join('');
  if (isCompound(value)) {
    if (value.kind === 'list') return list(sliced(value.items, slice));
    if (value.kind === 'tuple') return tuple(sliced(value.items, slice));
    if (value.kind === 'view' && value.indexable) return rangeSlice(sliced(value.items(), slice));
  }
  return missing(value, 'slice', runtime);
}

/** A slice of a range is a range again. */
function rangeSlice(items: readonly JinjaValue[]): JinjaValue {
  const [first = 0n, second] = items.map((item) => asInteger(item) ?? 0n);
  const step = second === undefined ? 1n : second - first;
  return rangeView(first, first + step * BigInt(items.length), step);
}

function sliced<T>(items: readonly T[], slice: SliceIndex): T[] {
  const step = slice.step === null ? 1 : bounded(slice.step);
  if (step === 0) throw valueError('slice step cannot be zero');
  const clamp = (value: JinjaValue, fallback: number): number => {
    if (value === null) return fallback;
    const position = bounded(value);
    const counted = position < 0 ? position + items.length : position;
    return step > 0 ? Math.min(Math.max(counted, 0), items.length) : Math.min(Math.max(counted, -1), items.length - 1);
  };
  const from = clamp(slice.from, step > 0 ? 0 : items.length - 1);
  const to = clamp(slice.to, step > 0 ? items.length : -1);
  if (step === 1) return items.slice(from, to);
  const result: T[] = [];
  for (let position = from; step > 0 ? position < to : position > to; position += step) {
    const item = items[position];
    if (item !== undefined) result.push(item);
  }
  return result;
}

function bounded(value: JinjaValue): number {
  if (isUndefined(value)) throw undefinedFailure(value);
  const integer = asInteger(value);
  if (integer === undefined) throw failure('jinja.typeError', { detail: 'slice indices must be integers or None' });
  return Number(integer);
}
