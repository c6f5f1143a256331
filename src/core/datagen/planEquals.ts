import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import { columnType } from './columnType.ts';
import { isOfType, reachColumn } from './reachColumn.ts';

/** A column that has the value of another: of the same row, of the parent's row, or of the one row that links here. */
export function planEquals(planner: ColumnPlanner, task: ColumnTask, reference: string): PlannedColumn | undefined {
  const { table, column, rows, subject } = task;
  const refuse = (detail: string): PlannedColumn | undefined =>
    planner.refuse(task, 'data.contradiction', { subject, detail });
  const base = reachColumn(planner, task, reference, 'either');
  if (base === undefined) return undefined;
  if (!isOfType(columnType(column), base.format)) return refuse(`it equals ${reference}, which has another type.`);
  if (column.notNull && base.nullable) {
    return refuse(`it may not be empty, but not each of its ${String(rows)} rows finds a value of ${reference}.`);
  }
  if (column.unique) return refuse('unique does not go with equals.');
  return { ...base, table: table.id, column: column.name, source: { kind: 'copy', base: base.column }, nullRate: 0 };
}
