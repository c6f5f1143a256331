import { fromPlain } from '../jinja/values/plain.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import { hooksOf, type Hook } from './hookConfig.ts';
import { nodeThread } from './invocationValues.ts';
import type { Relation } from './relation.ts';
import type { TemplateContext } from './templateContext.ts';

/** A node whose template is rendered, as far as its own names tell of it. */
export interface OwnNode {
  readonly resourceType: string;
  /** Config as far as it is known when the names are asked for. */
  readonly config: () => NodeConfig;
  /** Where the node is built, or where its failing rows would be kept; undefined for one that has no place. */
  readonly relation: Pick<Relation, 'database' | 'schema'> | undefined;
  /** False while the node is only read. */
  readonly execute: boolean;
}

/** Gives a template the names that tell of its node (dbt-core: context/providers.py, ModelContext). */
export function setOwnValues(context: TemplateContext, { resourceType, config, relation, execute }: OwnNode): void {
  const hasHooks = !['source', 'test', 'unit_test'].includes(resourceType);
  const hooks = (key: 'pre-hook' | 'post-hook'): readonly Hook[] => (hasHooks ? hooksOf(config(), key) : []);
  context.later('pre_hooks', () => fromPlain(hooks('pre-hook').map((one) => ({ ...one }))));
  context.later('post_hooks', () => fromPlain(hooks('post-hook').map((one) => ({ ...one }))));
  if (relation !== undefined) {
    context.set('database', relation.database);
    context.set('schema', relation.schema);
  }
  if (execute && resourceType !== 'operation') context.set('thread_id', nodeThread);
}
