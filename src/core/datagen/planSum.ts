import { columnType } from './columnType.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import { isOfType, reachParent } from './reachColumn.ts';

/** A column whose values, of all rows of a parent, sum to a value of the parent. */
export function planSum(planner: ColumnPlanner, task: ColumnTask, reference: string): PlannedColumn | undefined {
  const { table, column, subject } = task;
  const refuse = (detail: string): PlannedColumn | undefined =>
    planner.refuse(task, 'data.contradiction', { subject, detail });
  const reached = reachParent(planner, task, reference);
  if (reached === undefined) return undefined;
  const { link, value: total } = reached;
  const isNumber = total.format.kind === 'integer' || total.format.kind === 'decimal';
  if (!isNumber || !isOfType(columnType(column), total.format))
    return refuse(`it sums to ${reference}, which is no number with as many decimals.`);
  if (column.unique) return refuse('unique does not go with sums_to.');
  const use = link.source.kind === 'link' ? link.source.use : undefined;
  if (use?.kind !== 'counted' || use.min === 0) {
    const parent = planner.table(reached.target.table)?.table.name ?? reached.target.table;
    const detail = `it sums to ${reference}, so each row of ${parent} needs a row here; give ${reached.key} a fan_out such as {min: 1, max: 5}.`;
    return refuse(detail);
  }
  if (total.min < use.max) {
    const least =
      total.format.kind === 'decimal'
        ? (total.min / 10 ** total.format.scale).toFixed(total.format.scale)
        : String(total.min);
    const detail = `up to ${String(use.max)} rows sum to one ${reference}, each at least 1 of its smallest unit, and it may be as little as ${least}.`;
    return planner.refuse(task, 'data.impossible', { subject, detail });
  }
  const nullable = link.nullable || total.nullable;
  if (column.notNull && nullable)
    return refuse(`it may not be empty, but not each of its rows finds a value of ${reference}.`);
  const parts = { link: { table: table.id, column: link.column }, total: reached.target };
  return {
    table: table.id,
    column: column.name,
    source: { kind: 'partOfTotal', ...parts },
    format: total.format,
    nullRate: 0,
    nullable,
    min: 1,
    max: total.max,
  };
}
