import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { CodeParams, DiagnosticCode } from '../diagnostics/codes.ts';
import type { DataColumn, DataTable } from './dataModel.ts';
import { addressKey, type ChoiceCount, type ColumnAddress, type ColumnPlan } from './generationPlan.ts';
import { readColumnHints, type ColumnHints } from './hints.ts';
import { planColumn } from './planColumn.ts';

/** A table with the number of rows that it will have. */
export interface SizedTable {
  readonly table: DataTable;
  readonly rows: number;
}

/** A column as planned, with what other columns need to know of it. */
export interface PlannedColumn extends Omit<ColumnPlan, 'kept'> {
  /** Some of its rows may be empty. */
  readonly nullable: boolean;
}

/** A declared column while it is planned. */
export interface ColumnTask {
  readonly table: DataTable;
  readonly column: DataColumn;
  readonly rows: number;
  readonly hints: ColumnHints;
  /** `players.created_at`, for messages. */
  readonly subject: string;
}

/**
 * Plans columns on demand, each after those it is made from, so that the order of planning is an order in which
 * they can be made. Faults are collected; a column with a fault is planned as undefined.
 */
export class ColumnPlanner {
  readonly #tables: ReadonlyMap<string, SizedTable>;
  readonly #planned = new Map<string, PlannedColumn | undefined>();
  readonly #order: PlannedColumn[] = [];
  readonly #trail: string[] = [];
  readonly #needed = new Map<string, ChoiceCount[]>();
  readonly diagnostics: Diagnostic[] = [];

  constructor(tables: ReadonlyMap<string, SizedTable>) {
    this.#tables = tables;
  }

  /** The columns planned so far, in an order in which they can be made. */
  get columns(): readonly PlannedColumn[] {
    return this.#order;
  }

  table(id: string): SizedTable | undefined {
    return this.#tables.get(id);
  }

  /** The plan of a declared column; undefined when there is no such column or it has a fault, which is reported once. */
  plan(address: ColumnAddress): PlannedColumn | undefined {
    const key = addressKey(address);
    if (this.#planned.has(key)) return this.#planned.get(key);
    const sized = this.#tables.get(address.table);
    const column = sized?.table.columns.find((one) => one.name === address.column);
    if (sized === undefined || column === undefined) return undefined;
    const subject = `${sized.table.name}.${column.name}`;
    const start = this.#trail.indexOf(subject);
    if (start !== -1) {
      const trail = [...this.#trail.slice(start), subject].join(' -> ');
      this.diagnostics.push(diagnostic('data.cycle', { trail }, column));
      return undefined;
    }
    this.#trail.push(subject);
    const { hints, diagnostics } = readColumnHints(sized.table, column);
    this.diagnostics.push(...diagnostics);
    const task = { table: sized.table, column, rows: sized.rows, hints, subject };
    const planned = diagnostics.length > 0 ? undefined : planColumn(this, task);
    this.#trail.pop();
    this.#planned.set(key, planned);
    if (planned !== undefined) this.#order.push(planned);
    return planned;
  }

  /** Adds a column that is made and not written; one that is there already stands. */
  add(column: PlannedColumn): PlannedColumn {
    const key = addressKey(column);
    const there = this.#planned.get(key);
    if (there !== undefined) return there;
    this.#planned.set(key, column);
    this.#order.push(column);
    return column;
  }

  /** Asks that a choice column of another table has a choice in so many rows; false when the rows do not suffice. */
  need(address: ColumnAddress, count: ChoiceCount): boolean {
    const key = addressKey(address);
    const others = (this.#needed.get(key) ?? []).filter((one) => one.choice !== count.choice);
    const same = (this.#needed.get(key) ?? []).filter((one) => one.choice === count.choice);
    const rows = Math.max(count.rows, ...same.map((one) => one.rows));
    this.#needed.set(key, [...others, { choice: count.choice, rows }]);
    const total = others.reduce((sum, one) => sum + one.rows, rows);
    return total <= (this.#tables.get(address.table)?.rows ?? 0);
  }

  /** What was asked of a choice column. */
  needed(address: ColumnAddress): readonly ChoiceCount[] {
    return this.#needed.get(addressKey(address)) ?? [];
  }

  /** Reports a fault of a column where it is declared, and gives what a faulty column is planned as: undefined. */
  refuse<C extends DiagnosticCode>(task: ColumnTask, code: C, params: CodeParams<C>): PlannedColumn | undefined {
    this.diagnostics.push(diagnostic(code, params, task.column));
    return undefined;
  }
}
