import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Target } from '../project/target.ts';
import { isTableNode, type ManifestNode, type TableNode } from './manifest.ts';
import { catalogTable, embeddedName } from './relation.ts';

/** Two nodes that would be built as one table are a fault, and so is the name of the database's own table. */
export function sharedRelations(nodes: readonly ManifestNode[], target: Target): readonly Diagnostic[] {
  const taken = new Map<string, TableNode>();
  return nodes.filter(hasTable).flatMap((node) => {
    const name = embeddedName(node.relation, target).toLowerCase();
    const place = { file: node.originalFilePath, range: node.range };
    if (name === catalogTable) return [diagnostic('compile.reservedRelation', { relation: name }, place)];
    const first = taken.get(name);
    taken.set(name, first ?? node);
    if (first === undefined || isSameRelation(first, node)) return [];
    return [diagnostic('compile.duplicateRelation', { relation: name, other: first.originalFilePath }, place)];
  });
}

function hasTable(node: ManifestNode): node is TableNode {
  if (!isTableNode(node)) return false;
  return node.resourceType !== 'model' || node.materialized !== 'ephemeral';
}

/** A source may be the very table that a model or seed of the same project makes, or be declared twice. */
function isSameRelation(a: TableNode, b: TableNode): boolean {
  const isSource = a.resourceType === 'source' || b.resourceType === 'source';
  return isSource && a.relation.schema === b.relation.schema && a.relation.identifier === b.relation.identifier;
}
