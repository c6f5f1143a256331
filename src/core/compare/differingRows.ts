import type { ComparedValue } from './comparedTable.ts';
import { FirstInOrder } from './firstInOrder.ts';
import { countsOf, type NumberedColumn } from './numberedColumn.ts';
import { numberedRows, type NumberedRows } from './numberedRows.ts';
import type { Pieces } from './pieces.ts';
import { formOrder } from './valueForm.ts';

type Row = readonly ComparedValue[];

/** A row that is not the same on both sides; values in the order of the compared columns. */
export type RowDifference =
  | { readonly kind: 'left' | 'right'; readonly row: Row }
  | {
      readonly kind: 'changed';
      readonly left: Row;
      readonly right: Row;
      /** Positions of the values that differ. */
      readonly columns: readonly number[];
    };

/** The rows of both sides: left ones have the numbers from 0, and right ones those behind them. */
export interface ComparedRows {
  readonly leftCount: number;
  readonly rightCount: number;
  /** The columns that are compared. */
  readonly columns: readonly NumberedColumn[];
  /** A row's values in these columns, as they are shown. */
  readonly shown: (row: number) => Row;
}

/** Rows that differ: how many, and the first of them. */
export interface DifferingRows {
  readonly count: number;
  readonly first: readonly RowDifference[];
}

/**
 * The rows that differ, of which no more than `most` are given. With a key (positions among the compared columns), a
 * row whose key is once on either side has changed, and the order is that of the left rows. Without one, rows are equal
 * as wholes or differ, and those that differ are sorted, so that what is nearly the same stands together.
 */
export async function differingRows(
  rows: ComparedRows,
  { key, most }: { readonly key: readonly number[] | undefined; readonly most: number },
  pieces: Pieces,
): Promise<DifferingRows> {
  const { columns, leftCount, rightCount } = rows;
  const rowCount = leftCount + rightCount;
  const wholes = await numberedRows(columns, rowCount, pieces);
  const keyColumns = key?.flatMap((i) => columns[i] ?? []);
  const groups = keyColumns === undefined ? wholes : await numberedRows(keyColumns, rowCount, pieces);
  const isOver = surplus(wholes, leftCount);
  const first = new FirstInOrder<Found>(most, key === undefined ? (a, b) => inOrder(columns, a.row, b.row) : inTurn);
  const { grouped, ends } = groupedRows(groups);
  let [start, count] = [0, 0];
  for (const end of ends) {
    const found = foundIn(grouped, { start, end }, isOver, leftCount);
    start = end;
    count += found.length;
    for (const one of found) first.add(one);
    if (pieces.isFull(workOfGroup + found.length * workOfFound)) await pieces.pause();
  }
  return { count, first: first.taken().map((found) => difference(found, rows)) };
}

/** What a group of rows costs, and a row of it that differs, which is put in order. */
const [workOfGroup, workOfFound] = [8, 64];

/** A row that differs; with the one that it has become, where that is known. */
interface Found {
  readonly row: number;
  readonly became?: number;
}

/** For each row whether the other side does not have it, or not as often: then the last of the equal ones are over. */
function surplus({ numbers, count }: NumberedRows, leftCount: number): Uint8Array {
  const [left, right] = [numbers.subarray(0, leftCount), numbers.subarray(leftCount)];
  const isOver = new Uint8Array(numbers.length);
  const mark = (rows: Int32Array, others: Int32Array, offset: number): void => {
    const partners = countsOf(others, count);
    rows.forEach((number, i) => {
      const free = partners[number] ?? 0;
      if (free === 0) isOver[offset + i] = 1;
      else partners[number] = free - 1;
    });
  };
  mark(left, right, 0);
  mark(right, left, leftCount);
  return isOver;
}

/** All rows, those of the same number behind each other; and where those of each number end. */
function groupedRows({ numbers, count }: NumberedRows): { readonly grouped: Int32Array; readonly ends: Int32Array } {
  // At first where each begins, and moved on by every row that is put there.
  const ends = new Int32Array(count);
  let end = 0;
  countsOf(numbers, count).forEach((size, number) => {
    ends[number] = end;
    end += size;
  });
  const grouped = new Int32Array(numbers.length);
  numbers.forEach((number, row) => {
    const at = ends[number] ?? 0;
    grouped[at] = row;
    ends[number] = at + 1;
  });
  return { grouped, ends };
}

const none: readonly Found[] = [];

/** What differs in a group of rows. */
function foundIn(
  grouped: Int32Array,
  { start, end }: { readonly start: number; readonly end: number },
  isOver: Uint8Array,
  leftCount: number,
): readonly Found[] {
  const row = grouped[start] ?? 0;
  const became = grouped[start + 1] ?? 0;
  const isPair = end - start === 2 && row < leftCount && became >= leftCount;
  if (isPair) return isOver[row] === 1 ? [{ row, became }] : none;
  return [...grouped.subarray(start, end)].flatMap((one) => (isOver[one] === 1 ? [{ row: one }] : []));
}

function difference({ row, became }: Found, { columns, leftCount, shown }: ComparedRows): RowDifference {
  if (became === undefined) return { kind: row < leftCount ? 'left' : 'right', row: shown(row) };
  const differing = columns.flatMap(({ numbers }, i) => (numbers[row] === numbers[became] ? [] : [i]));
  return { kind: 'changed', left: shown(row), right: shown(became), columns: differing };
}

/** As they come. */
const inTurn = (): number => 0;

/** By the first value that differs; nulls last. */
function inOrder(columns: readonly NumberedColumn[], one: number, other: number): number {
  for (const { numbers, forms } of columns) {
    const [mine, theirs] = [numbers[one] ?? 0, numbers[other] ?? 0];
    if (mine !== theirs) return formOrder(forms[mine], forms[theirs]);
  }
  return 0;
}
