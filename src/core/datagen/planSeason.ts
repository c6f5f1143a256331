import type { ColumnPlanner, ColumnTask } from './columnPlanner.ts';
import type { ColumnHints, HintName } from './hints.ts';
import { seasonCells, seasonTable, seasonTableSize, weekdayNames, type Season } from './season.ts';

const evenWeek: readonly number[] = weekdayNames.map(() => 1);

/** The hints that say how dense times of a kind lie. */
export function seasonHints(kind: string): readonly HintName[] {
  if (kind === 'timestamp') return ['growth', 'weekdays', 'hours'];
  return kind === 'date' ? ['growth', 'weekdays'] : [];
}

/** What the hints say of the density of times; undefined where they lie evenly. */
export function seasonOf(
  { growth = 0, weekdays = evenWeek, hours }: ColumnHints,
  kind: 'timestamp' | 'date',
): Season | undefined {
  const isEven = growth === 0 && weekdays === evenWeek && hours === undefined;
  return isEven ? undefined : { unit: kind === 'date' ? 'day' : 'second', growth, weekdays, hours };
}

/** Whether a span can be had with its season; if not, that is reported. */
export function seasonFits(
  planner: ColumnPlanner,
  task: ColumnTask,
  season: Season,
  { min, max }: { readonly min: number; readonly max: number },
): boolean {
  const { subject } = task;
  if (seasonTableSize(season, min, max) > seasonCells) {
    const detail = `hours take a span of at most ${String(seasonCells)} hours, or some 478 years.`;
    planner.refuse(task, 'data.impossible', { subject, detail });
    return false;
  }
  if (seasonTable(season, min, max).total > 0) return true;
  const detail = 'every weekday or hour between its min and max has the weight 0.';
  planner.refuse(task, 'data.impossible', { subject, detail });
  return false;
}
