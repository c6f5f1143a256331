import { orElse } from '../values/orElse.ts';
import type { Runtime } from '../runtime/runtime.ts';
import { equals, sorted } from '../values/compare.ts';
import { JinjaDict } from '../values/dict.ts';
import { reprText } from '../values/display.ts';
import { iterate } from '../values/iterate.ts';
import { argumentError, lookupError, valueError } from '../values/jinjaFailure.ts';
import { JinjaSet } from '../values/set.ts';
import { isCompound, list, tuple, type JinjaList, type JinjaTuple, type JinjaValue } from '../values/value.ts';
import { dictView } from '../values/views.ts';
import { Arguments } from './arguments.ts';
import type { Method } from './stringMethods.ts';

function position(items: readonly JinjaValue[], value: JinjaValue): number {
  return items.findIndex((item) => equals(item, value));
}

const indexOf: Method<JinjaList | JinjaTuple> = (self, given) => {
  const value = new Arguments('index', ['value'], given).required('value');
  const at = position(self.items, value);
  if (at === -1) throw valueError(`${reprText(value)} is not in the ${self.kind}`);
  return BigInt(at);
};

const countOf: Method<JinjaList | JinjaTuple> = (self, given) => {
  const value = new Arguments('count', ['value'], given).required('value');
  return BigInt(self.items.filter((item) => equals(item, value)).length);
};

/** All values of an iterable, counted against the limit as they come. */
export function collect(value: JinjaValue, runtime: Runtime): JinjaValue[] {
  const items: JinjaValue[] = [];
  for (const item of iterate(value)) {
    items.push(item);
    if (items.length > runtime.limits.items) runtime.checkItems(items.length);
  }
  runtime.checkItems(items.length);
  return items;
}

const append: Method<JinjaList> = (self, given, runtime) => {
  const value = new Arguments('append', ['object'], given).required('object');
  runtime.checkItems(self.items.length + 1, 1);
  self.items.push(value);
  return null;
};

const extend: Method<JinjaList> = (self, given, runtime) => {
  const added = collect(new Arguments('extend', ['iterable'], given).required('iterable'), runtime);
  runtime.checkItems(self.items.length + added.length, added.length);
  for (const item of added) self.items.push(item);
  return null;
};

const insert: Method<JinjaList> = (self, given, runtime) => {
  const args = new Arguments('insert', ['index', 'object'], given);
  runtime.checkItems(self.items.length + 1);
  self.items.splice(args.integer('index'), 0, args.required('object'));
  return null;
};

const pop: Method<JinjaList> = (self, given) => {
  const at = new Arguments('pop', ['index'], given).integer('index', -1);
  const index = at < 0 ? at + self.items.length : at;
  if (index < 0 || index >= self.items.length) {
    throw lookupError(self.items.length === 0 ? 'pop from empty list' : 'pop index out of range');
  }
  const [value] = self.items.splice(index, 1);
  return value ?? null;
};

const remove: Method<JinjaList> = (self, given) => {
  const at = position(self.items, new Arguments('remove', ['value'], given).required('value'));
  if (at === -1) throw valueError('list.remove(x): x not in list');
  self.items.splice(at, 1);
  return null;
};

const sort: Method<JinjaList> = (self, given) => {
  const args = new Arguments('sort', ['reverse'], { args: [], kwargs: given.kwargs });
  if (given.args.length > 0) throw argumentError('sort() takes no positional arguments');
  self.items.splice(0, self.items.length, ...sorted(self.items, (item) => item, args.flag('reverse')));
  return null;
};

/** Methods of list that templates may call. */
export const listMethods: ReadonlyMap<string, Method<JinjaList>> = new Map<string, Method<JinjaList>>([
  ['append', append],
  ['extend', extend],
  ['insert', insert],
  ['pop', pop],
  ['remove', remove],
  ['sort', sort],
  ['index', indexOf],
  ['count', countOf],
  ['copy', (self) => list([...self.items])],
  ['reverse', (self) => (self.items.reverse(), null)],
  ['clear', (self) => (self.items.splice(0), null)],
]);

/** Methods of tuple. */
export const tupleMethods: ReadonlyMap<string, Method<JinjaTuple>> = new Map<string, Method<JinjaTuple>>([
  ['index', indexOf],
  ['count', countOf],
]);

const dictGet: Method<JinjaDict> = (self, given) => {
  const args = new Arguments('get', ['key', 'default'], given);
  return orElse(self.get(args.required('key')), () => args.optional('default') ?? null);
};

const dictPop: Method<JinjaDict> = (self, given) => {
  const args = new Arguments('pop', ['key', 'default'], given);
  const key = args.required('key');
  const value = orElse(self.get(key), () => args.optional('default'));
  if (value === undefined) throw lookupError(`the dictionary has no key ${reprText(key)}`);
  self.delete(key);
  return value;
};

const setDefault: Method<JinjaDict> = (self, given) => {
  const args = new Arguments('setdefault', ['key', 'default'], given);
  const key = args.required('key');
  const known = self.get(key);
  if (known !== undefined) return known;
  const value = args.optional('default') ?? null;
  self.set(key, value);
  return value;
};

const update: Method<JinjaDict> = (self, given, runtime) => {
  if (given.args.length > 1) throw argumentError('update() takes at most one positional argument');
  const [other] = given.args;
  if (other !== undefined) for (const [key, value] of pairsOf(other)) self.set(key, value);
  for (const [key, value] of given.kwargs) self.set(key, value);
  runtime.checkItems(self.size);
  return null;
};

/** Key and value pairs of a dict, or of an iterable of pairs, as `dict()` takes them. */
export function pairsOf(value: JinjaValue): [JinjaValue, JinjaValue][] {
  if (isCompound(value) && value.kind === 'dict') return value.entries();
  return Array.from(iterate(value), (pair) => {
    const [key, item, ...more] = Array.from(iterate(pair));
    if (key === undefined || item === undefined || more.length > 0) {
      throw valueError('a dictionary is made from pairs: each must have two values');
    }
    return [key, item];
  });
}

const popItem: Method<JinjaDict> = (self) => {
  const last = self.entries().at(-1);
  if (last === undefined) throw lookupError('popitem(): dictionary is empty');
  self.delete(last[0]);
  return tuple(last);
};

/** Methods of dict that templates may call. */
export const dictMethods: ReadonlyMap<string, Method<JinjaDict>> = new Map<string, Method<JinjaDict>>([
  ['get', dictGet],
  ['keys', (self) => dictView(self, 'dict_keys')],
  ['values', (self) => dictView(self, 'dict_values')],
  ['items', (self) => dictView(self, 'dict_items')],
  ['pop', dictPop],
  ['popitem', popItem],
  ['setdefault', setDefault],
  ['update', update],
  ['copy', (self) => new JinjaDict(self.entries())],
  ['clear', (self) => (self.clear(), null)],
]);

const others = (given: { readonly args: readonly JinjaValue[] }): JinjaSet[] =>
  given.args.map((one) => new JinjaSet(iterate(one)));

const changingSet =
  (name: string, change: (self: JinjaSet, value: JinjaValue) => void): Method<JinjaSet> =>
  (self, given) => {
    change(self, new Arguments(name, ['element'], given).required('element'));
    return null;
  };

const removeElement = (self: JinjaSet, value: JinjaValue): void => {
  if (!self.delete(value)) throw lookupError(`the set has no element ${reprText(value)}`);
};

/** Methods of set that templates may call. */
export const setMethods: ReadonlyMap<string, Method<JinjaSet>> = new Map<string, Method<JinjaSet>>([
  ['add', changingSet('add', (self, value) => self.add(value))],
  ['discard', changingSet('discard', (self, value) => void self.delete(value))],
  ['remove', changingSet('remove', removeElement)],
  ['copy', (self) => new JinjaSet(self.values())],
  ['clear', (self) => (self.clear(), null)],
  ['union', (self, given) => new JinjaSet([...self.values(), ...others(given).flatMap((one) => one.values())])],
  ['intersection', (self, given) => kept(self, (item) => others(given).every((one) => one.has(item)))],
  ['difference', (self, given) => kept(self, (item) => !others(given).some((one) => one.has(item)))],
  ['symmetric_difference', (self, given) => symmetric(self, given.args[0] ?? null)],
  ['issubset', (self, given) => self.values().every((item) => (others(given)[0] ?? new JinjaSet()).has(item))],
  ['issuperset', (self, given) => (others(given)[0] ?? new JinjaSet()).values().every((item) => self.has(item))],
  ['update', (self, given) => (others(given).forEach((one) => one.values().forEach((item) => self.add(item))), null)],
]);

const kept = (self: JinjaSet, keep: (item: JinjaValue) => boolean): JinjaSet =>
  new JinjaSet(self.values().filter(keep));

function symmetric(self: JinjaSet, value: JinjaValue): JinjaSet {
  const other = new JinjaSet(iterate(value));
  return new JinjaSet([
    ...self.values().filter((item) => !other.has(item)),
    ...other.values().filter((item) => !self.has(item)),
  ]);
}
