import { diagnostic } from '../diagnostics/diagnostic.ts';
import type { ColumnPlanner, PlannedColumn, SizedTable } from './columnPlanner.ts';
import type { UniqueCombination } from './dataModel.ts';
import { addressKey, type ParentUse } from './generationPlan.ts';
import { linkName } from './planLink.ts';

const largest = 2 ** 52;

/**
 * The planned columns with those changed that `unique_combination_of_columns` binds: the rows go through different
 * combinations in a scrambled order, and each column's value is its place in the row's combination. Columns whose
 * values may not be chosen freely (hints weigh them, other columns need them, or they come from elsewhere) stay as
 * they are; when the free ones have too few combinations for the rows, that is reported with the counts.
 */
export function planCombinations(planner: ColumnPlanner, tables: Iterable<SizedTable>): readonly PlannedColumn[] {
  const columns = new Map(planner.columns.map((column) => [addressKey(column), column]));
  const made: PlannedColumn[] = [];
  for (const sized of tables) {
    for (const combination of sized.table.uniqueCombinations) {
      const base = planCombination(planner, sized, combination, columns);
      if (base !== undefined) made.push(base);
    }
  }
  return [...made, ...columns.values()];
}

interface FreeColumn {
  readonly planned: PlannedColumn;
  readonly first: number;
  readonly size: number;
}

/** Binds the columns of one combination in `columns`, and gives the column that they are made from, if one is needed. */
function planCombination(
  planner: ColumnPlanner,
  { table, rows }: SizedTable,
  combination: UniqueCombination,
  columns: Map<string, PlannedColumn>,
): PlannedColumn | undefined {
  const planned = combination.columns.flatMap(
    (name) => columns.get(addressKey({ table: table.id, column: name })) ?? [],
  );
  // A faulty column has been reported.
  if (planned.length < combination.columns.length && namesExist(table.columns, combination)) return undefined;
  const isUnique = ({ column, nullable }: PlannedColumn): boolean =>
    !nullable && table.columns.some((one) => one.name === column && one.unique);
  if (planned.some((column) => occursOnce(column) || isUnique(column))) return undefined;
  const free: FreeColumn[] = [];
  let size = 1;
  for (const column of planned) {
    const one = freeColumn(planner, column, columns);
    if (one === undefined || size * one.size > largest) continue;
    size *= one.size;
    free.push(one);
  }
  if (size < rows) {
    const subject = `${table.name} (${combination.columns.join(', ')})`;
    const detail = `${String(rows)} rows need combinations that occur once each, and only ${String(size)} are possible.`;
    planner.diagnostics.push(diagnostic('data.impossible', { subject, detail }, combination));
    return undefined;
  }
  const name = `combination(${combination.columns.join(', ')})`;
  let step = 1;
  for (const { planned: column, first, size: choices } of free) {
    columns.set(addressKey(column), { ...column, source: { kind: 'part', base: name, step, first, size: choices } });
    step *= choices;
  }
  return {
    table: table.id,
    column: name,
    source: { kind: 'distinct', min: 0, max: size - 1 },
    format: { kind: 'integer' },
    nullRate: 0,
    nullable: false,
    min: 0,
    max: size - 1,
  };
}

function namesExist(columns: readonly { readonly name: string }[], combination: UniqueCombination): boolean {
  return combination.columns.every((name) => columns.some((column) => column.name === name));
}

function occursOnce({ source, nullRate }: PlannedColumn): boolean {
  return nullRate === 0 && (source.kind === 'sequence' || source.kind === 'distinct');
}

/** What of a column can be chosen freely: its own value, or its parent's row. */
function freeColumn(
  planner: ColumnPlanner,
  column: PlannedColumn,
  columns: ReadonlyMap<string, PlannedColumn>,
): FreeColumn | undefined {
  const link = columns.get(addressKey({ table: column.table, column: linkName(column.column) }));
  const planned = column.source.kind === 'lookup' ? link : column;
  if (planned === undefined || planned.nullRate > 0) return undefined;
  const { source } = planned;
  if (source.kind === 'uniform') return { planned, first: source.min, size: source.max - source.min + 1 };
  if (source.kind === 'choice') {
    const even = source.weights.every((weight) => weight === source.weights[0]);
    const needed = planner.needed(planned).length > 0;
    return even && !needed ? { planned, first: 0, size: source.weights.length } : undefined;
  }
  // Rows of the parent tell themselves apart only where the value that is looked up does.
  const parent = column.source.kind === 'lookup' ? columns.get(addressKey(column.source.column)) : undefined;
  if (source.kind !== 'link' || !isEven(source.use) || source.where !== undefined) return undefined;
  const size = planner.table(source.parent)?.rows ?? 0;
  return parent !== undefined && occursOnce(parent) && size > 0 ? { planned, first: 0, size } : undefined;
}

function isEven(use: ParentUse): boolean {
  return use.kind === 'many' && use.popularity === undefined;
}
