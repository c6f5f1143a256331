import { everyCall, type FoundCall } from '../jinja/syntax/findCalls.ts';
import type { TemplateDefinition } from '../jinja/template.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { dispatchNames, dispatchPackages, findMacro, macroId, macroOf } from './macroScope.ts';
import type { MacroDefinition, MacroScope } from './macroScope.ts';

/**
 * Ids of the macros that a macro calls, as far as its text says so (dbt-core: parser/manifest.py,
 * macro_depends_on; clients/jinja_static.py).
 */
export function macroDependencies(scope: MacroScope, macro: MacroDefinition, adapterType: string): readonly UniqueId[] {
  const found = callsOf(macro.definition).flatMap((call) => calledMacros(scope, macro, call, adapterType));
  return [...new Set(found.map(macroId))];
}

const known = new WeakMap<TemplateDefinition, readonly FoundCall[]>();

/** The calls in a definition's text; it is looked through once, since hundreds of dbt's own stay the same. */
function callsOf(definition: TemplateDefinition): readonly FoundCall[] {
  const before = known.get(definition);
  if (before !== undefined) return before;
  const calls = everyCall({ source: definition.source, body: definition.node.body });
  known.set(definition, calls);
  return calls;
}

function calledMacros(
  scope: MacroScope,
  { packageName }: MacroDefinition,
  { name, args, kwargs }: FoundCall,
  adapterType: string,
): readonly MacroDefinition[] {
  const [first = name, second, ...more] = name.split('.');
  if (name === 'adapter.dispatch') {
    const wanted = args[0]?.literal ?? kwargs.get('macro_name')?.literal;
    const namespace = args[1]?.literal ?? kwargs.get('macro_namespace')?.literal;
    if (typeof wanted !== 'string') return [];
    const packages = dispatchPackages(scope, typeof namespace === 'string' ? namespace : undefined);
    const found = packages.flatMap((one) =>
      dispatchNames(wanted, adapterType).map((each) =>
        one === undefined ? findMacro(scope, each, packageName) : macroOf(scope, one, each),
      ),
    );
    const macro = found.find((one) => one !== undefined);
    return macro === undefined ? [] : [macro];
  }
  if (more.length > 0) return [];
  const macro = second === undefined ? findMacro(scope, first, packageName) : macroOf(scope, first, second);
  return macro === undefined ? [] : [macro];
}
