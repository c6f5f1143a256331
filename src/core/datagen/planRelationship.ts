import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import type { Relationship } from './dataModel.ts';
import type { ColumnAddress, Condition, ParentUse } from './generationPlan.ts';
import type { HintCondition } from './hints.ts';

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

/** The link of a column with a relationship: which row of the parent each row belongs to. */
export function planLink(
  planner: ColumnPlanner,
  task: ColumnTask,
  relationship: Relationship,
): PlannedColumn | undefined {
  const { column, hints, rows, subject } = task;
  const parent = planner.table(relationship.table);
  if (parent === undefined) return unknownColumn(planner, task, relationship);
  const onlyOnce = hints.one_to_one === true || hints.distinct === true || column.unique;
  const needed = !column.notNull || rows === 0 ? 0 : onlyOnce ? rows : 1;
  const where = hints.where === undefined ? undefined : planCondition(planner, task, relationship, hints.where, needed);
  if (hints.where !== undefined && where === undefined) return undefined;
  if (parent.rows < needed) {
    const each = onlyOnce ? 'a parent of its own' : 'a parent';
    const detail = `${String(rows)} rows need ${each}, and ${parent.table.name} has ${String(parent.rows)} rows.`;
    return planner.refuse(task, 'data.impossible', { subject, detail });
  }
  const nullRate = hints.null_rate ?? 0;
  const linked = Math.min(Math.round(rows * (1 - nullRate)), parent.rows);
  const use: ParentUse = onlyOnce ? { kind: 'one', rows: linked } : { kind: 'many' };
  return planner.add({
    table: task.table.id,
    column: linkName(column.name),
    source: { kind: 'link', parent: relationship.table, where, use },
    format: { kind: 'integer' },
    nullRate: onlyOnce ? 0 : nullRate,
    nullable:
      !column.notNull &&
      (onlyOnce ? linked < rows || where !== undefined : nullRate > 0 || parent.rows === 0 || where !== undefined),
    min: 0,
    max: parent.rows - 1,
  });
}

/** The name of the unwritten column that holds the parent's row for a column with a relationship. */
export function linkName(column: string): string {
  return `link(${column})`;
}

function planCondition(
  planner: ColumnPlanner,
  task: ColumnTask,
  { table }: Relationship,
  where: HintCondition,
  needed: number,
): Condition | undefined {
  const { subject } = task;
  const address = { table, column: where.column };
  const column = planner.plan(address);
  if (column === undefined) {
    unknownColumn(planner, task, address);
    return undefined;
  }
  const name = nameOf(planner, address);
  if (column.source.kind !== 'choice') {
    const detail = `its hint "where" asks for ${name}, which is not a boolean and has no list of values.`;
    planner.refuse(task, 'data.contradiction', { subject, detail });
    return undefined;
  }
  const choice = choiceOf(column, where.value);
  if (choice === -1 || column.source.weights[choice] === 0) {
    const detail = `no row of its parent ever has ${name} = ${where.value}.`;
    planner.refuse(task, 'data.impossible', { subject, detail });
    return undefined;
  }
  if (needed > 0 && !planner.need(address, { choice, rows: needed })) {
    const has = String(planner.table(table)?.rows ?? 0);
    const detail = `${String(needed)} rows with ${name} = ${where.value} are needed, and the table has ${has}.`;
    planner.refuse(task, 'data.impossible', { subject, detail });
    return undefined;
  }
  return { column: where.column, choice };
}

function choiceOf({ format }: PlannedColumn, value: string): number {
  if (format.kind === 'boolean') return ['false', 'true'].indexOf(value.toLowerCase());
  return format.kind === 'words' ? format.words.indexOf(value) : -1;
}

/** Reports a reference to nothing; a column that exists and could not be planned has been reported already. */
export function unknownColumn(
  planner: ColumnPlanner,
  task: ColumnTask,
  address: ColumnAddress,
): PlannedColumn | undefined {
  const table = planner.table(address.table);
  if (table?.table.columns.some((column) => column.name === address.column) === true) return undefined;
  const reference = `${address.table}.${address.column}`;
  return planner.refuse(task, 'data.unknownReference', { subject: task.subject, reference });
}

/** `players.created_at`, for messages. */
export function nameOf(planner: ColumnPlanner, { table, column }: ColumnAddress): string {
  return `${planner.table(table)?.table.name ?? table}.${column}`;
}
