import { dateText, daySeconds, lastSecond, parseSpan, timestampText } from './calendar.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import { columnType, type ColumnType } from './columnType.ts';
import type { CellFormat } from './generationPlan.ts';
import { seasonFits, seasonOf } from './planSeason.ts';
import { numberBound, timeBound } from './planValues.ts';
import { isOfType, reachColumn } from './reachColumn.ts';

/** The types that have an order to speak of. */
type OrderedType =
  { readonly kind: 'integer' | 'timestamp' | 'date' } | { readonly kind: 'decimal'; readonly scale: number };

/** How far behind its bases a column may lie that gives neither `within` nor `max`: 30 days, or 1000. */
const defaultReach = { days: 30, number: 1000 } as const;

/** A column that is not before others: of the same row or of the parent's row. */
export function planAfter(
  planner: ColumnPlanner,
  task: ColumnTask,
  references: readonly string[],
): PlannedColumn | undefined {
  const { table, column, hints, subject } = task;
  const refuse = (detail: string): PlannedColumn | undefined =>
    planner.refuse(task, 'data.contradiction', { subject, detail });
  const bases = references.map((reference) => reachColumn(planner, task, reference, 'parent'));
  const found = bases.filter((base) => base !== undefined);
  if (found.length < bases.length) return undefined;
  const what = `it comes after ${references.join(', ')}`;
  const declared = columnType(column);
  const type = orderedType(declared);
  if (type === undefined || !found.every((base) => isOfType(declared, base.format))) {
    return refuse(`${what}, which takes times or numbers of one type.`);
  }
  if (column.unique) return refuse('unique does not go with after.');
  const bounds = readBounds(planner, task, type, found);
  if (bounds === undefined) return undefined;
  const gap = column.isStrictlyAfter === true ? 1 : 0;
  const latest = Math.max(...found.map((base) => base.max)) + gap;
  if (latest > bounds.max)
    return refuse(`${what}, up to ${show(type, latest)}, but its max is ${show(type, bounds.max)}.`);
  if (bounds.min > bounds.max) return refuse('its min is above its max.');
  const season = type.kind === 'timestamp' || type.kind === 'date' ? seasonOf(hints, type.kind) : undefined;
  if (season !== undefined && !seasonFits(planner, task, season, bounds)) return undefined;
  const nullRate = hints.null_rate ?? 0;
  return {
    table: table.id,
    column: column.name,
    source: { kind: 'after', bases: found.map((base) => base.column), season, gap, ...bounds },
    format: type,
    nullRate,
    nullable: nullRate > 0,
    min: bounds.min,
    max: bounds.max,
  };
}

function orderedType(type: ColumnType): OrderedType | undefined {
  if (type.kind === 'decimal') return type;
  return type.kind === 'text' || type.kind === 'boolean' ? undefined : { kind: type.kind };
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  readonly within: number | undefined;
}

function readBounds(
  planner: ColumnPlanner,
  task: ColumnTask,
  type: OrderedType,
  bases: readonly PlannedColumn[],
): Bounds | undefined {
  const within = readWithin(planner, task, type);
  const min = readBound(planner, task, type, 'min');
  const max = readBound(planner, task, type, 'max');
  if (within === 'refused' || min === 'refused' || max === 'refused') return undefined;
  const reach =
    within ?? (isTime(type) ? Math.floor((defaultReach.days * daySeconds) / unitOf(type)) : defaultReach.number);
  const end = isTime(type) ? Math.floor(lastSecond / unitOf(type)) : Infinity;
  const latest = Math.min(Math.max(...bases.map((base) => base.max)) + reach, end);
  return {
    min: Math.max(min ?? -Infinity, Math.min(...bases.map((base) => base.min))),
    max: max === undefined ? latest : within === undefined ? max : Math.min(max, latest),
    within,
  };
}

function readWithin(planner: ColumnPlanner, task: ColumnTask, type: OrderedType): number | undefined | 'refused' {
  const { within } = task.hints;
  if (within === undefined) return undefined;
  const seconds = isTime(type) ? parseSpan(within) : undefined;
  if (seconds !== undefined) return Math.floor(seconds / unitOf(type));
  const expected = 'left out where no times are compared: it measures time';
  planner.refuse(task, 'data.badHint', { subject: task.subject, hint: 'within', expected });
  return 'refused';
}

function readBound(
  planner: ColumnPlanner,
  task: ColumnTask,
  type: OrderedType,
  hint: 'min' | 'max',
): number | undefined | 'refused' {
  if (task.hints[hint] === undefined) return undefined;
  if (type.kind === 'timestamp' || type.kind === 'date')
    return timeBound(planner, task, type.kind, hint, '') ?? 'refused';
  const value = numberBound(planner, task, hint, 0);
  return value === undefined ? 'refused' : Math.round(value * unitOf(type));
}

function isTime(type: OrderedType): boolean {
  return type.kind === 'timestamp' || type.kind === 'date';
}

/** Seconds in a step of a time, or steps in 1 of a number. */
function unitOf(type: OrderedType): number {
  if (type.kind === 'date') return daySeconds;
  return type.kind === 'decimal' ? 10 ** type.scale : 1;
}

function show(format: CellFormat, value: number): string {
  if (format.kind === 'timestamp') return timestampText(value);
  if (format.kind === 'date') return dateText(value);
  return format.kind === 'decimal' ? (value / 10 ** format.scale).toFixed(format.scale) : String(value);
}
