import { alignRows } from './alignRows.ts';
import {
  cellText,
  sameCell,
  sortedRows,
  type DiffCell,
  type DiffRow,
  type DiffTables,
  type RowPair,
} from './diffTable.ts';
import { drawDiff, type DrawnCell, type DrawnRow } from './drawDiff.ts';

/** How near something is to a difference: it is one, it stands beside one, or dots stand for it. */
type Activity = 'none' | 'changed' | 'beside' | 'dots';

/**
 * Shows how one table became another, whatever the order of their rows: what changed, one row and column around it, and
 * dots for the rest (daff: TableDiff). Undefined when they are the same.
 */
export function tableDiff({ columns, ...tables }: DiffTables): string | undefined {
  const [before, after] = [sortedRows(tables.before), sortedRows(tables.after)];
  const { pairs, keyColumns } = alignRows({ columns, before, after });
  const separator = unusedSeparator([columns.map(headerCell), ...before, ...after]);
  const compared = pairs
    .filter((pair) => pair.after !== 0 && pair.before !== 0)
    .map((pair) => comparePair(pair, before, after, separator));
  if (compared.every(({ sign }) => sign === '')) return undefined;
  const rows = spread(compared.map(({ sign }): Activity => (sign === '' ? 'none' : 'changed')));
  const changed = (column: number): boolean =>
    keyColumns.has(column) || compared.some(({ sign, changes }) => sign === '+++' || changes.has(column));
  const near = spread(columns.map((_, column): Activity => (changed(column) ? 'changed' : 'none')));
  const shownColumns = near.map((activity): Activity => (activity === 'dots' ? 'none' : activity));
  const header = elided(
    shownColumns,
    columns.map((name) => ({ mark: name })),
  );
  const drawn: DrawnRow[] = [{ sign: '@@', cells: header }];
  for (const [i, { sign, cells }] of compared.entries()) {
    if (rows[i] === 'none') continue;
    if (rows[i] !== 'dots') drawn.push({ sign, cells: elided(shownColumns, cells) });
    else if (drawn.at(-1)?.sign !== '...')
      drawn.push({
        sign: '...',
        cells: elided(
          shownColumns,
          columns.map(() => ({ mark: '...' })),
        ),
      });
  }
  return drawDiff(drawn);
}

interface ComparedRow {
  readonly sign: string;
  readonly cells: readonly DrawnCell[];
  readonly changes: ReadonlySet<number>;
}

function comparePair(
  pair: RowPair,
  before: readonly DiffRow[],
  after: readonly DiffRow[],
  separator: string,
): ComparedRow {
  const old = pair.before === undefined ? undefined : before[pair.before - 1];
  const fresh = pair.after === undefined ? undefined : after[pair.after - 1];
  const changes = new Set<number>();
  if (old === undefined) return { sign: '+++', cells: fresh ?? [], changes };
  if (fresh === undefined) return { sign: '---', cells: old, changes };
  const cells = old.map((cell, column): DrawnCell => {
    const now = fresh[column] ?? null;
    if (sameCell(cell, now)) return cell;
    changes.add(column);
    return { mark: changeSide(cell) + separator + changeSide(now) };
  });
  return { sign: changes.size === 0 ? '' : separator, cells, changes };
}

/** A null is told from the text NULL, which has a mark before it. */
function changeSide(cell: DiffCell): string {
  if (cell === null || cell.text === 'None') return 'NULL';
  return /^_*NULL$/.test(cell.text) ? `_${cell.text}` : cell.text;
}

function headerCell(name: string): DiffCell {
  return { text: name, alone: name, order: name };
}

/** An arrow that stands in none of the cells. */
function unusedSeparator(rows: readonly DiffRow[]): string {
  let separator = '->';
  const texts = rows.flatMap((row) => row.map(cellText));
  for (const text of texts) while (text.includes(separator)) separator = `-${separator}`;
  return separator;
}

/** What stands beside a change is shown too, and what follows is dots. */
function spread(activities: readonly Activity[]): readonly Activity[] {
  const result = [...activities];
  const from = (order: readonly number[]): void => {
    let distance = Number.POSITIVE_INFINITY;
    for (const i of order) {
      distance = result[i] === 'changed' ? 0 : distance + 1;
      if (result[i] !== 'none' && result[i] !== 'dots') continue;
      if (distance === 1) result[i] = 'beside';
      else if (distance === 2) result[i] = 'dots';
    }
  };
  const forwards = [...result.keys()];
  from(forwards);
  from(forwards.toReversed());
  return result;
}

/** Of columns that are not shown, dots stand for the first of each run. */
function elided(activities: readonly Activity[], cells: readonly DrawnCell[]): readonly DrawnCell[] {
  return cells.flatMap((cell, column): DrawnCell[] => {
    if (activities[column] !== 'none') return [cell];
    return column > 0 && activities[column - 1] === 'none' ? [] : [{ mark: '...' }];
  });
}
