import { failure } from '../jinja/values/jinjaFailure.ts';
import { hostFunction, type JinjaCallable, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import type { Target } from '../project/target.ts';
import type { ExistingRelations } from './compileEnvironment.ts';
import { dispatchNames, type MacroScope } from './macroScope.ts';
import { namespaceObject } from './namespaceObject.ts';
import { embeddedName, quoteForAdapter, type Relation } from './relation.ts';
import { relationObject } from './relationObject.ts';
import { textArgument } from './textArgument.ts';

/** `adapter`: dispatch, quote and get_relation; whatever else is asked of it is refused by name. */
export function adapterObject(
  target: Target,
  existing: ExistingRelations | undefined,
  globals: ReadonlyMap<string, JinjaValue>,
  macros: MacroScope,
): JinjaObject {
  const adapterType = target.type;
  const dispatch = hostFunction('dispatch', (args) => {
    const name = textArgument('adapter.dispatch', 'the macro name', args[0]);
    const found = dispatchNames(name, adapterType).find((one) => macros.byName.has(one));
    const macro = found === undefined ? undefined : globals.get(found);
    if (macro !== undefined) return macro;
    throw failure('compile.badCall', { detail: `adapter.dispatch finds no macro for "${name}".` });
  });
  const quote = hostFunction('quote', (args) =>
    quoteForAdapter(textArgument('adapter.quote', 'the name', args[0]), adapterType),
  );
  const getRelation = hostFunction('get_relation', (args, kwargs) => {
    const part = (at: number, name: keyof Relation): string =>
      textArgument('adapter.get_relation', `the ${name}`, args[at] ?? kwargs.get(name));
    const relation = { database: part(0, 'database'), schema: part(1, 'schema'), identifier: part(2, 'identifier') };
    const kind = existing?.kindOf(embeddedName(relation, target));
    return kind === undefined ? null : relationObject(relation, target, kind);
  });
  const members = new Map<string, JinjaValue>([
    ['dispatch', dispatch],
    ['quote', quote],
    ['get_relation', getRelation],
    ['type', hostFunction('type', () => adapterType)],
  ]);
  return {
    ...namespaceObject('adapter', members),
    getAttr: (name) => members.get(name) ?? notOffered(`adapter.${name}`),
  };
}

function notOffered(name: string): JinjaCallable {
  return hostFunction(name, () => {
    throw failure('compile.notOffered', { name: `${name}()` });
  });
}
