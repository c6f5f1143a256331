import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { ColumnPlanner, type PlannedColumn, type SizedTable } from './columnPlanner.ts';
import type { DataTable } from './dataModel.ts';
import { addressKey, type ColumnAddress, type ColumnPlan, type GenerationPlan } from './generationPlan.ts';
import { readTableHints } from './hints.ts';
import { inferRelationships } from './inferRelationships.ts';
import { planCombinations } from './planCombinations.ts';

/** How much is to be made, and from which seed. */
export interface GenerationOptions {
  /** Rows of every table; without it the table's own hint counts, and without that 1,000. */
  readonly rows?: number;
  /** Rows of single tables, by name or by id. */
  readonly rowsByTable?: Readonly<Record<string, number>>;
  readonly seed: number | string;
}

const defaultRows = 1000;

/**
 * Decides how every column of the tables is made. The plan is undefined when a rule cannot be kept or a hint is
 * wrong; the diagnostics then name it, with the counts where counts are the reason.
 */
export function planGeneration(
  tables: readonly DataTable[],
  options: GenerationOptions,
): Outcome<GenerationPlan | undefined> {
  const diagnostics: Diagnostic[] = [];
  const sized = new Map<string, SizedTable>();
  for (const table of tables) {
    const { hints, diagnostics: faults } = readTableHints(table);
    diagnostics.push(...faults);
    if (table.columns.length === 0) {
      diagnostics.push(diagnostic('data.noColumns', { table: table.name }, table));
      continue;
    }
    const asked = options.rowsByTable?.[table.id] ?? options.rowsByTable?.[table.name] ?? options.rows;
    const rows = asked ?? hints.rows ?? defaultRows;
    if (!Number.isSafeInteger(rows) || rows < 0) {
      diagnostics.push(diagnostic('data.badRowCount', { table: table.name, rows }, table));
    }
    sized.set(table.id, { table, rows });
  }
  diagnostics.push(...unknownTables(tables, options));
  if (hasErrors(diagnostics) || (sized.size === 0 && tables.length > 0)) return { value: undefined, diagnostics };
  const inferred = inferRelationships(sized);
  diagnostics.push(...inferred.diagnostics);
  const planner = new ColumnPlanner(inferred.tables);
  for (const { table } of inferred.tables.values()) {
    for (const column of table.columns) planner.plan({ table: table.id, column: column.name });
  }
  diagnostics.push(...planner.diagnostics);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const planned = inMakingOrder(planCombinations(planner, inferred.tables.values()));
  const faults = planner.diagnostics.filter((one) => !diagnostics.includes(one));
  if (faults.length > 0) return { value: undefined, diagnostics: [...diagnostics, ...faults] };
  const kept = keptColumns(planned);
  const columns = planned.map((column) => finish(planner, column, kept.has(addressKey(column))));
  const plans = [...sized.values()].map(({ table, rows }) => ({
    id: table.id,
    name: table.name,
    path: table.path,
    rows,
    header: table.columns.map((column) => column.name),
  }));
  return { value: { seed: String(options.seed), tables: plans, columns }, diagnostics };
}

function unknownTables(tables: readonly DataTable[], { rowsByTable = {} }: GenerationOptions): Diagnostic[] {
  const names = new Set(tables.flatMap((table) => [table.id, table.name]));
  const known = tables.map((table) => table.name).join(', ');
  const file = tables[0]?.file ?? 'dbt_project.yml';
  const unknown = Object.keys(rowsByTable).filter((name) => !names.has(name));
  return unknown.map((table) => diagnostic('data.unknownTable', { table, known }, { file }));
}

/** A planned column without what only planning needs, and with what other tables asked of it. */
function finish(planner: ColumnPlanner, planned: PlannedColumn, kept: boolean): ColumnPlan {
  const { table, column, format, nullRate, min, max } = planned;
  const source =
    planned.source.kind === 'choice' ? { ...planned.source, atLeast: planner.needed(planned) } : planned.source;
  return { table, column, source, format, nullRate, min, max, kept };
}

/** The columns in an order in which each comes after those that it is made from; otherwise as they are. */
function inMakingOrder(columns: readonly PlannedColumn[]): readonly PlannedColumn[] {
  const waiting = new Map(columns.map((column) => [addressKey(column), column]));
  const ordered: PlannedColumn[] = [];
  const place = (column: PlannedColumn): void => {
    if (!waiting.delete(addressKey(column))) return;
    const sameRow = sameRowInputs(column).map((name) => ({ table: column.table, column: name }));
    for (const input of [...sameRow, ...otherRowInputs(column)]) {
      const found = waiting.get(addressKey(input));
      if (found !== undefined) place(found);
    }
    ordered.push(column);
  };
  columns.forEach(place);
  return ordered;
}

/** The columns that another table reads, and in their own tables the columns that those are made from. */
function keptColumns(columns: readonly PlannedColumn[]): ReadonlySet<string> {
  const byKey = new Map(columns.map((column) => [addressKey(column), column]));
  const kept = new Set<string>();
  const keep = (address: ColumnAddress): void => {
    const key = addressKey(address);
    const column = byKey.get(key);
    // A sequence is known without being held.
    if (column === undefined || kept.has(key) || column.source.kind === 'sequence') return;
    kept.add(key);
    for (const name of sameRowInputs(column)) keep({ table: column.table, column: name });
  };
  for (const column of columns) otherRowInputs(column).forEach(keep);
  return kept;
}

/** Names of the columns of the same row that a column is made from. */
export function sameRowInputs({ source }: Pick<ColumnPlan, 'source'>): readonly string[] {
  if (source.kind === 'after') return source.bases;
  if (source.kind === 'copy' || source.kind === 'part') return [source.base];
  return source.kind === 'lookup' || source.kind === 'ordinal' ? [source.link] : [];
}

/** Columns of which a column reads other rows than its own. */
export function otherRowInputs({ source }: Pick<ColumnPlan, 'source'>): readonly ColumnAddress[] {
  if (source.kind === 'lookup') return [source.column];
  if (source.kind === 'linkedRow') return [source.link, source.column];
  if (source.kind === 'partOfTotal') return [source.link, source.total];
  if (source.kind === 'link' && source.where !== undefined)
    return [{ table: source.parent, column: source.where.column }];
  return [];
}
