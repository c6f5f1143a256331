import { unitBounds, type UnitBounds } from './acceptedRange.ts';
import { daySeconds, parseTimestamp } from './calendar.ts';
import type { ColumnPlanner, ColumnTask, PlannedColumn } from './columnPlanner.ts';
import type { CellFormat } from './generationPlan.ts';

/** What a column's `accepted_range` accepts, in the units of its format; undefined after a fault. */
export function acceptedUnits(planner: ColumnPlanner, task: ColumnTask, format: CellFormat): UnitBounds | undefined {
  const range = task.column.acceptedRange;
  if (range === undefined) return { min: undefined, max: undefined };
  const bounds = range.unread === undefined ? unitBounds(range, unitsOf(format)) : undefined;
  if (bounds !== undefined) return bounds;
  const bound = range.unread ?? JSON.stringify(range.min ?? range.max);
  const detail = `the bound ${bound} of its accepted_range is no value of its type that can be read without a database.`;
  planner.refuse(task, 'data.impossible', { subject: task.subject, detail });
  return undefined;
}

/** A planned column when `accepted_range` accepts all of its values; where they come from elsewhere it may not. */
export function withinRange(
  planner: ColumnPlanner,
  task: ColumnTask,
  planned: PlannedColumn,
): PlannedColumn | undefined {
  const { column, subject } = task;
  if (column.acceptedRange === undefined) return planned;
  const { format } = planned;
  if (format.kind === 'words' && column.acceptedRange.unread === undefined) {
    const bounds = unitBounds(column.acceptedRange, unitsOf({ kind: 'integer' }));
    const numbers = format.words.map(Number);
    if (bounds !== undefined && numbers.every((number) => isWithin(bounds, number, number))) return planned;
    const detail = 'not each of its accepted values is in its accepted_range.';
    return planner.refuse(task, 'data.impossible', { subject, detail });
  }
  const bounds = acceptedUnits(planner, task, format);
  if (bounds === undefined || isWithin(bounds, planned.min, planned.max)) return bounds && planned;
  const detail = 'the values that it takes from elsewhere go beyond its accepted_range.';
  return planner.refuse(task, 'data.impossible', { subject, detail });
}

function isWithin({ min, max }: UnitBounds, low: number, high: number): boolean {
  return low >= (min ?? -Infinity) && high <= (max ?? Infinity);
}

/** Turns a bound into the units in which values of a format are made; undefined for a bound of another type. */
function unitsOf(format: CellFormat): (bound: number | string, isMax: boolean) => number | undefined {
  switch (format.kind) {
    case 'integer':
      return (bound) => (typeof bound === 'number' ? bound : undefined);
    case 'decimal':
      return (bound) => (typeof bound === 'number' ? bound * 10 ** format.scale : undefined);
    case 'timestamp':
      return (bound) => (typeof bound === 'string' ? parseTimestamp(bound) : undefined);
    case 'date':
      return (bound, isMax) => {
        const seconds = typeof bound === 'string' ? parseTimestamp(bound) : undefined;
        if (seconds === undefined) return undefined;
        return isMax ? Math.floor(seconds / daySeconds) : Math.ceil(seconds / daySeconds);
      };
    case 'boolean':
    case 'words':
    case 'pattern':
    case 'phrase':
      return () => undefined;
  }
}
