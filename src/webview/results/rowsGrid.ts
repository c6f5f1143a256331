import {
  CellStyleModule,
  createGrid,
  createTheme,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  type CellClassParams,
  type CellFocusedEvent,
  type ColDef,
  type GridApi,
  type GridOptions,
} from 'ag-grid-community';
import type { ResultsColumn } from '../../protocol/resultsProtocol.ts';
import { formatCount } from '../shared/format.ts';
import { cellCount, inRange, type Cell, type CellRange } from './cellRange.ts';
import { ColumnHeader } from './columnHeader.ts';
import { cellPadding, columnWidth, valueText, type MeasureText } from './columnWidth.ts';
import { pageSize, type Row, type RowPages } from './rowPages.ts';

/** What a grid shows. */
export interface GridRequest {
  readonly columns: readonly ResultsColumn[];
  readonly rowCount: number;
  readonly pages: RowPages;
  /** The first page's rows, already here: columns get their width from them. */
  readonly firstRows: readonly Row[];
  readonly measure: MeasureText;
  /** Style elements that the grid makes carry the page's nonce. */
  readonly nonce: string;
  /** A page could not be had. */
  readonly onFailure: (error: unknown) => void;
}

/** A grid on the page: the adapter to AG Grid, the only file that knows it besides the header. */
export interface RowsGrid {
  /** The cells that a copy takes; undefined before a cell was focused. */
  range(): CellRange | undefined;
  destroy(): void;
}

const rowNumberColumn = 'rowNumber';

/** To be called once in the page's life. */
export function registerGridModules(): void {
  ModuleRegistry.registerModules([InfiniteRowModelModule, CellStyleModule, RenderApiModule]);
}

const theme = createTheme().withParams({
  accentColor: 'var(--focus)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--fg)',
  textColor: 'var(--fg)',
  headerTextColor: 'var(--fg)',
  headerBackgroundColor: 'var(--page)',
  borderColor: 'var(--faint-line)',
  rowHoverColor: 'var(--hover)',
  fontFamily: 'var(--vscode-font-family)',
  fontSize: 'var(--vscode-font-size)',
  headerFontWeight: 'normal',
  rowHeight: 24,
  headerHeight: 44,
  cellHorizontalPadding: 12,
  wrapperBorder: false,
  wrapperBorderRadius: 0,
  columnBorder: true,
  headerColumnBorder: true,
});

/** Draws rows that are fetched as they come into sight. */
export function rowsGrid(box: HTMLElement, request: GridRequest): RowsGrid {
  const { columns, rowCount, pages, firstRows, measure, onFailure } = request;
  let range: CellRange | undefined;
  let extending = false;
  const heedShift = (event: KeyboardEvent | MouseEvent) => {
    extending = event.shiftKey;
  };
  box.addEventListener('keydown', heedShift, true);
  box.addEventListener('mousedown', heedShift, true);

  const onCellFocused = ({ rowIndex, column, api }: CellFocusedEvent<Row>) => {
    if (rowIndex === null || column === null || typeof column === 'string') return;
    const id = column.getColId();
    const last = columns.length - 1;
    const at: Cell = { row: rowIndex, column: id === rowNumberColumn ? last : Number(id) };
    const anchor = id === rowNumberColumn ? { row: rowIndex, column: 0 } : at;
    range = { anchor: extending && range !== undefined ? range.anchor : anchor, head: at };
    api.refreshCells({ force: true });
  };

  const options: GridOptions<Row> = {
    theme,
    styleNonce: request.nonce,
    columnDefs: [rowNumbers(rowCount, measure), ...columns.map(toColDef)],
    defaultColDef: { sortable: false, suppressMovable: true, resizable: true, suppressHeaderMenuButton: true },
    rowModelType: 'infinite',
    cacheBlockSize: pageSize,
    maxBlocksInCache: 20,
    maxConcurrentDatasourceRequests: 2,
    blockLoadDebounceMillis: 40,
    infiniteInitialRowCount: Math.max(rowCount, 1),
    datasource: {
      rowCount,
      getRows: (window) => {
        pages.rows(window.startRow, Math.min(window.endRow, rowCount)).then(
          (rows) => window.successCallback([...rows], rowCount),
          (error: unknown) => {
            window.failCallback();
            onFailure(error);
          },
        );
      },
    },
    animateRows: false,
    suppressColumnVirtualisation: columns.length <= 20,
    suppressDragLeaveHidesColumns: true,
    suppressNoRowsOverlay: true,
    onCellFocused,
  };
  const api: GridApi<Row> = createGrid(box, options);

  function toColDef(column: ResultsColumn, at: number): ColDef<Row> {
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
        chosen: ({ rowIndex }: CellClassParams<Row>) =>
          range !== undefined && cellCount(range) > 1 && inRange(range, { row: rowIndex, column: at }),
      },
      width: columnWidth(column, at, firstRows, measure),
      minWidth: 48,
      valueGetter: ({ data }) => data?.[at],
      valueFormatter: ({ value }: { value: Row[number] | undefined }) => valueText(value),
    };
  }

  return {
    range: () => range,
    destroy: () => {
      box.removeEventListener('keydown', heedShift, true);
      box.removeEventListener('mousedown', heedShift, true);
      api.destroy();
    },
  };
}

/** One-based numbers of the rows, wide enough for the last one. */
function rowNumbers(rowCount: number, measure: MeasureText): ColDef<Row> {
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
