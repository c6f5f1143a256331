import type { ColumnComparison, TableComparison } from '../core/compare/compareTables.ts';
import type { RowDifference } from '../core/compare/differingRows.ts';
import { valueKind } from '../core/compare/valueKind.ts';
import type { ComparedColumn, ComparedRow, ResultsComparison } from '../protocol/resultsComparison.ts';
import type { ResultsColumn, ResultsValue } from '../protocol/resultsProtocol.ts';
import type { FetchedRows } from './resultsController.ts';

/** What the "Query Results" view shows of a comparison: the rows that differ, each with the side it is on before it. */
export function comparisonContent(comparison: TableComparison, sides: readonly [string, string]): FetchedRows {
  const { columns, differences, differenceCount, isEqual, key = [], rowCounts } = comparison;
  const drawn = differences.flatMap((difference) => drawnRows(difference, sides));
  const facts: ResultsComparison = {
    sides,
    rowCounts: [rowCounts.left, rowCounts.right],
    isEqual,
    differing: differenceCount,
    shown: differences.length,
    key,
    columns: columns.map(comparedColumn),
    rows: drawn.map(({ facts: one }) => one),
  };
  return {
    kind: 'rows',
    content: { columns: [sideColumn, ...columns.flatMap(gridColumn)], comparison: facts },
    rows: drawn.map(({ row }) => row),
  };
}

const sideColumn: ResultsColumn = { name: 'where', type: '' };

interface DrawnRow {
  readonly row: readonly ResultsValue[];
  readonly facts: ComparedRow;
}

function drawnRows(difference: RowDifference, [left, right]: readonly [string, string]): readonly DrawnRow[] {
  if (difference.kind !== 'changed') {
    const where = `only ${difference.kind === 'left' ? left : right}`;
    return [{ row: [where, ...difference.row], facts: { isFirstOfPair: false, changed: [] } }];
  }
  // The side stands before the values.
  const changed = difference.columns.map((column) => column + 1);
  return [
    { row: [left, ...difference.left], facts: { isFirstOfPair: true, changed } },
    { row: [right, ...difference.right], facts: { isFirstOfPair: false, changed } },
  ];
}

function gridColumn(column: ColumnComparison): readonly ResultsColumn[] {
  if (column.side !== 'both') return [];
  const { name, leftType, rightType } = column;
  const isNumber = [leftType, rightType].every((type) => ['exact', 'real'].includes(valueKind(type)));
  const type = leftType === '' ? rightType : leftType;
  return [{ name, type, align: isNumber ? 'end' : 'start' }];
}

function comparedColumn(column: ColumnComparison): ComparedColumn {
  if (column.side !== 'both') {
    return { name: column.column.name, verdict: column.side, types: [column.column.type], hashes: [] };
  }
  const { name, agrees, kindsAgree, leftType, rightType, leftHash, rightHash } = column;
  const verdict = agrees ? 'equal' : kindsAgree ? 'different' : 'kinds';
  return { name, verdict, types: [leftType, rightType], hashes: [leftHash, rightHash] };
}
