import type { Manifest } from '../compile/manifest.ts';
import type { DataTable } from '../datagen/dataModel.ts';
import { tablesFromSources } from '../datagen/fromSources.ts';
import { inferRelationships } from '../datagen/inferRelationships.ts';
import type { RawTable } from '../quality/rawTable.ts';

/**
 * What the project says of its tables, with the relationships that names tell and all the columns that the files which
 * were read have. Ids are the loaded tables' names.
 */
export function describeData({ project }: Manifest, raw: readonly RawTable[]): readonly DataTable[] {
  const byName = new Map(raw.filter((table) => table.isLoaded).map((table) => [table.name, table]));
  const columns = new Map([...byName].map(([name, table]) => [name, table.columns.map((column) => column.name)]));
  const described = tablesFromSources(project, columns).value;
  // How many rows a table without a file will have is not known here; only that it can have enough.
  const sized = described.map((table) => [table.id, { table, rows: byName.get(table.id)?.rows ?? Infinity }] as const);
  return [...inferRelationships(new Map(sized)).tables.values()].map(({ table }) => table);
}
