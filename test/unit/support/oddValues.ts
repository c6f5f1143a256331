import fc from 'fast-check';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../../src/core/project/plainValue.ts';

/** What a file may hold in a place where something else is meant. */
export const oddValue: fc.Arbitrary<PlainValue> = fc.constantFrom<PlainValue>(
  null,
  true,
  false,
  0,
  -1,
  1,
  2.5,
  1e21,
  '',
  ' ',
  'x',
  'none',
  'true',
  '1',
  '-3',
  '1e999',
  '{{ 1 / 0 }}',
  '{{',
  "{{ env_var('NOT_SET') }}",
  "{{ var('start') }}",
  '*',
  '+',
  'a:b',
  'tag:',
  'selector:all',
  '2024-02-31',
  '2024-01-01T00:00:00Z',
  '9999-12-31 23:59:59',
  'day',
  'fortnight',
  "'",
  '"',
  '\u0000',
  '😀',
  '__proto__',
  'constructor',
  [],
  [null],
  ['x', ['x']],
  {},
  { x: null },
  { method: 'fqn', value: '*' },
  { union: [] },
  { intersection: null },
  { exclude: ['x'] },
  { count: -1, period: 'day' },
  { count: 'x', period: 2 },
  { __proto__x: {} },
);

type Change = 'replace' | 'remove' | 'rename' | 'double';

/** What is done to the value at one place of a document; `at` counts its values in the order of the text. */
export interface OddChange {
  readonly at: number;
  readonly change: Change;
  readonly value: PlainValue;
}

export const oddChange: fc.Arbitrary<OddChange> = fc.record({
  at: fc.nat(),
  change: fc.constantFrom<Change>('replace', 'replace', 'replace', 'remove', 'rename', 'double'),
  value: oddValue,
});

/** A document with one value replaced, left out, under another key, or there twice. */
export function changed(document: PlainMap, { at, change, value }: OddChange): PlainMap {
  const total = countOf(document);
  let left = at % total;
  const walk = (node: PlainValue): PlainValue => {
    if (isPlainList(node)) return node.flatMap((item) => here(item, (one) => [one]));
    if (!isPlainMap(node)) return node;
    return Object.fromEntries(
      Object.entries(node).flatMap(([key, item]) =>
        here<readonly [string, PlainValue]>(item, (one, isRenamed) => [[isRenamed ? renamed(key, value) : key, one]]),
      ),
    );
  };
  const here = <T>(item: PlainValue, kept: (one: PlainValue, isRenamed: boolean) => readonly T[]): readonly T[] => {
    const isHere = left === 0;
    left -= 1;
    if (!isHere) return kept(walk(item), false);
    switch (change) {
      case 'replace':
        return kept(value, false);
      case 'remove':
        return [];
      case 'rename':
        return kept(item, true);
      case 'double':
        return [...kept(item, false), ...kept(item, false)];
    }
  };
  return walk(document) as PlainMap;
}

function countOf(value: PlainValue): number {
  const items = isPlainList(value) ? value : isPlainMap(value) ? Object.values(value) : [];
  return items.length + items.reduce<number>((sum, item) => sum + countOf(item), 0);
}

function renamed(key: string, value: PlainValue): string {
  return typeof value === 'string' && value !== '' ? value : `${key}x`;
}
