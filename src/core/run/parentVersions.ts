import { reach } from '../compile/graph.ts';
import { isTableNode, type RunnableNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import type { RunContext } from './runContext.ts';

/** What the model's table depends on beside its own code: the versions of the tables that it reads. */
export function versionsOfParents(
  { manifest, catalog }: Pick<RunContext, 'manifest' | 'catalog'>,
  node: RunnableNode,
): string {
  const tables = [...reach(manifest.graph.parents, [node.uniqueId])].sort().map((id) => {
    const parent = manifest.nodes.get(id);
    return parent !== undefined && isTableNode(parent)
      ? catalog.get(embeddedName(parent.relation, manifest.project.target))?.version
      : undefined;
  });
  return tables.filter((version) => version !== undefined).join('\n');
}
