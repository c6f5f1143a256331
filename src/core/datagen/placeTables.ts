import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { isProjectCsv } from '../project/externalLocation.ts';
import type { DataTable } from './dataModel.ts';
import type { RowFormat } from './rowFormat.ts';

/** Where files go. */
export interface Placement {
  readonly format: RowFormat;
  /** Into a folder of their own, by their names, and not to where the project reads them. */
  readonly apart: boolean;
}

/**
 * The tables with the paths of the files that will be written. Apart from the project, a file has its own name, with
 * as much of its path before it as tells tables of one name apart. Two tables in one file, and a place that is no CSV
 * file in the project, are faults.
 */
export function placeTables(tables: readonly DataTable[], { format, apart }: Placement): Outcome<readonly DataTable[]> {
  const diagnostics: Diagnostic[] = [];
  const taken = new Map<string, DataTable>();
  const place = apart ? namesApart(tables) : (table: DataTable): string => table.path;
  const value = tables.map((table): DataTable => {
    if (table.columns.length === 0) return table;
    const path = place(table).replace(/\.csv$/i, (end) => (format.extension === '.csv' ? end : format.extension));
    const other = taken.get(path.toLowerCase());
    if (!apart && !isProjectCsv(table.path))
      diagnostics.push(diagnostic('data.noCsvPlace', { table: table.id, place: table.path }, table));
    else if (other !== undefined)
      diagnostics.push(diagnostic('data.sameFile', { table: table.id, other: other.id, path }, table));
    taken.set(path.toLowerCase(), table);
    return { ...table, path };
  });
  return { value, diagnostics };
}

/** The shortest end of each table's path that no other table's path has. */
function namesApart(tables: readonly DataTable[]): (table: DataTable) => string {
  const paths = new Map(tables.map((table) => [table.id, partsOf(table)]));
  const end = (parts: readonly string[], length: number): string => parts.slice(-length).join('/');
  return ({ id }) => {
    const parts = paths.get(id) ?? [];
    const others = [...paths].filter(([other]) => other !== id).map(([, path]) => path);
    for (let length = 1; length < parts.length; length++) {
      const own = end(parts, length).toLowerCase();
      if (others.every((path) => end(path, length).toLowerCase() !== own)) return end(parts, length);
    }
    return parts.join('/');
  };
}

/** The parts of a table's path; of one outside the project, the names of source and table. */
function partsOf({ id, name, path }: DataTable): readonly string[] {
  return isProjectCsv(path) ? path.split('/') : [id.slice(0, -name.length - 1), `${name}.csv`];
}
