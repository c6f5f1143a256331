import type { Identifier, Join } from '../tree.ts';
import { refuse, type Context } from './context.ts';
import type { Source } from './scope.ts';

/** The tables on both sides of a join, and the columns that joins before it have made one. */
export interface JoinSides {
  readonly left: readonly Source[];
  readonly right: readonly Source[];
  readonly merged: ReadonlySet<string>;
}

/** The lower-case names of the columns that a join makes one: those of USING, or all that a NATURAL JOIN finds on both sides. */
export function joinColumns(context: Context, join: Join, sides: JoinSides): readonly string[] {
  const natural = join.natural ? naturalColumns(context, join, sides) : [];
  for (const name of join.using) checkUsing(context, name, sides);
  return [...natural, ...join.using.map(({ name }) => name.toLowerCase())];
}

/** How many tables have a column, by its lower-case name; undefined where the columns of one are not known. */
function columnCounts(sources: readonly Source[]): ReadonlyMap<string, number> | undefined {
  const counts = new Map<string, number>();
  for (const { columns } of sources) {
    if (columns === undefined) return undefined;
    for (const name of new Set(columns.map((column) => column.name.toLowerCase()))) {
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
}

function naturalColumns(context: Context, join: Join, { left, right, merged }: JoinSides): readonly string[] {
  const [ours, theirs] = [columnCounts(left), columnCounts(right)];
  if (ours === undefined || theirs === undefined) {
    refuse(context, join.span, 'A NATURAL JOIN of tables whose columns are not known', 'write USING with the columns');
    return [];
  }
  const common = [...ours.keys()].filter((name) => theirs.has(name));
  if (common.length === 0) {
    refuse(context, join.span, 'A NATURAL JOIN of tables without a common column', 'write USING with the columns');
  }
  // A column that several tables of one side have is ambiguous to dialects, where SQLite takes the first.
  for (const name of common) {
    if ((ours.get(name) === 1 || merged.has(name)) && theirs.get(name) === 1) continue;
    refuse(context, join.span, `A NATURAL JOIN by ${name}, which several tables have`, 'write ON with the tables');
  }
  return common;
}

function checkUsing(context: Context, { name, span }: Identifier, { left, right }: JoinSides): void {
  for (const side of [left, right]) {
    const counts = columnCounts(side);
    if (counts?.has(name.toLowerCase()) === false) context.report('sql.unknownColumn', { name }, span);
  }
}
