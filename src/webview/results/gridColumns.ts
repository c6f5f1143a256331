import type { ColDef } from 'ag-grid-community';
import type { ResultsColumn } from '../../protocol/resultsProtocol.ts';
import { formatCount } from '../shared/format.ts';
import type { Cell } from './cellRange.ts';
import { ColumnHeader } from './columnHeader.ts';
import { cellPadding, columnWidth, valueText, type MeasureText } from './columnWidth.ts';
import type { Row } from './rowPages.ts';

/** The id of the column of row numbers; a column of the rows has its zero-based position. */
export const rowNumberColumn = 'rowNumber';

/** What the columns need to know besides the rows' own columns. */
export interface ColumnContext {
  readonly rowCount: number;
  /** Rows from which columns get their width. */
  readonly firstRows: readonly Row[];
  readonly measure: MeasureText;
  /** Whether a cell is drawn as one of several chosen cells. */
  readonly isChosen: (cell: Cell) => boolean;
  /** True when the first column says where a row is: it stays in sight too. */
  readonly hasSides: boolean;
  /** Whether a cell's value is not that of the row it is compared with. */
  readonly isChanged: (cell: Cell) => boolean;
}

/** The grid's columns: row numbers, which stay in sight, and those of the rows. */
export function gridColumns(columns: readonly ResultsColumn[], context: ColumnContext): ColDef<Row>[] {
  return [rowNumbers(context), ...columns.map((column, at) => valueColumn(column, at, context))];
}

function valueColumn(column: ResultsColumn, at: number, context: ColumnContext): ColDef<Row> {
  const { firstRows, measure, isChosen, isChanged, hasSides } = context;
  const end = column.align === 'end';
  return {
    colId: String(at),
    headerName: column.name,
    headerComponent: ColumnHeader,
    headerComponentParams: { columnType: column.type },
    headerClass: end ? 'end' : '',
    cellClass: end ? 'end figures' : '',
    cellClassRules: {
      null: ({ value }) => value === null,
      chosen: ({ rowIndex }) => isChosen({ row: rowIndex, column: at }),
      changed: ({ rowIndex }) => isChanged({ row: rowIndex, column: at }),
    },
    width: columnWidth(column, at, firstRows, measure),
    minWidth: 48,
    ...(hasSides && at === 0 ? { pinned: 'left', lockPinned: true } : {}),
    valueGetter: ({ data }) => data?.[at],
    valueFormatter: ({ value }: { value: Row[number] | undefined }) => valueText(value),
  };
}

/** One-based numbers, wide enough for the last one. */
function rowNumbers({ rowCount, measure }: ColumnContext): ColDef<Row> {
  return {
    colId: rowNumberColumn,
    headerName: '#',
    headerClass: 'end rowNumber',
    cellClass: 'end figures rowNumber',
    pinned: 'left',
    lockPinned: true,
    resizable: false,
    suppressNavigable: true,
    width: Math.max(Math.ceil((measure(formatCount(rowCount)) + cellPadding) / 4) * 4, 48),
    valueGetter: ({ node }) => (node?.rowIndex ?? 0) + 1,
    valueFormatter: ({ value }: { value: number }) => formatCount(value),
  };
}
