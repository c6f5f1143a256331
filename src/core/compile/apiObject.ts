import { hostFunction, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import type { Target } from '../project/target.ts';
import { columnClass } from './columnObject.ts';
import { namespaceObject } from './namespaceObject.ts';
import { relationObject } from './relationObject.ts';
import { textArgument } from './textArgument.ts';

/** `api`: the classes that templates make relations and columns with. */
export function apiObject(target: Target): JinjaObject {
  const create = hostFunction('create', (args, kwargs) => {
    const part = (at: number, name: string, byDefault: string): string => {
      const given: JinjaValue = args[at] ?? kwargs.get(name) ?? null;
      return given === null ? byDefault : textArgument('api.Relation.create', `the ${name}`, given);
    };
    const type = kwargs.get('type');
    return relationObject(
      {
        database: part(0, 'database', target.database),
        schema: part(1, 'schema', target.schema),
        identifier: part(2, 'identifier', ''),
      },
      target,
      type === 'table' || type === 'view' ? type : undefined,
    );
  });
  const members = new Map<string, JinjaValue>([
    ['Relation', namespaceObject('Relation', new Map([['create', create]]))],
    ['Column', columnClass(target.type)],
  ]);
  return namespaceObject('api', members);
}
