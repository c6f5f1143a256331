import { isTableNode, type Manifest, type ManifestNode } from '../compile/manifest.ts';
import { embeddedName, embeddedTable } from '../compile/relation.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { displayValue, type DisplayValue } from '../run/displayValue.ts';
import type { TypedColumn } from '../sql/translation.ts';
import type { ModelyardProject, OpenProject } from './modelyardProject.ts';
import { previewColumn, type PreviewColumn } from './previewRows.ts';

/** A node's table as it stands in the database. */
export interface TableInfo {
  readonly columns: readonly PreviewColumn[];
  readonly rowCount: number;
  /** Milliseconds that counting the rows took. */
  readonly durationMs: number;
}

/** What a node's table holds; undefined when it was never built or loaded. */
export function tableInfo(project: ModelyardProject, manifest: Manifest, id: UniqueId): Promise<TableInfo | undefined> {
  return project.withOpen(manifest, async ({ catalog }) => {
    const table = tableOf(manifest, id);
    const entry = table === undefined ? undefined : catalog.get(table);
    if (table === undefined || entry === undefined) return undefined;
    const { clock, engine } = project.host;
    const startedAt = clock.now();
    const rowCount =
      entry.rowCount ?? Number((await engine.query(`select count(*) from ${embeddedTable(table)}`)).rows[0]?.[0] ?? 0);
    return { columns: entry.columns.map(previewColumn), rowCount, durationMs: clock.now() - startedAt };
  });
}

/** Rows `from` up to `from + count` of a node's table; none when there is no table. */
export function tablePage(
  project: ModelyardProject,
  manifest: Manifest,
  id: UniqueId,
  window: { readonly from: number; readonly count: number },
): Promise<readonly (readonly DisplayValue[])[]> {
  return project.withOpen(manifest, (open) => readPage(project, open, id, window));
}

async function readPage(
  project: ModelyardProject,
  { manifest, catalog }: OpenProject,
  id: UniqueId,
  { from, count }: { readonly from: number; readonly count: number },
): Promise<readonly (readonly DisplayValue[])[]> {
  const table = tableOf(manifest, id);
  if (table === undefined || catalog.get(table) === undefined) return [];
  const columns: readonly TypedColumn[] = catalog.get(table)?.columns ?? [];
  const { rows } = await project.host.engine.page(`select * from ${embeddedTable(table)}`, from, count);
  return rows.map((row) => row.map((value, i) => displayValue(value, columns[i]?.type)));
}

function tableOf(manifest: Manifest, id: UniqueId): string | undefined {
  const node: ManifestNode | undefined = manifest.nodes.get(id);
  if (node === undefined || !isTableNode(node)) return undefined;
  return embeddedName(node.relation, manifest.project.target);
}
