import { nameOf, unknownColumn } from './columnReference.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import type { Relationship } from './dataModel.ts';
import { planLink } from './planLink.ts';

/** A column that takes its values from a parent's: a link to a row of the parent, and a look-up in that row. */
export function planRelationship(
  planner: ColumnPlanner,
  task: ColumnTask,
  relationship: Relationship,
): PlannedColumn | undefined {
  const { column, subject } = task;
  const link = planLink(planner, task, relationship);
  const parent = planner.plan(relationship);
  if (link === undefined) return undefined;
  if (parent === undefined) return unknownColumn(planner, task, relationship);
  if (column.notNull && parent.nullable) {
    const detail = `it may not be empty, but ${nameOf(planner, relationship)}, where its values come from, may.`;
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  if (column.unique && !holdsEachOnce(planner, relationship, parent)) {
    const detail = `its values occur once each, but ${nameOf(planner, relationship)}, where they come from, may hold a value twice.`;
    return planner.refuse(task, 'data.contradiction', { subject, detail });
  }
  return {
    table: task.table.id,
    column: column.name,
    source: { kind: 'lookup', link: link.column, column: relationship },
    format: parent.format,
    nullRate: 0,
    nullable: link.nullable || parent.nullable,
    min: parent.min,
    max: parent.max,
  };
}

function holdsEachOnce(planner: ColumnPlanner, { table, column }: Relationship, { source }: PlannedColumn): boolean {
  const declared = planner.table(table)?.table.columns.find(({ name }) => name === column);
  return declared?.unique === true || source.kind === 'sequence' || source.kind === 'distinct';
}
