import { columnType } from './columnType.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import type { HintName } from './hints.ts';
import { planAfter } from './planAfter.ts';
import { planEquals } from './planEquals.ts';
import { withinRange } from './planRange.ts';
import { planRelationship } from './planRelationship.ts';
import { seasonHints } from './planSeason.ts';
import { planSum } from './planSum.ts';
import { planBoolean, planNumber, planText, planTime, type OwnValues } from './planValues.ts';

/** Decides how a declared column is made: by another column, by a parent's row, or on its own. */
export function planColumn(planner: ColumnPlanner, task: ColumnTask): PlannedColumn | undefined {
  const planned = planSource(planner, task);
  return planned === undefined ? undefined : withinRange(planner, task, planned);
}

function planSource(planner: ColumnPlanner, task: ColumnTask): PlannedColumn | undefined {
  const { column, hints, subject } = task;
  if (column.notNull && (hints.null_rate ?? 0) > 0) {
    const detail = 'not_null and a null_rate contradict each other.';
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  if (hints.equals !== undefined) {
    return goesWith(planner, task, 'equals', ['equals']) ? planEquals(planner, task, hints.equals) : undefined;
  }
  if (hints.sums_to !== undefined) {
    return goesWith(planner, task, 'sums_to', ['sums_to']) ? planSum(planner, task, hints.sums_to) : undefined;
  }
  const { relationship } = column;
  if (relationship !== undefined) {
    const fits = goesWith(planner, task, 'a relationship', ['where', 'one_to_one', 'fan_out', 'distinct', 'null_rate']);
    return fits ? planRelationship(planner, task, relationship) : undefined;
  }
  if (hints.after !== undefined) {
    const fits = goesWith(planner, task, 'after', [
      'after',
      'within',
      'min',
      'max',
      'null_rate',
      ...seasonHints(columnType(column).kind),
    ]);
    return fits ? planAfter(planner, task, hints.after) : undefined;
  }
  const own = planOwn(planner, task);
  if (own === undefined) return undefined;
  const nullRate = hints.null_rate ?? 0;
  return { table: task.table.id, column: column.name, ...own, nullRate, nullable: nullRate > 0 };
}

function planOwn(planner: ColumnPlanner, task: ColumnTask): OwnValues | undefined {
  const type = columnType(task.column);
  if (type.kind === 'boolean') {
    return goesWith(planner, task, 'a boolean', ['weights', 'null_rate']) ? planBoolean(planner, task) : undefined;
  }
  if (type.kind === 'text' || task.column.acceptedValues !== undefined) {
    const fits = goesWith(planner, task, 'text', ['generator', 'pattern', 'weights', 'distinct', 'null_rate']);
    return fits ? planText(planner, task) : undefined;
  }
  if (type.kind === 'timestamp' || type.kind === 'date') {
    const fits = goesWith(planner, task, `a ${type.kind}`, [
      'min',
      'max',
      'distinct',
      'null_rate',
      ...seasonHints(type.kind),
    ]);
    return fits ? planTime(planner, task, type.kind) : undefined;
  }
  const fits = goesWith(planner, task, 'a number', ['min', 'max', 'distribution', 'distinct', 'null_rate']);
  return fits ? planNumber(planner, task, type.kind === 'decimal' ? type.scale : 0) : undefined;
}

/** A hint that would have no effect is a mistake, and is said to be one. */
function goesWith(planner: ColumnPlanner, task: ColumnTask, what: string, allowed: readonly HintName[]): boolean {
  const stray = (Object.keys(task.hints) as HintName[]).filter((hint) => !allowed.includes(hint));
  for (const hint of stray) {
    const detail = `the hint "${hint}" does not go with ${what}.`;
    planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  }
  return stray.length === 0;
}
