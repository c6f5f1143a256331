import { nameOf, unknownColumn } from './columnReference.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn, SizedTable } from './columnPlanner.ts';
import type { Relationship } from './dataModel.ts';
import type { Condition, ParentUse } from './generationPlan.ts';
import type { ChildBounds, HintCondition } from './hints.ts';

/** The link of a column with a relationship: which row of the parent each row belongs to. */
export function planLink(
  planner: ColumnPlanner,
  task: ColumnTask,
  relationship: Relationship,
): PlannedColumn | undefined {
  const { column, hints, rows } = task;
  const parent = planner.table(relationship.table);
  if (parent === undefined) return unknownColumn(planner, task, relationship);
  const spread = planSpread(planner, task, parent);
  if (spread === undefined) return undefined;
  const { use, needed } = spread;
  const where = hints.where === undefined ? undefined : planCondition(planner, task, relationship, hints.where, needed);
  if (hints.where !== undefined && where === undefined) return undefined;
  const nullRate = hints.null_rate ?? 0;
  const isEmptyAnywhere =
    use.kind === 'earlier' ||
    where !== undefined ||
    (use.kind === 'counted' ? use.rows < rows : nullRate > 0 || parent.rows === 0);
  return planner.add({
    table: task.table.id,
    column: linkName(column.name),
    source: { kind: 'link', parent: relationship.table, where, use },
    format: { kind: 'integer' },
    // Where rows are counted, those without a parent are counted too.
    nullRate: use.kind === 'counted' ? 0 : nullRate,
    nullable: !column.notNull && isEmptyAnywhere,
    min: 0,
    max: parent.rows - 1,
  });
}

/** How rows spread over parents, and how many parents there must be for it at least. */
interface Spread {
  readonly use: ParentUse;
  readonly needed: number;
}

function planSpread(planner: ColumnPlanner, task: ColumnTask, parent: SizedTable): Spread | undefined {
  const { table, column, hints, rows, subject } = task;
  const fanOut = hints.fan_out;
  const onlyOnce = hints.one_to_one === true || hints.distinct === true || column.unique;
  if (parent.table.id === table.id) return planEarlier(planner, task, onlyOnce);
  const needed = !column.notNull || rows === 0 ? 0 : onlyOnce ? rows : 1;
  if (parent.rows < needed) {
    const each = onlyOnce ? 'a parent of its own' : 'a parent';
    const detail = `${String(rows)} rows need ${each}, and ${parent.table.name} has ${String(parent.rows)} rows.`;
    planner.refuse(task, 'data.impossible', { subject, detail });
    return undefined;
  }
  if (onlyOnce) {
    if (fanOut !== undefined)
      return contradiction(planner, task, 'fan_out does not go with parents that occur once each.');
    const linked = Math.min(Math.round(rows * (1 - (hints.null_rate ?? 0))), parent.rows);
    return { use: { kind: 'counted', min: 0, max: 1, rows: linked }, needed };
  }
  if (fanOut === undefined || fanOut.name === 'even') return { use: { kind: 'many', popularity: undefined }, needed };
  if (fanOut.name === 'counted') return planCounted(planner, task, parent, fanOut);
  return { use: { kind: 'many', popularity: fanOut }, needed };
}

/** Rows that refer to rows of their own table refer to earlier ones, so that no row is its own ancestor. */
function planEarlier(planner: ColumnPlanner, task: ColumnTask, isChain: boolean): Spread | undefined {
  const { column, hints, rows } = task;
  if (column.notNull && rows > 0) {
    const detail =
      'it may not be empty, but it refers to rows of its own table, and the first row has none before it to refer to.';
    return contradiction(planner, task, detail);
  }
  if (hints.fan_out !== undefined)
    return contradiction(planner, task, 'fan_out does not go with a reference to the own table.');
  if (isChain && hints.where !== undefined) {
    const detail = 'where does not go with a one-to-one reference to the own table: each row refers to the one before.';
    return contradiction(planner, task, detail);
  }
  return { use: { kind: 'earlier', isChain }, needed: 0 };
}

function planCounted(
  planner: ColumnPlanner,
  task: ColumnTask,
  parent: SizedTable,
  { min = 0, max = Infinity }: ChildBounds,
): Spread | undefined {
  const { hints, rows, subject } = task;
  const parents = parent.rows;
  const linked = Math.round(rows * (1 - (hints.null_rate ?? 0)));
  if (hints.where !== undefined && min > 0) {
    const detail = 'a fan_out with a min does not go with where: how many parents that leaves is left to chance.';
    return contradiction(planner, task, detail);
  }
  if (min > max) return contradiction(planner, task, 'the min of its fan_out is above its max.');
  if (linked < min * parents || linked > max * parents) {
    const possible =
      max === Infinity
        ? `${String(min * parents)} rows or more`
        : `${String(min * parents)} to ${String(max * parents)} rows`;
    const detail = `${String(linked)} rows are to have a parent, but its fan_out and the ${String(parents)} rows of ${parent.table.name} take ${possible}.`;
    planner.refuse(task, 'data.impossible', { subject, detail });
    return undefined;
  }
  // No parent can have more than what the others leave; and the places of all must be numbers.
  const most = Math.min(max, min + linked - min * parents, min + Math.floor(2 ** 52 / Math.max(parents, 1)));
  const needed = linked === 0 ? 0 : Math.ceil(linked / most);
  return { use: { kind: 'counted', min, max: most, rows: linked }, needed };
}

function contradiction(planner: ColumnPlanner, task: ColumnTask, detail: string): Spread | undefined {
  planner.refuse(task, 'data.contradiction', { subject: task.subject, detail });
  return undefined;
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
    const isListed = column.format.kind === 'boolean' || column.format.kind === 'words';
    const why = isListed
      ? 'whose values are decided by something else'
      : 'which is not a boolean and has no list of values';
    const detail = `its hint "where" asks for ${name}, ${why}.`;
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
