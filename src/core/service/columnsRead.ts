import { compileNode } from '../compile/compileNode.ts';
import type { Manifest, ModelNode, SourceNode, TestNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import { listsAllColumns, tableId } from '../datagen/fromSources.ts';
import { sourceColumns, type ReadTable } from '../lineage/sourceColumns.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { dialectOf } from '../run/dialectOf.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/**
 * The columns that models and tests read of source tables which do not list all of theirs, by the tables' ids. Nodes
 * that do not compile read nothing.
 */
export function columnsRead(project: ModelyardProject, manifest: Manifest): ReadonlyMap<string, readonly string[]> {
  const { target } = manifest.project;
  const sources = [...manifest.nodes.values()].filter((node): node is SourceNode => node.resourceType === 'source');
  if (sources.every(listsAllColumns)) return new Map();
  const tables = sources.map((node): ReadTable => ({
    id: tableId(node.sourceName, node.name),
    name: embeddedName(node.relation, target),
    columns: node.columns.map((column) => column.name),
    isClosed: listsAllColumns(node),
  }));
  const environment = project.environment();
  const queries = parentsFirst(manifest).flatMap((node) => {
    const { value } = compileNode(manifest, node, environment);
    const relation = node.resourceType === 'model' ? embeddedName(node.relation, target) : undefined;
    return value === undefined ? [] : [{ relation, sql: value.code }];
  });
  return sourceColumns(queries, tables, dialectOf(target.type) ?? 'postgres');
}

/** The models and tests, each after those that it reads. */
function parentsFirst({ nodes }: Manifest): readonly (ModelNode | TestNode)[] {
  const seen = new Set<UniqueId>();
  const ordered: (ModelNode | TestNode)[] = [];
  const visit = (id: UniqueId): void => {
    const node = nodes.get(id);
    if (seen.has(id) || (node?.resourceType !== 'model' && node?.resourceType !== 'test')) return;
    seen.add(id);
    node.dependsOn.forEach(visit);
    ordered.push(node);
  };
  for (const id of nodes.keys()) visit(id);
  return ordered;
}
