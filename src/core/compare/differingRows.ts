import { numberMark } from './canonicalValue.ts';
import type { ComparedValue } from './comparedTable.ts';

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

/** The rows of a side: the compared columns as they are shown, and in the one form that equal values have. */
export interface ComparedRows {
  readonly rowCount: number;
  readonly shown: (row: number) => Row;
  readonly canonical: readonly (readonly (string | null)[])[];
}

/**
 * The rows that differ. With a key (positions among the compared columns), a row whose key is once on either side has
 * changed, and the order is that of the left rows. Without one, rows are equal as wholes or differ, and those that
 * differ are sorted, so that what is nearly the same stands together.
 */
export function differingRows(
  left: ComparedRows,
  right: ComparedRows,
  key: readonly number[] | undefined,
): readonly RowDifference[] {
  const groups = new Map<string, Group>();
  const group = (row: CanonicalRow): Group => {
    const name = key === undefined ? row.text : textOf(key.map((i) => row.values[i] ?? null));
    const known = groups.get(name);
    if (known !== undefined) return known;
    const made: Group = { left: [], right: [] };
    groups.set(name, made);
    return made;
  };
  for (const row of canonicalRows(left)) group(row).left.push(row);
  for (const row of canonicalRows(right)) group(row).right.push(row);
  const found: Found[] = [];
  for (const one of groups.values()) {
    if (one.left.length === 1 && one.right.length === 1 && one.left[0]?.text === one.right[0]?.text) continue;
    const [onlyLeft, onlyRight] = [surplus(one.left, one.right), surplus(one.right, one.left)];
    const [first] = onlyLeft;
    const [other] = onlyRight;
    if (first !== undefined && other !== undefined && one.left.length === 1 && one.right.length === 1) {
      found.push({ row: first, difference: changed(first, other, left, right) });
      continue;
    }
    for (const row of onlyLeft) found.push({ row, difference: { kind: 'left', row: left.shown(row.index) } });
    for (const row of onlyRight) found.push({ row, difference: { kind: 'right', row: right.shown(row.index) } });
  }
  if (key === undefined) found.sort((a, b) => inOrder(a.row, b.row));
  return found.map(({ difference }) => difference);
}

interface Found {
  readonly row: CanonicalRow;
  readonly difference: RowDifference;
}

interface CanonicalRow {
  readonly index: number;
  readonly values: readonly (string | null)[];
  /** The values as one text, which no other values have. */
  readonly text: string;
}

interface Group {
  readonly left: CanonicalRow[];
  readonly right: CanonicalRow[];
}

function* canonicalRows({ rowCount, canonical }: ComparedRows): Generator<CanonicalRow> {
  for (let index = 0; index < rowCount; index += 1) {
    const values = canonical.map((column) => column[index] ?? null);
    yield { index, values, text: textOf(values) };
  }
}

/** With the length before each value no separator is needed that values must not hold. */
function textOf(values: readonly (string | null)[]): string {
  let text = '';
  for (const value of values) text += value === null ? '-' : `${String(value.length)}:${value}`;
  return text;
}

/** Nulls last. */
function inOrder(a: CanonicalRow, b: CanonicalRow): number {
  for (const [i, value] of a.values.entries()) {
    const other = b.values[i] ?? null;
    if (value === other) continue;
    if (value === null || other === null) return value === null ? 1 : -1;
    const byNumber = numberIn(value) - numberIn(other);
    if (byNumber !== 0 && !Number.isNaN(byNumber)) return byNumber;
    return value < other ? -1 : 1;
  }
  return 0;
}

/** For the order only: near numbers may be one double. */
function numberIn(value: string): number {
  return value.startsWith(numberMark) ? Number(value.slice(numberMark.length)) : Number.NaN;
}

/** The rows that the others do not have, or not as often. */
function surplus(rows: readonly CanonicalRow[], others: readonly CanonicalRow[]): readonly CanonicalRow[] {
  const there = new Map<string, number>();
  for (const { text } of others) there.set(text, (there.get(text) ?? 0) + 1);
  return rows.filter(({ text }) => {
    const left = there.get(text) ?? 0;
    if (left > 0) there.set(text, left - 1);
    return left === 0;
  });
}

function changed(one: CanonicalRow, other: CanonicalRow, left: ComparedRows, right: ComparedRows): RowDifference {
  const columns = one.values.flatMap((value, i) => (value === other.values[i] ? [] : [i]));
  return { kind: 'changed', left: left.shown(one.index), right: right.shown(other.index), columns };
}
