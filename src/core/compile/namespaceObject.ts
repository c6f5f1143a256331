import type { JinjaObject, JinjaValue } from '../jinja/values/value.ts';

/** An object that has these members and nothing else. */
export function namespaceObject(typeName: string, members: ReadonlyMap<string, JinjaValue>): JinjaObject {
  return { kind: 'object', typeName, display: () => `<${typeName}>`, getAttr: (name) => members.get(name) };
}
