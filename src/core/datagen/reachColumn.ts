import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import type { DataTable } from './dataModel.ts';
import type { CellFormat, ColumnAddress } from './generationPlan.ts';
import type { ColumnType } from './columnType.ts';
import { linkName } from './planLink.ts';

/** Which way a reference may lead: from a row to its parent, or also from a parent to the one row that links to it. */
export type Reach = 'parent' | 'either';

/**
 * The column that a hint names (`column`, `table.column` of the same source, or `source.table.column`), brought to the
 * rows of the task's table: a column of the same row, one of the parent's row, or one of the row that links here.
 * Reports why there is none.
 */
export function reachColumn(
  planner: ColumnPlanner,
  task: ColumnTask,
  reference: string,
  reach: Reach,
): PlannedColumn | undefined {
  const target = resolve(planner, task, reference);
  if (target === undefined) return undefined;
  if (target.table === task.table.id) return planner.plan(target);
  const there = planner.table(target.table)?.table;
  const key = onlyRelationship(task.table, target.table);
  if (key !== undefined) return lookUp(planner, task, key, target);
  const backKey = reach === 'either' && there !== undefined ? onlyRelationship(there, task.table.id) : undefined;
  if (backKey !== undefined) return lookBack(planner, task, backKey, target);
  const detail = `it refers to ${reference}, but no single relationship leads from ${task.table.name} there.`;
  return planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
}

/** True when values of a format are values of a declared type, and can be compared with them. */
export function isOfType(type: ColumnType, format: CellFormat): boolean {
  if (format.kind === 'words' || format.kind === 'pattern' || format.kind === 'phrase') return type.kind === 'text';
  if (type.kind === 'decimal' && format.kind === 'decimal') return type.scale === format.scale;
  return type.kind === format.kind;
}

/** A column of the parent's row, and how the row is found. */
export interface ParentColumn {
  /** Name of the column with the relationship. */
  readonly key: string;
  readonly link: PlannedColumn;
  readonly target: ColumnAddress;
  readonly value: PlannedColumn;
}

/** The column of the parent table that a hint names; reports why there is none. */
export function reachParent(planner: ColumnPlanner, task: ColumnTask, reference: string): ParentColumn | undefined {
  const target = resolve(planner, task, reference);
  if (target === undefined) return undefined;
  const key = target.table === task.table.id ? undefined : onlyRelationship(task.table, target.table);
  if (key !== undefined) return parentColumn(planner, task, key, target);
  const detail = `it refers to ${reference}, but no single relationship leads from ${task.table.name} there.`;
  planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  return undefined;
}

function parentColumn(
  planner: ColumnPlanner,
  task: ColumnTask,
  key: string,
  target: ColumnAddress,
): ParentColumn | undefined {
  const value = planner.plan(target);
  const link = planLinkOf(planner, task, { table: task.table.id, column: key });
  return value === undefined || link === undefined ? undefined : { key, link, target, value };
}

function lookUp(
  planner: ColumnPlanner,
  task: ColumnTask,
  key: string,
  target: ColumnAddress,
): PlannedColumn | undefined {
  const reached = parentColumn(planner, task, key, target);
  if (reached === undefined) return undefined;
  const { value, link } = reached;
  return planner.add({
    ...value,
    table: task.table.id,
    column: `lookup(${key}, ${target.column})`,
    source: { kind: 'lookup', link: link.column, column: target },
    nullRate: 0,
    nullable: value.nullable || link.nullable,
  });
}

function lookBack(
  planner: ColumnPlanner,
  task: ColumnTask,
  key: string,
  target: ColumnAddress,
): PlannedColumn | undefined {
  const value = planner.plan(target);
  const link = planLinkOf(planner, task, { table: target.table, column: key });
  if (value === undefined || link === undefined) return undefined;
  const use = link.source.kind === 'link' ? link.source.use : undefined;
  if (use?.kind !== 'counted' || use.max > 1) {
    const there = planner.table(target.table)?.table.name ?? target.table;
    const detail = `several rows of ${there} may have the same ${key}, so there is no single ${target.column}; give ${key} the hint one_to_one.`;
    return planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  }
  return planner.add({
    ...value,
    table: task.table.id,
    column: `linked(${target.table}, ${key}, ${target.column})`,
    source: { kind: 'linkedRow', link: { table: target.table, column: link.column }, column: target },
    nullRate: 0,
    nullable: value.nullable || link.nullable || use.rows < task.rows,
  });
}

/** The link behind a key column; a key whose values come from elsewhere has none. */
function planLinkOf(planner: ColumnPlanner, task: ColumnTask, key: ColumnAddress): PlannedColumn | undefined {
  if (planner.plan(key) === undefined) return undefined;
  const link = planner.plan({ table: key.table, column: linkName(key.column) });
  if (link !== undefined) return link;
  const detail = `${key.column} has a hint of its own and follows no parent.`;
  return planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
}

function resolve(planner: ColumnPlanner, task: ColumnTask, reference: string): ColumnAddress | undefined {
  const parts = reference.split('.');
  const column = parts.pop() ?? '';
  const source = task.table.id.slice(0, task.table.id.lastIndexOf('.') + 1);
  const table = parts.length === 0 ? task.table.id : parts.length === 1 ? source + parts.join('') : parts.join('.');
  if (planner.table(table)?.table.columns.some((one) => one.name === column) === true) return { table, column };
  planner.refuse(task, 'data.unknownReference', { subject: task.subject, reference });
  return undefined;
}

function onlyRelationship(table: DataTable, parent: string): string | undefined {
  const found = table.columns.filter((column) => column.relationship?.table === parent);
  const tested = found.filter((column) => column.relationship?.isInferred !== true);
  const meant = tested.length > 0 ? tested : found;
  return meant.length === 1 ? meant[0]?.name : undefined;
}
