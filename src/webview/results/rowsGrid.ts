import {
  CellStyleModule,
  createGrid,
  createTheme,
  InfiniteRowModelModule,
  ModuleRegistry,
  RenderApiModule,
  RowStyleModule,
  type GridApi,
} from 'ag-grid-community';
import type { ComparedRow } from '../../protocol/resultsComparison.ts';
import type { ResultsColumn } from '../../protocol/resultsProtocol.ts';
import { cellCount, inRange, type Cell, type CellRange } from './cellRange.ts';
import { trackSelection } from './cellSelection.ts';
import type { MeasureText } from './columnWidth.ts';
import { gridColumns } from './gridColumns.ts';
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
  /** What each row is part of, when the rows are those in which two tables differ. */
  readonly compared?: readonly ComparedRow[];
}

/** A grid on the page. AG Grid draws it; that is known here, to its columns and their header, and to the stylesheet. */
export interface RowsGrid {
  /** The cells that a copy takes; undefined before a cell was focused. */
  range(): CellRange | undefined;
  destroy(): void;
}

/** To be called once in the page's life. Modules that are not named here stay out of the bundle. */
export function registerGridModules(): void {
  ModuleRegistry.registerModules([InfiniteRowModelModule, CellStyleModule, RenderApiModule, RowStyleModule]);
}

const theme = createTheme().withParams({
  accentColor: 'var(--focus)',
  backgroundColor: 'var(--surface)',
  foregroundColor: 'var(--fg)',
  textColor: 'var(--fg)',
  headerTextColor: 'var(--fg)',
  headerBackgroundColor: 'var(--page)',
  borderColor: 'var(--grid-line)',
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
  const { columns, rowCount, pages, firstRows, measure, nonce, onFailure, compared } = request;
  const selection = trackSelection(box, columns.length, () => api.refreshCells({ force: true }));
  const isChosen = (cell: Cell): boolean => {
    const range = selection.range();
    return range !== undefined && cellCount(range) > 1 && inRange(range, cell);
  };
  const isChanged = ({ row, column }: Cell): boolean => compared?.[row]?.changed.includes(column) === true;
  // Rows without values would flash by: the grid is shown with its first values.
  box.classList.add('pending');
  const api: GridApi<Row> = createGrid<Row>(box, {
    theme,
    styleNonce: nonce,
    columnDefs: gridColumns(columns, {
      rowCount,
      firstRows,
      measure,
      isChosen,
      isChanged,
      hasSides: compared !== undefined,
    }),
    rowClassRules: { firstOfPair: ({ rowIndex }) => compared?.[rowIndex]?.isFirstOfPair === true },
    defaultColDef: { sortable: false, suppressMovable: true, resizable: true, suppressHeaderMenuButton: true },
    rowModelType: 'infinite',
    cacheBlockSize: pageSize,
    maxBlocksInCache: 20,
    maxConcurrentDatasourceRequests: 2,
    // Pages that a fast scroll passes by are not asked for.
    blockLoadDebounceMillis: 40,
    infiniteInitialRowCount: Math.max(rowCount, 1),
    datasource: {
      rowCount,
      getRows: (window) => {
        pages
          .rows(window.startRow, Math.min(window.endRow, rowCount))
          .then(
            (rows) => window.successCallback([...rows], rowCount),
            (error: unknown) => {
              window.failCallback();
              onFailure(error);
            },
          )
          .finally(() => box.classList.remove('pending'));
      },
    },
    animateRows: false,
    suppressDragLeaveHidesColumns: true,
    suppressNoRowsOverlay: true,
  });
  return {
    range: () => selection.range(),
    destroy: () => {
      selection.dispose();
      api.destroy();
    },
  };
}
