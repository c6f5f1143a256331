import type { JinjaValue } from '../jinja/values/value.ts';
import { failure } from '../jinja/values/jinjaFailure.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import { packageOf } from '../project/project.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';
import { lookupOf } from './linkNodes.ts';
import { isTableNode, type Manifest, type ManifestNode } from './manifest.ts';
import { nodeGlobals } from './nodeGlobals.ts';
import { graphOf } from './nodeValues.ts';
import type { Relation } from './relation.ts';
import { relationObject } from './relationObject.ts';
import type { TemplateContext } from './templateContext.ts';

/** Where a macro is called from: a package, and the config and `this` of the node that it is called for, if any. */
export interface MacroCaller {
  readonly packageName: string;
  readonly config: NodeConfig;
  readonly relation: Relation | undefined;
}

/** What a macro sees that is called outside of a template, with everything there that the project has built. */
export function macroContext(
  manifest: Manifest,
  { packageName, config, relation: here }: MacroCaller,
  environment: CompileEnvironment,
): TemplateContext {
  const { target } = manifest.project;
  const lookup = lookupOf(manifest);
  const relation = (node: ManifestNode | undefined, name: string): JinjaValue => {
    if (node === undefined || !isTableNode(node)) throw failure('compile.unknownRef', { name, near: undefined });
    return relationObject(environment.deferred?.get(node.uniqueId) ?? node.relation, target);
  };
  const context = nodeGlobals(
    { project: packageOf(manifest.project, packageName), environment },
    manifest.macros,
    {
      execute: true,
      ref: (call) => relation(lookup.ref(call, packageName), call.name),
      source: (call) => relation(lookup.source(call, packageName), `${call.sourceName}.${call.name}`),
      configure: () => undefined,
      config: () => config,
    },
    here,
  );
  context.later('graph', () => graphOf(manifest));
  return context;
}
