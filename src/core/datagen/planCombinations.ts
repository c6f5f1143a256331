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
 * they are. When the free ones have too few combinations for all rows, they tell apart the rows of each parent, if one
 * of the others is a key with a bounded fan-out; and when that does not help it is reported with the counts.
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
  const base = combinationBase(planner, { table, rows }, combination, anchorOf(planned, columns), size);
  if (base === undefined) return undefined;
  let step = 1;
  for (const { planned: column, first, size: choices } of free) {
    columns.set(addressKey(column), {
      ...column,
      source: { kind: 'part', base: base.column, step, first, size: choices },
    });
    step *= choices;
  }
  return base;
}

/** A key whose parents have few rows each: those alone need to be told apart by the other columns. */
interface Anchor {
  readonly link: string;
  readonly parents: number;
  /** The most rows that a parent has. */
  readonly rows: number;
}

/** The column that numbers the combinations of the free columns; undefined after a fault. */
function combinationBase(
  planner: ColumnPlanner,
  { table, rows }: SizedTable,
  combination: UniqueCombination,
  anchor: Anchor | undefined,
  size: number,
): PlannedColumn | undefined {
  const names = combination.columns.join(', ');
  const refuse = (detail: string): PlannedColumn | undefined => {
    const subject = `${table.name} (${names})`;
    planner.diagnostics.push(diagnostic('data.impossible', { subject, detail }, combination));
    return undefined;
  };
  const base = {
    table: table.id,
    column: `combination(${names})`,
    format: { kind: 'integer' },
    nullRate: 0,
    nullable: false,
    min: 0,
    max: size - 1,
  } as const;
  if (size >= rows) return { ...base, source: { kind: 'distinct', min: 0, max: size - 1 } };
  if (anchor === undefined) {
    return refuse(
      `${String(rows)} rows need combinations that occur once each, and only ${String(size)} are possible.`,
    );
  }
  const { link, parents } = anchor;
  if (size >= anchor.rows) return { ...base, source: { kind: 'ordinal', link, parents, size } };
  return refuse(
    `up to ${String(anchor.rows)} rows of one parent need combinations that occur once each, and only ${String(size)} are possible.`,
  );
}

/** Of the keys with a bounded fan-out the one with the least; a parent's key is a value of its own. */
function anchorOf(planned: readonly PlannedColumn[], columns: ReadonlyMap<string, PlannedColumn>): Anchor | undefined {
  const anchors = planned.flatMap((column): readonly Anchor[] => {
    const link = columns.get(addressKey({ table: column.table, column: linkName(column.column) }));
    const key = column.source.kind === 'lookup' ? columns.get(addressKey(column.source.column)) : undefined;
    if (link?.source.kind !== 'link' || link.nullable || key === undefined || !occursOnce(key)) return [];
    // A link that waits for nothing can come before all others.
    const { use, where } = link.source;
    if (use.kind !== 'counted' || where !== undefined) return [];
    return [{ link: link.column, parents: link.max + 1, rows: use.max }];
  });
  return anchors.sort((a, b) => a.rows - b.rows)[0];
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
