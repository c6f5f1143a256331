import { inferredKey } from '../compile/entries/inferredKey.ts';
import type { ComparedTable } from '../compare/comparedTable.ts';
import type { RowsOf } from '../compare/warehouseRowsQuery.ts';
import type { Manifest, ManifestNode, TableNode } from '../compile/manifest.ts';
import { embeddedName, embeddedTable } from '../compile/relation.ts';
import type { Cancellation } from '../diagnostics/cancellation.ts';
import { hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { displayValue, typeName, type DisplayValue } from '../run/displayValue.ts';
import { isUnbuilt } from '../run/nodeResult.ts';
import type { RunEvent } from '../run/runEvent.ts';
import type { ModelyardProject } from './modelyardProject.ts';

/** A node that `ref` finds on a warehouse: a seed, a snapshot, or a model with a table or a view of its own. */
export type ReferredNode = Extract<TableNode, { readonly resourceType: 'model' | 'seed' | 'snapshot' }>;

/** True for a node whose rows can be read on a warehouse. An ephemeral model is a part of others there. */
export function isReferred(node: ManifestNode): node is ReferredNode {
  if (node.resourceType === 'model') return node.materialized !== 'ephemeral';
  return node.resourceType === 'seed' || node.resourceType === 'snapshot';
}

/** How `ref` finds a node. */
export function referenceTo(node: ReferredNode): RowsOf {
  const { packageName, name } = node;
  return { packageName, name, version: node.resourceType === 'model' ? node.version?.v : undefined };
}

/** The columns whose values no two rows of a node share, as its constraints and tests have it; none when none say so. */
export function rowKey(manifest: Manifest, node: ReferredNode): readonly string[] {
  return node.resourceType === 'model' ? inferredKey(manifest, node) : [];
}

export interface OfflineRequest {
  readonly id: UniqueId;
  /** Of a table with more rows none are given. */
  readonly mostRows: number;
  readonly cancellation: Cancellation;
  readonly onEvent: (event: RunEvent) => void;
}

/** A node's table in the embedded database; without rows when there are more than were wanted. */
export interface OfflineTable extends ComparedTable {
  readonly count: number;
}

/** Values that come from the engine at a time: to take them out of a message keeps the host for some milliseconds. */
const valuesInPage = 50_000;

/** All rows of a node offline, built first if need be. Without a value the diagnostics say why. Rejects with `Cancelled`. */
export function offlineTable(
  project: ModelyardProject,
  manifest: Manifest,
  { id, mostRows, ...progress }: OfflineRequest,
): Promise<Outcome<OfflineTable | undefined>> {
  return project.withBuilt(manifest, [id], progress, async ({ catalog }, built) => {
    const failed = built.results.flatMap((result) => (isUnbuilt(result.status) ? result.diagnostics : []));
    const diagnostics = [...built.sourceFaults, ...failed];
    const node = manifest.nodes.get(id);
    if (hasErrors(diagnostics) || node === undefined || !isReferred(node)) return { value: undefined, diagnostics };
    const table = embeddedName(node.relation, manifest.project.target);
    const { engine } = project.host;
    const counted = await engine.query(`select count(*) from ${embeddedTable(table)}`);
    const count = Number(counted.rows[0]?.[0] ?? 0);
    const typed = catalog.get(table)?.columns ?? [];
    const columns = typed.map(({ name, type }) => ({ name, type: typeName(type) }));
    if (count > mostRows) return { value: { columns, rows: [], count }, diagnostics };
    const rows: (readonly DisplayValue[])[] = [];
    const most = Math.max(1, Math.floor(valuesInPage / Math.max(1, columns.length)));
    while (rows.length < count) {
      const page = await engine.page(`select * from ${embeddedTable(table)}`, rows.length, most);
      if (page.rows.length === 0) break;
      for (const row of page.rows) rows.push(row.map((value, i) => displayValue(value, typed[i]?.type)));
    }
    return { value: { columns, rows, count }, diagnostics };
  });
}
