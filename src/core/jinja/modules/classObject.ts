import type { JinjaCallable, JinjaObject, JinjaValue } from '../values/value.ts';

/** A Python class as templates reach it: it makes objects when it is called, and has members of its own. */
export function classObject(
  name: string,
  construct: JinjaCallable['call'],
  members: Readonly<Record<string, JinjaValue>>,
): JinjaObject {
  return {
    kind: 'object',
    typeName: 'type',
    display: () => `<class '${name}'>`,
    getAttr: (attribute) => (Object.hasOwn(members, attribute) ? members[attribute] : undefined),
    call: construct,
  };
}

/** Members of an object, made when they are asked for. */
export type Members<T> = Readonly<Record<string, (self: T) => JinjaValue>>;

/** The member of this name, if there is one. */
export function memberOf<T>(members: Members<T>, self: T, name: string): JinjaValue | undefined {
  return Object.hasOwn(members, name) ? members[name]?.(self) : undefined;
}
