import type { NodeTest } from '../../protocol/nodeFacts.ts';
import type { ResultsComparison } from '../../protocol/resultsComparison.ts';
import type { ResultsEvents, ResultsMethods, ResultsSnapshot } from '../../protocol/resultsProtocol.ts';
import type { RpcClient } from '../../protocol/rpc.ts';
import { bodyState, sameRowsState } from './bodyStates.ts';
import type { MeasureText } from './columnWidth.ts';
import { comparisonPanel } from './comparisonPanel.ts';
import { copyCells } from './copyCells.ts';
import { button, element, icon } from './element.ts';
import { resultsHeader, type HeaderActions } from './resultsHeader.ts';
import { pageSize, RowPages, StaleRowsError } from './rowPages.ts';
import { rowsGrid, type RowsGrid } from './rowsGrid.ts';
import { testsPanel } from './testsPanel.ts';

type RowsSnapshot = Extract<ResultsSnapshot, { readonly state: 'rows' }>;

/** Narrower, the columns of a comparison would leave its rows no room (results.css puts what is beside the rows above). */
const leastWidthOfBoth = 640;

interface PageContext {
  readonly root: HTMLElement;
  readonly client: RpcClient<ResultsMethods, ResultsEvents>;
  readonly measure: MeasureText;
  readonly nonce: string;
}

/** The rows that are drawn, and where they come from. */
interface Drawn {
  readonly grid: RowsGrid;
  readonly pages: RowPages;
}

/** The results page. A snapshot of a new generation replaces everything; one of the same only the facts. */
export class ResultsPage {
  readonly #context: PageContext;
  readonly #header = element('div', { class: 'headerSlot' });
  readonly #rows = element('div', { class: 'rows' });
  readonly #side = element('div', { class: 'sideSlot' });
  readonly #notice = element('div', { class: 'noticeSlot' });
  readonly #spoken = element('div', { class: 'spoken', role: 'status' });
  #snapshot: ResultsSnapshot | undefined;
  #sideOpen = false;
  #drawn: Drawn | undefined;

  constructor(context: PageContext) {
    this.#context = context;
    context.root.append(
      this.#header,
      element('div', { class: 'body' }, this.#rows, this.#side),
      this.#notice,
      this.#spoken,
    );
    document.addEventListener('copy', (event) => void this.#copy(event));
  }

  show(snapshot: ResultsSnapshot): void {
    const before = this.#snapshot;
    this.#snapshot = snapshot;
    const sameBody = before?.generation === snapshot.generation && before.state === snapshot.state;
    if (!sameBody) {
      // Later the panel opens by hand only: it must not push rows aside that somebody reads.
      const hasRoom = this.#context.root.clientWidth >= leastWidthOfBoth;
      this.#sideOpen =
        (comparisonOf(snapshot) !== undefined && hasRoom) ||
        (snapshot.state === 'rows' &&
          testsOf(snapshot).some(({ verdict }) => verdict === 'fail' || verdict === 'error'));
      this.#tell(undefined);
    }
    this.#renderFacts();
    if (!sameBody) this.#renderBody(snapshot);
  }

  readonly #actions: HeaderActions = {
    openLocation: (location) => this.#ask(this.#context.client.request('openLocation', location)),
    cancel: () => this.#ask(this.#context.client.request('cancel', null)),
    rerun: () => this.#ask(this.#context.client.request('rerun', null)),
    toggleSide: () => {
      this.#sideOpen = !this.#sideOpen;
      this.#renderFacts();
    },
  };

  #renderFacts(): void {
    const snapshot = this.#snapshot;
    const focused = document.activeElement?.getAttribute('data-key');
    const tests = snapshot === undefined ? [] : testsOf(snapshot);
    const header =
      snapshot === undefined || snapshot.state === 'empty'
        ? []
        : [resultsHeader(snapshot, this.#sideOpen, this.#actions)];
    this.#header.replaceChildren(...header);
    const comparison = snapshot === undefined ? undefined : comparisonOf(snapshot);
    const panels = [
      ...(comparison === undefined ? [] : [comparisonPanel(comparison)]),
      ...(tests.length === 0 ? [] : [testsPanel(tests, this.#actions.openLocation)]),
    ];
    this.#side.replaceChildren(...(this.#sideOpen ? panels : []));
    if (focused !== null && focused !== undefined) {
      this.#context.root.querySelector<HTMLElement>(`[data-key="${CSS.escape(focused)}"]`)?.focus();
    }
  }

  #renderBody(snapshot: ResultsSnapshot): void {
    this.#drawn?.grid.destroy();
    this.#drawn = undefined;
    const comparison = comparisonOf(snapshot);
    if (comparison?.differing === 0) {
      this.#rows.replaceChildren(sameRowsState(comparison));
    } else if (snapshot.state === 'rows') {
      this.#rows.replaceChildren();
      void this.#drawRows(snapshot);
    } else {
      this.#rows.replaceChildren(bodyState(snapshot, this.#actions));
    }
  }

  /** The first page comes before the grid, so that columns have their width from the start and nothing moves. */
  async #drawRows(snapshot: RowsSnapshot): Promise<void> {
    const { client, measure, nonce } = this.#context;
    const { generation, columns, rowCount, comparison } = snapshot;
    const pages = new RowPages(generation, (request) => client.request('page', request));
    try {
      const firstRows = rowCount === 0 ? [] : await pages.rows(0, Math.min(pageSize, rowCount));
      if (this.#snapshot?.generation !== generation) return;
      const box = element('div', { class: 'grid' });
      this.#rows.replaceChildren(box);
      const onFailure = (error: unknown) => this.#fail(error);
      const grid = rowsGrid(box, {
        columns,
        rowCount,
        pages,
        firstRows,
        measure,
        nonce,
        onFailure,
        ...(comparison === undefined ? {} : { compared: comparison.rows }),
      });
      this.#drawn = { grid, pages };
      if (rowCount === 0) this.#rows.append(element('p', { class: 'noRows muted' }, '0 rows'));
    } catch (error) {
      this.#fail(error);
    }
  }

  async #copy(event: ClipboardEvent): Promise<void> {
    const range = this.#drawn?.grid.range();
    const inGrid = this.#rows.contains(document.activeElement);
    if (this.#drawn === undefined || range === undefined || !inGrid) return;
    try {
      this.#spoken.textContent = await copyCells(event, range, this.#drawn.pages);
    } catch (error) {
      this.#fail(error);
    }
  }

  #ask(request: Promise<unknown>): void {
    this.#tell(undefined);
    request.catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (error instanceof StaleRowsError) return;
    this.#tell(error instanceof Error ? error.message : String(error));
  }

  #tell(text: string | undefined): void {
    if (text === undefined) {
      this.#notice.replaceChildren();
      return;
    }
    const dismiss = button(
      { class: 'iconButton', key: 'dismiss', label: 'Dismiss', onPress: () => this.#tell(undefined) },
      icon('close'),
    );
    this.#notice.replaceChildren(
      element(
        'div',
        { class: 'notice over', role: 'alert' },
        element('span', { class: 'ellipsis', title: text }, text),
        dismiss,
      ),
    );
  }
}

function comparisonOf(snapshot: ResultsSnapshot): ResultsComparison | undefined {
  return snapshot.state === 'rows' ? snapshot.comparison : undefined;
}

function testsOf(snapshot: ResultsSnapshot): readonly NodeTest[] {
  return snapshot.state !== 'empty' && snapshot.subject.kind === 'node' ? snapshot.subject.tests : [];
}
