import { Cancelled, type Cancellation } from '../diagnostics/cancellation.ts';
import { columnRule } from './canonicalValue.ts';
import { columnSums } from './columnSums.ts';
import type { ComparedColumn, ComparedTable } from './comparedTable.ts';
import { differingRows, type ComparedRows, type RowDifference } from './differingRows.ts';
import { numberedColumn, type NumberedColumn } from './numberedColumn.ts';
import { Pieces } from './pieces.ts';
import { sharedColumns, type SharedColumn } from './sharedColumns.ts';

/** A column of one side or of both. */
export type ColumnComparison =
  | { readonly side: 'left' | 'right'; readonly column: ComparedColumn }
  | {
      readonly side: 'both';
      readonly name: string;
      readonly leftType: string;
      readonly rightType: string;
      /** False when the types are of different kinds, so that no two values can be equal. */
      readonly kindsAgree: boolean;
      /** True when both sides have the same values, each the same number of times. */
      readonly agrees: boolean;
      readonly leftHash: string;
      readonly rightHash: string;
    };

/** Two tables beside each other. */
export interface TableComparison {
  /** The columns of the left table in their order, then those that only the right one has. */
  readonly columns: readonly ColumnComparison[];
  readonly rowCounts: { readonly left: number; readonly right: number };
  /** The columns by which rows were found on the other side; undefined when whole rows were. */
  readonly key: readonly string[] | undefined;
  /** Values of differing rows are those of the columns that both have, in the order of `columns`. */
  readonly differences: readonly RowDifference[];
  /** How many rows differ, of which `differences` are the first. */
  readonly differenceCount: number;
  /** The same columns and the same rows, whatever their order. */
  readonly isEqual: boolean;
}

/** How two tables are compared. */
export interface CompareOptions {
  /** Columns whose values no two rows of a table share, where such are known. */
  readonly key: readonly string[];
  /** No more differences than these are kept; all are counted. */
  readonly mostDifferences: number;
}

/** What a comparison is at. */
export interface CompareProgress {
  /** The column whose values are compared; undefined while whole rows are. */
  readonly column: string | undefined;
  /** Steps done, of how many: one for each column that both sides have, and one for the rows. */
  readonly done: number;
  readonly total: number;
}

/** What a comparison needs of its host, which it shares a thread with. */
export interface CompareHost {
  /** Heard after every few milliseconds of work, which goes on when what it gives resolves. */
  readonly progress: (progress: CompareProgress) => void | Promise<void>;
  readonly cancellation: Cancellation;
}

/**
 * Compares two tables whatever the order of their rows and columns. Columns belong together by their names, in capitals
 * or not; rows by the key, or else as wholes, each as often as it is there. Rejects with `Cancelled`.
 */
export async function compareTables(
  left: ComparedTable,
  right: ComparedTable,
  options: CompareOptions,
  { progress, cancellation }: CompareHost,
): Promise<TableComparison> {
  const shared = sharedColumns(left.columns, right.columns);
  const compared: SharedComparison[] = [];
  const pieces = new Pieces(async () => {
    const column = shared[compared.length]?.left.name;
    await progress({ column, done: compared.length, total: shared.length + 1 });
    if (cancellation.isCancellationRequested) throw new Cancelled();
  });
  for (const columns of shared) compared.push(await comparedColumn(left, right, columns, pieces));
  const key = keyAmong(shared, options.key);
  const rows = comparedRows(left, right, compared);
  const { count, first } = await differingRows(rows, { key, most: options.mostDifferences }, pieces);
  const columns = [
    ...left.columns.map((column, i): ColumnComparison => {
      const both = compared.find(({ of }) => of.left.index === i);
      return both?.comparison ?? { side: 'left', column };
    }),
    ...right.columns.flatMap((column, i): readonly ColumnComparison[] => {
      return shared.some((one) => one.right.index === i) ? [] : [{ side: 'right', column }];
    }),
  ];
  return {
    columns,
    rowCounts: { left: left.rows.length, right: right.rows.length },
    key: key?.map((i) => shared[i]?.left.name ?? ''),
    differences: first,
    differenceCount: count,
    isEqual: count === 0 && columns.every(({ side }) => side === 'both'),
  };
}

/** A column that both sides have, compared. */
interface SharedComparison {
  readonly of: SharedColumn;
  readonly comparison: ColumnComparison;
  readonly numbered: NumberedColumn;
}

async function comparedColumn(
  left: ComparedTable,
  right: ComparedTable,
  of: SharedColumn,
  pieces: Pieces,
): Promise<SharedComparison> {
  const { name, type: leftType } = of.left;
  const { type: rightType } = of.right;
  const rule = columnRule(leftType, rightType);
  const sides = { left: { rows: left.rows, ...of.left }, right: { rows: right.rows, ...of.right } };
  const numbered = await numberedColumn(sides.left, sides.right, rule, pieces);
  const sums = await columnSums(numbered, left.rows.length, pieces);
  const { kindsAgree } = rule;
  return { of, comparison: { side: 'both', name, leftType, rightType, kindsAgree, ...sums }, numbered };
}

/** Positions of the key's columns; undefined when there is no key, or not all of it is on both sides. */
function keyAmong(shared: readonly SharedColumn[], key: readonly string[]): readonly number[] | undefined {
  const names = shared.map((one) => one.left.name.toLowerCase());
  const found = key.map((name) => names.indexOf(name.toLowerCase()));
  return found.length === 0 || found.includes(-1) ? undefined : found;
}

function comparedRows(left: ComparedTable, right: ComparedTable, compared: readonly SharedComparison[]): ComparedRows {
  const leftCount = left.rows.length;
  return {
    leftCount,
    rightCount: right.rows.length,
    columns: compared.map(({ numbered }) => numbered),
    shown: (row) => {
      const [values, side] =
        row < leftCount ? ([left.rows[row], 'left'] as const) : ([right.rows[row - leftCount], 'right'] as const);
      return compared.map(({ of }) => values?.[of[side].index] ?? null);
    },
  };
}
