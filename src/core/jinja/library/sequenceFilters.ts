import { orElse } from '../values/orElse.ts';
import { undefinedFailure } from '../values/undefinedFailure.ts';
import { compare, equals, sorted } from '../values/compare.ts';
import { displayText } from '../values/display.ts';
import { isTruthy, iterate, lengthOf } from '../values/iterate.ts';
import { argumentError, typeError, unsupported, valueError } from '../values/jinjaFailure.ts';
import { asInteger } from '../values/numbers.ts';
import { JinjaSet } from '../values/set.ts';
import { characters } from '../values/text.ts';
import {
  isCompound,
  isUndefined,
  iteratorOf,
  list,
  tuple,
  typeName,
  undefinedValue,
  type JinjaValue,
} from '../values/value.ts';
import { binary } from '../values/operators.ts';
import { Arguments, type GivenArguments } from './arguments.ts';
import { attributeGetter, ignoreCase, type Getter } from './attributePath.ts';
import { getOnlyAttribute } from './attributes.ts';
import { collect, pairsOf } from './containerMethods.ts';
import type { FilterFunction, LibraryContext } from './libraryFunction.ts';

const length: FilterFunction = (input) => {
  const found = lengthOf(input);
  if (found === undefined) throw typeError(`object of type '${typeName(input)}' has no len()`);
  return BigInt(found);
};

const first: FilterFunction = (input) => {
  for (const item of iterate(input)) return item;
  return undefinedValue('No first item, sequence was empty');
};

const last: FilterFunction = (input, _given, { site }) => {
  if (isCompound(input) && (input.kind === 'iterator' || input.kind === 'set')) {
    throw typeError(`'${typeName(input)}' object is not reversible: use |list before |last`);
  }
  return orElse(collect(input, site.runtime).at(-1), () => undefinedValue('No last item, sequence was empty'));
};

const join: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('join', ['d', 'attribute'], given);
  const separator = displayText(orElse(args.optional('d'), () => ''));
  const getter = attributeGetter(args.optional('attribute'), site.runtime);
  const parts: string[] = [];
  let size = 0;
  for (const item of iterate(input)) {
    const text = displayText(getter(item));
    size += text.length + separator.length;
    site.runtime.checkText(size, text.length + separator.length);
    parts.push(text);
  }
  return parts.join(separator);
};

const sort: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('sort', ['reverse', 'case_sensitive', 'attribute'], given);
  const after = args.flag('case_sensitive') ? undefined : ignoreCase;
  const attribute = args.optional('attribute') ?? null;
  const attributes: readonly JinjaValue[] = typeof attribute === 'string' ? attribute.split(',') : [attribute];
  const getters = attributes.map((one) => attributeGetter(one, site.runtime, after));
  const key: Getter = (item) => list(getters.map((getter) => getter(item)));
  return list(sorted(collect(input, site.runtime), key, args.flag('reverse')));
};

const unique: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('unique', ['case_sensitive', 'attribute'], given);
  const getter = attributeGetter(
    args.optional('attribute'),
    site.runtime,
    args.flag('case_sensitive') ? undefined : ignoreCase,
  );
  const source = iterate(input);
  return iteratorOf(
    (function* () {
      const seen = new JinjaSet();
      for (const item of source) {
        const key = getter(item);
        if (seen.has(key)) continue;
        seen.add(key);
        yield item;
      }
    })(),
  );
};

const extreme =
  (name: 'min' | 'max'): FilterFunction =>
  (input, given, { site }) => {
    const args = new Arguments(name, ['case_sensitive', 'attribute'], given);
    const after = args.flag('case_sensitive') ? undefined : ignoreCase;
    const getter = attributeGetter(args.optional('attribute'), site.runtime, after);
    let best: { readonly item: JinjaValue; readonly key: JinjaValue } | undefined;
    for (const item of iterate(input)) {
      const key = getter(item);
      const isBetter = best === undefined || (name === 'min' ? compare(key, best.key) < 0 : compare(key, best.key) > 0);
      if (isBetter) best = { item, key };
    }
    return best === undefined ? undefinedValue('No aggregated item, sequence was empty') : best.item;
  };

const sum: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('sum', ['attribute', 'start'], given);
  const getter = attributeGetter(args.optional('attribute'), site.runtime);
  const start = orElse(args.optional('start'), () => 0n);
  if (typeof start === 'string') throw typeError("sum() can't sum strings: use |join instead");
  let total: JinjaValue = start;
  for (const item of iterate(input)) total = binary('+', total, getter(item), site.runtime);
  return total;
};

const reverse: FilterFunction = (input, _given, { site }) => {
  if (typeof input === 'string') return characters(input).reverse().join('');
  return iteratorOf(collect(input, site.runtime).reverse(), 'list_reverseiterator');
};

const batch: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('batch', ['linecount', 'fill_with'], given);
  const size = args.integer('linecount');
  const fill = args.optional('fill_with') ?? null;
  if (fill !== null) site.runtime.checkItems(size);
  const items = collect(input, site.runtime);
  if (size < 1 && items.length > 0) throw valueError('batch() needs a line count of at least 1');
  const rows: JinjaValue[] = [];
  for (let at = 0; at < items.length; at += size) {
    const row = items.slice(at, at + size);
    if (fill !== null) while (row.length < size) row.push(fill);
    rows.push(list(row));
  }
  return iteratorOf(rows);
};

const slice: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('slice', ['slices', 'fill_with'], given);
  const count = args.integer('slices');
  const fill = args.optional('fill_with') ?? null;
  site.runtime.checkItems(count);
  if (count === 0) throw valueError('slice() needs at least one slice');
  const items = collect(input, site.runtime);
  const size = Math.floor(items.length / count);
  const larger = items.length % count;
  let start = 0;
  const rows = Array.from({ length: Math.max(0, count) }, (_, at) => {
    const end = start + size + (at < larger ? 1 : 0);
    const row = items.slice(start, end);
    start = end;
    if (fill !== null && at >= larger) row.push(fill);
    return list(row);
  });
  return iteratorOf(rows);
};

const groupBy: FilterFunction = (input, given, { site }) => {
  const args = new Arguments('groupby', ['attribute', 'default', 'case_sensitive'], given);
  const caseSensitive = args.flag('case_sensitive');
  const raw = attributeGetter(args.required('attribute'), site.runtime, undefined, args.optional('default'));
  const getter: Getter = caseSensitive ? raw : (item) => ignoreCase(raw(item));
  const groups: { readonly key: JinjaValue; readonly items: JinjaValue[] }[] = [];
  for (const item of sorted(collect(input, site.runtime), getter)) {
    const key = getter(item);
    const current = groups.at(-1);
    if (current !== undefined && equals(current.key, key)) current.items.push(item);
    else groups.push({ key, items: [item] });
  }
  return list(groups.map(({ key, items }) => groupOf(caseSensitive ? key : raw(items[0] ?? null), items)));
};

/** Python's `_GroupTuple`: a pair that also has the names `grouper` and `list`. */
function groupOf(grouper: JinjaValue, items: JinjaValue[]): JinjaValue {
  const pair = [grouper, list(items)];
  const named = new Map<string, JinjaValue>([
    ['grouper', grouper],
    ['list', list(items)],
  ]);
  return {
    kind: 'object',
    typeName: 'tuple',
    display: () => displayText(tuple(pair)),
    getAttr: (name) => named.get(name),
    getItem: (index) => pair.at(Number(asInteger(index) ?? 2n)),
    iterate: () => pair,
    length: () => 2,
    equals: (other) => equals(tuple(pair), other),
  };
}

const toList: FilterFunction = (input, _given, { site }) =>
  typeof input === 'string' ? list(characters(input)) : list(collect(input, site.runtime));

const items: FilterFunction = (input) => {
  if (isUndefined(input)) return iteratorOf([]);
  if (isCompound(input) && input.kind === 'dict') return iteratorOf(input.entries().map(tuple));
  if (isCompound(input) && input.kind === 'object' && input.isMapping === true && input.iterate !== undefined) {
    const { getItem, getAttr } = input;
    const value = (key: JinjaValue): JinjaValue =>
      orElse(getItem?.(key), () => (typeof key === 'string' ? getAttr(key) : undefined)) ?? null;
    return iteratorOf(Array.from(input.iterate(), (key) => tuple([key, value(key)])));
  }
  throw typeError('Can only get item pairs from a mapping');
};

const dictSort: FilterFunction = (input, given) => {
  const args = new Arguments('dictsort', ['case_sensitive', 'by', 'reverse'], given);
  const by = args.text('by', 'key');
  if (by !== 'key' && by !== 'value') throw argumentError('You can only sort by either "key" or "value"');
  if (isUndefined(input)) throw undefinedFailure(input);
  if (!isCompound(input) || input.kind !== 'dict')
    throw typeError(`'${typeName(input)}' object has no attribute 'items'`);
  const after = args.flag('case_sensitive') ? (value: JinjaValue) => value : ignoreCase;
  const key = (pair: readonly [JinjaValue, JinjaValue]): JinjaValue => after(by === 'key' ? pair[0] : pair[1]);
  return list(sorted(pairsOf(input), key, args.flag('reverse')).map(tuple));
};

const attribute: FilterFunction = (input, given, { site }) =>
  getOnlyAttribute(input, new Arguments('attr', ['name'], given).text('name'), site.runtime);

const map: FilterFunction = (input, given, context) => {
  const source = isTruthy(input) ? iterate(input) : [];
  const apply = mapper(given, context);
  return iteratorOf(
    (function* () {
      for (const item of source) yield apply(item);
    })(),
  );
};

function mapper(given: GivenArguments, context: LibraryContext): Getter {
  const { attribute: named, default: fallback, ...rest } = Object.fromEntries(given.kwargs);
  if (given.args.length === 0 && named !== undefined) {
    const [unexpected] = Object.keys(rest);
    if (unexpected !== undefined) throw argumentError(`Unexpected keyword argument '${unexpected}'`);
    return attributeGetter(named, context.site.runtime, undefined, fallback);
  }
  const [name, ...args] = given.args;
  if (name === undefined) throw argumentError('map requires a filter argument');
  const filter = context.filters.get(displayText(name));
  if (filter === undefined) throw argumentError(`No filter named '${displayText(name)}'`);
  return (item) => filter(item, { args, kwargs: given.kwargs }, context);
}

/** `select`, `reject`, `selectattr`, `rejectattr`: keeps what a test accepts, or does not. */
const selecting =
  (keep: boolean, byAttribute: boolean): FilterFunction =>
  (input, given, context) => {
    const source = isTruthy(input) ? iterate(input) : [];
    const [name, args] = byAttribute ? [given.args[1], given.args.slice(2)] : [given.args[0], given.args.slice(1)];
    if (byAttribute && given.args.length === 0) throw argumentError('Missing parameter for attribute name');
    const getter = attributeGetter(byAttribute ? given.args[0] : undefined, context.site.runtime);
    const test = name === undefined ? isTruthy : tester(name, args, given, context);
    return iteratorOf(
      (function* () {
        for (const item of source) if (test(getter(item)) === keep) yield item;
      })(),
    );
  };

function tester(
  name: JinjaValue,
  args: readonly JinjaValue[],
  given: GivenArguments,
  context: LibraryContext,
): (value: JinjaValue) => boolean {
  const test = context.tests.get(displayText(name));
  if (test === undefined) throw argumentError(`No test named '${displayText(name)}'`);
  return (value) => test(value, { args, kwargs: given.kwargs }, context);
}

/** Filters on lists, dicts and other iterables. */
export const sequenceFilters: readonly (readonly [string, FilterFunction])[] = [
  ['length', length],
  ['count', length],
  ['first', first],
  ['last', last],
  ['join', join],
  ['sort', sort],
  ['unique', unique],
  ['min', extreme('min')],
  ['max', extreme('max')],
  ['sum', sum],
  ['reverse', reverse],
  ['batch', batch],
  ['slice', slice],
  ['groupby', groupBy],
  ['list', toList],
  ['items', items],
  ['dictsort', dictSort],
  ['attr', attribute],
  ['map', map],
  ['select', selecting(true, false)],
  ['reject', selecting(false, false)],
  ['selectattr', selecting(true, true)],
  ['rejectattr', selecting(false, true)],
  ['is_list', (input) => isCompound(input) && input.kind === 'list'],
  [
    'random',
    () => {
      throw unsupported('The filter random: a build must give the same result each time, so it');
    },
  ],
];
