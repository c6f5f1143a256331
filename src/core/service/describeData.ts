import type { Manifest } from '../compile/manifest.ts';
import type { Outcome } from '../diagnostics/diagnostic.ts';
import type { DataTable } from '../datagen/dataModel.ts';
import { seedId, tableId, tablesFromSources } from '../datagen/fromSources.ts';
import { inferRelationships } from '../datagen/inferRelationships.ts';
import type { Project } from '../project/project.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { RawTable } from '../quality/rawTable.ts';
import { seedsWithValues } from './seedValues.ts';

/**
 * The tables that the generator makes: those of sources, and the seeds that properties describe and that have no file.
 * `columns` are those that a source table has beside the ones that it lists.
 */
export async function describeTables(
  project: Project,
  files: ProjectFiles,
  columns?: ReadonlyMap<string, readonly string[]>,
): Promise<Outcome<readonly DataTable[]>> {
  const seeds = await seedsWithValues(project, files);
  return tablesFromSources({ ...project, seeds }, columns);
}

/** The id that the generator gives to a table that was read. */
export function idOfRaw({ node }: RawTable): string {
  return node.resourceType === 'source' ? tableId(node.sourceName, node.name) : seedId(node.name);
}

/**
 * What the project says of its tables, with the relationships that names tell and all the columns that the files which
 * were read have. Seeds that have a file are among them when they are asked for.
 */
export async function describeData(
  { project }: Manifest,
  files: ProjectFiles,
  raw: readonly RawTable[],
  withSeeds: boolean,
): Promise<readonly DataTable[]> {
  const byId = new Map(raw.filter((table) => table.isLoaded).map((table) => [idOfRaw(table), table]));
  const columns = new Map([...byId].map(([id, table]) => [id, table.columns.map((column) => column.name)]));
  const described = withSeeds
    ? tablesFromSources({ ...project, seeds: [] }, columns)
    : await describeTables(project, files, columns);
  // How many rows a table without a file will have is not known here; only that it can have enough.
  const sized = described.value.map(
    (table) => [table.id, { table, rows: byId.get(table.id)?.rows ?? Infinity }] as const,
  );
  return [...inferRelationships(new Map(sized)).tables.values()].map(({ table }) => table);
}
