import { columnRule } from './canonicalValue.ts';
import type { ComparedColumn, ComparedTable } from './comparedTable.ts';
import { differingRows, type ComparedRows, type RowDifference } from './differingRows.ts';
import { multisetHash } from './multisetHash.ts';

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

/**
 * Compares two tables whatever the order of their rows and columns. Columns belong together by their names, in capitals
 * or not; rows by the key, or else as wholes, each as often as it is there.
 */
export function compareTables(left: ComparedTable, right: ComparedTable, options: CompareOptions): TableComparison {
  const pairs = columnPairs(left, right);
  const shared = pairs.flatMap((pair) => (pair.kind === 'both' ? [pair] : []));
  const columns = [
    ...pairs.map((pair): ColumnComparison => {
      return pair.kind === 'left' ? { side: 'left', column: pair.column } : comparedColumn(pair);
    }),
    ...onlyOn(right.columns, new Set(shared.map((one) => one.right.index))),
  ];
  const names = shared.map((one) => one.left.name.toLowerCase());
  const wanted = options.key.map((name) => names.indexOf(name.toLowerCase()));
  const key = wanted.length === 0 || wanted.includes(-1) ? undefined : wanted;
  const found = differingRows(
    comparedRows(
      left,
      shared.map((one) => one.left),
    ),
    comparedRows(
      right,
      shared.map((one) => one.right),
    ),
    key,
  );
  return {
    columns,
    rowCounts: { left: left.rows.length, right: right.rows.length },
    key: key?.map((i) => shared[i]?.left.name ?? ''),
    differences: found.slice(0, options.mostDifferences),
    differenceCount: found.length,
    isEqual: found.length === 0 && columns.every(({ side }) => side === 'both'),
  };
}

/** A column of one side with its values in their one form. */
interface CanonicalColumn extends ComparedColumn {
  readonly index: number;
  readonly values: readonly (string | null)[];
}

type ColumnPair =
  | { readonly kind: 'left'; readonly column: ComparedColumn }
  | {
      readonly kind: 'both';
      readonly left: CanonicalColumn;
      readonly right: CanonicalColumn;
      readonly kindsAgree: boolean;
    };

function columnPairs(left: ComparedTable, right: ComparedTable): readonly ColumnPair[] {
  const partners = partnersByName(left.columns, right.columns);
  return left.columns.map((column, index): ColumnPair => {
    const at = partners.get(index);
    const other = at === undefined ? undefined : right.columns[at];
    if (at === undefined || other === undefined) return { kind: 'left', column };
    const rule = columnRule(column.type, other.type);
    return {
      kind: 'both',
      left: { ...column, index, values: left.rows.map((row) => rule.left(row[index] ?? null)) },
      right: { ...other, index: at, values: right.rows.map((row) => rule.right(row[at] ?? null)) },
      kindsAgree: rule.kindsAgree,
    };
  });
}

/** By the same name, else by the same name in other capitals: warehouses write names in capitals, or not. */
function partnersByName(
  left: readonly ComparedColumn[],
  right: readonly ComparedColumn[],
): ReadonlyMap<number, number> {
  const free = new Map(right.map(({ name }, index) => [index, name]));
  const partners = new Map<number, number>();
  for (const form of [(name: string) => name, (name: string) => name.toLowerCase()]) {
    for (const [index, { name }] of left.entries()) {
      if (partners.has(index)) continue;
      const found = [...free].find(([, other]) => form(other) === form(name));
      if (found === undefined) continue;
      partners.set(index, found[0]);
      free.delete(found[0]);
    }
  }
  return partners;
}

function onlyOn(columns: readonly ComparedColumn[], shared: ReadonlySet<number>): readonly ColumnComparison[] {
  return columns.flatMap((column, i) => (shared.has(i) ? [] : [{ side: 'right', column }]));
}

function comparedRows({ rows }: ComparedTable, columns: readonly CanonicalColumn[]): ComparedRows {
  return {
    rowCount: rows.length,
    shown: (row) => columns.map(({ index }) => rows[row]?.[index] ?? null),
    canonical: columns.map(({ values }) => values),
  };
}

function comparedColumn({ left, right, kindsAgree }: Extract<ColumnPair, { kind: 'both' }>): ColumnComparison {
  const surplus = new Map<string | null, number>();
  for (const value of left.values) surplus.set(value, (surplus.get(value) ?? 0) + 1);
  for (const value of right.values) surplus.set(value, (surplus.get(value) ?? 0) - 1);
  return {
    side: 'both',
    name: left.name,
    leftType: left.type,
    rightType: right.type,
    kindsAgree,
    agrees: [...surplus.values()].every((more) => more === 0),
    leftHash: multisetHash(left.values),
    rightHash: multisetHash(right.values),
  };
}
