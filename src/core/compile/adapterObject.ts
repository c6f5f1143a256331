import { failure } from '../jinja/values/jinjaFailure.ts';
import { hostFunction, type JinjaCallable, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import { dispatchNames, type MacroScope } from './macroScope.ts';
import { namespaceObject } from './namespaceObject.ts';
import { quoteForAdapter } from './relation.ts';
import { textArgument } from './textArgument.ts';

/** `adapter`: dispatch and quote; whatever else is asked of it is refused by name. */
export function adapterObject(
  adapterType: string,
  globals: ReadonlyMap<string, JinjaValue>,
  macros: MacroScope,
): JinjaObject {
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
  const members = new Map<string, JinjaValue>([
    ['dispatch', dispatch],
    ['quote', quote],
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
