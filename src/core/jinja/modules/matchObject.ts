import { lookupError } from '../values/jinjaFailure.ts';
import { dictOf } from '../values/dict.ts';
import { asInteger } from '../values/numbers.ts';
import { reprText } from '../values/display.ts';
import { textLength } from '../values/text.ts';
import { hostFunction, tuple, type JinjaObject, type JinjaValue } from '../values/value.ts';
import type { CompiledPattern } from './pattern.ts';

/** What a pattern found: the texts of the groups, the whole first, and where each stands in UTF-16 units. */
export interface Found {
  readonly text: string;
  readonly groups: readonly (string | undefined)[];
  readonly spans: readonly (readonly [from: number, to: number] | undefined)[];
  readonly pattern: CompiledPattern;
}

/** The number of a group that is named by its number or name. */
export function groupNumber({ pattern, groups }: Found, group: JinjaValue): number {
  const number = typeof group === 'string' ? pattern.names.get(group) : Number(asInteger(group) ?? -1);
  if (number === undefined || number < 0 || number >= groups.length) throw lookupError('no such group');
  return number;
}

/** A Python `re.Match`. */
export function matchObject(found: Found): JinjaObject {
  const group = (key: JinjaValue, byDefault: JinjaValue = null): JinjaValue =>
    found.groups[groupNumber(found, key)] ?? byDefault;
  const span = (key: JinjaValue): readonly bigint[] => {
    const at = found.spans[groupNumber(found, key)];
    return at === undefined ? [-1n, -1n] : at.map((unit) => BigInt(textLength(found.text.slice(0, unit))));
  };
  const names = [...found.pattern.names.keys()];
  const members: Readonly<Record<string, () => JinjaValue>> = {
    group: () =>
      hostFunction('group', (args) => (args.length > 1 ? tuple(args.map((one) => group(one))) : group(args[0] ?? 0n))),
    groups: () =>
      hostFunction('groups', (args, kwargs) => {
        const byDefault = args[0] ?? kwargs.get('default') ?? null;
        return tuple(found.groups.slice(1).map((one) => one ?? byDefault));
      }),
    groupdict: () =>
      hostFunction('groupdict', (args, kwargs) => {
        const byDefault = args[0] ?? kwargs.get('default') ?? null;
        return dictOf(Object.fromEntries(names.map((name) => [name, group(name, byDefault)])));
      }),
    start: () => hostFunction('start', (args) => span(args[0] ?? 0n)[0] ?? null),
    end: () => hostFunction('end', (args) => span(args[0] ?? 0n)[1] ?? null),
    span: () => hostFunction('span', (args) => tuple(span(args[0] ?? 0n))),
    string: () => found.text,
    re: () => found.pattern.object(),
    pos: () => 0n,
    endpos: () => BigInt(textLength(found.text)),
    lastindex: () => {
      const last = found.groups.findLastIndex((one) => one !== undefined);
      return last > 0 ? BigInt(last) : null;
    },
  };
  const display = (): string =>
    `<re.Match object; span=(${span(0n).join(', ')}), match=${reprText(found.groups[0] ?? '')}>`;
  return {
    kind: 'object',
    typeName: 're.Match',
    display,
    getAttr: (name) => (Object.hasOwn(members, name) ? members[name]?.() : undefined),
    getItem: (key) => group(key),
    truthy: () => true,
  };
}
