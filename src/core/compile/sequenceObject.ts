import { JinjaDict } from '../jinja/values/dict.ts';
import { reprText } from '../jinja/values/display.ts';
import { hostFunction, list, tuple, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';

/**
 * Values that are found by position and by name, as agate has its rows, columns and lists of them: it iterates and
 * counts the values, and `values()`, `keys()`, `items()`, `get()` and `dict()` are what they are of a mapping.
 */
export function sequenceObject(
  typeName: string,
  names: readonly string[],
  values: readonly JinjaValue[],
  attributes: ReadonlyMap<string, JinjaValue> = new Map(),
): JinjaObject {
  const named = (key: JinjaValue): JinjaValue | undefined => {
    if (typeof key === 'bigint') return values.at(Number(key));
    return typeof key === 'string' ? values[names.indexOf(key)] : undefined;
  };
  const methods = new Map<string, JinjaValue>([
    ['values', hostFunction('values', () => tuple(values))],
    ['keys', hostFunction('keys', () => tuple(names))],
    ['items', hostFunction('items', () => list(names.map((name, at) => tuple([name, values[at] ?? null]))))],
    ['get', hostFunction('get', (args) => named(args[0] ?? null) ?? args[1] ?? null)],
    ['dict', hostFunction('dict', () => new JinjaDict(names.map((name, at) => [name, values[at] ?? null])))],
  ]);
  return {
    kind: 'object',
    typeName,
    display: () => `<agate.${typeName}: (${values.map((value) => reprText(value)).join(', ')})>`,
    getAttr: (name) => attributes.get(name) ?? methods.get(name),
    getItem: named,
    iterate: () => values,
    length: () => values.length,
    contains: (value) => values.some((one) => one === value),
  };
}
