import type { OutputColumn } from '../lineage/outputColumns.ts';
import type { ExplainedQuery } from './explainQuery.ts';
import type { RawTable } from './rawTable.ts';

/** The table whose rows a test's rows are about, and by which columns they are found again. */
export interface Blame {
  readonly table: RawTable;
  /** Places among the query's columns, with the table's column that each is a copy of. */
  readonly columns: readonly { readonly output: number; readonly column: string }[];
}

/**
 * The table that the rows of a test are about: the first whose key the query gives, or else the first of which it
 * gives any column, or else that of the whole row beside it. Its rows are those with the values that the test's row
 * shows, and with those of the whole row when that is the same.
 */
export function blamedTable(
  { outputs, wholeRow }: Pick<ExplainedQuery, 'outputs' | 'wholeRow'>,
  width: number,
  tables: ReadonlyMap<string, RawTable>,
): Blame | undefined {
  const own = groupsOf(outputs ?? [], 0, tables);
  const whole = groupsOf(wholeRow, width - wholeRow.length, tables)[0];
  const hasKey = ({ table, columns }: Group): boolean =>
    columns.some(({ column }) => column === table.key?.toLowerCase());
  const blamed = own.find(hasKey) ?? own[0] ?? whole;
  if (blamed === undefined || blamed.use !== whole?.use) return blamed;
  return { table: blamed.table, columns: whole.columns };
}

interface Group extends Blame {
  readonly use: string;
}

/** The columns by the use of a table that they come from. */
function groupsOf(
  outputs: readonly OutputColumn[],
  first: number,
  tables: ReadonlyMap<string, RawTable>,
): readonly Group[] {
  const found = new Map<string, Group & { readonly columns: { output: number; column: string }[] }>();
  outputs.forEach(({ origin }, i) => {
    const table = origin === undefined ? undefined : tables.get(origin.table);
    if (origin === undefined || table?.isLoaded !== true) return;
    const use = `${origin.table} ${origin.use}`;
    const group = found.get(use) ?? { use, table, columns: [] };
    group.columns.push({ output: first + i, column: origin.column });
    found.set(use, group);
  });
  return [...found.values()];
}
