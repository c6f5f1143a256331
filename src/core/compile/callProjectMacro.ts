import type { Outcome } from '../diagnostics/diagnostic.ts';
import { callMacro } from '../jinja/render.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import { failure } from '../jinja/values/jinjaFailure.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { lookupOf } from './linkNodes.ts';
import type { MacroDefinition } from './macroScope.ts';
import { isTableNode, type Manifest, type ManifestNode } from './manifest.ts';
import { nodeGlobals } from './nodeGlobals.ts';
import { graphOf } from './nodeValues.ts';
import { relationObject } from './relationObject.ts';

/** Calls a macro by itself, outside of any node, with everything there that the project has built. */
export function callProjectMacro(
  manifest: Manifest,
  macro: MacroDefinition,
  args: PlainMap,
  environment: CompileEnvironment,
): Outcome<JinjaValue | undefined> {
  const { project } = manifest;
  const { name: rootName } = project.config;
  const lookup = lookupOf(manifest);
  const relation = (node: ManifestNode | undefined, name: string): JinjaValue => {
    if (node !== undefined && isTableNode(node)) return relationObject(node.relation, project.target);
    throw failure('compile.unknownRef', { name, near: undefined });
  };
  const context = nodeGlobals(
    { project, environment },
    manifest.macros,
    {
      execute: true,
      ref: (call) => relation(lookup.ref(call, rootName), call.name),
      source: (call) => relation(lookup.source(call, rootName), `${call.sourceName}.${call.name}`),
      configure: () => undefined,
      config: () => ({}),
    },
    undefined,
  );
  context.later('graph', () => graphOf(manifest));
  const kwargs = new Map(Object.entries(args).map(([name, value]) => [name, fromPlain(value)]));
  const origin = { file: macro.file, range: macro.definition.nameRange };
  return callMacro(context.macro(macro.packageName, macro.name) ?? null, [], kwargs, origin);
}
