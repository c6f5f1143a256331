import * as vscode from 'vscode';
import type { ManifestNode } from '../core/compile/manifest.ts';
import { Cancelled } from '../core/diagnostics/cancellation.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { modelLineage } from '../core/lineage/modelLineage.ts';
import type { UniqueId } from '../core/project/uniqueId.ts';
import { previewRows, type Preview, type PreviewColumn, type PreviewSubject } from '../core/service/previewRows.ts';
import { tableInfo, tablePage } from '../core/service/tableRows.ts';
import type { ResultsColumn, ResultsError, ResultsSubject, ResultsValue } from '../protocol/resultsProtocol.ts';
import type { CurrentWork } from './currentWork.ts';
import { Disposable } from './disposable.ts';
import type { LongWork } from './features/withRunProgress.ts';
import { firstFault, locationOf, nodeTest, statusOf } from './lineageSnapshot.ts';
import { beyondRead } from './problems.ts';
import type { ResultsContent } from './views/resultsChannel.ts';
import type { ResultsView } from './views/resultsView.ts';
import type { Workbench } from './workbench.ts';

/** What a preview is of, with the title it has in the view. */
export interface TitledSubject {
  readonly title: string;
  readonly subject: PreviewSubject;
}

/** Rows that are not in the project's database, or why there are none. */
export type FetchedRows =
  | {
      readonly kind: 'rows';
      readonly content: Pick<Extract<ResultsContent, { readonly state: 'rows' }>, 'columns' | 'limited' | 'comparison'>;
      readonly rows: readonly (readonly ResultsValue[])[];
    }
  | { readonly kind: 'failed'; readonly error: ResultsError };

/** What fetches rows: it may be cancelled, and says how far it is. */
export type FetchRows = (long: LongWork) => Promise<FetchedRows>;

/** Decides what the "Query Results" view shows: a node's table, the rows of a preview, or why there are none. */
export class ResultsController extends Disposable {
  readonly #workbench: Workbench;
  readonly #view: ResultsView;
  readonly #work: CurrentWork;
  #shown: (() => Promise<void>) | undefined;
  #shownNode: UniqueId | undefined;

  constructor(workbench: Workbench, view: ResultsView, work: CurrentWork) {
    super();
    this.#workbench = workbench;
    this.#view = view;
    this.#work = work;
    this._register(workbench.onDidChange(() => this.#updateFacts()));
  }

  /** Shows again what was shown. */
  async rerun(): Promise<void> {
    await this.#shown?.();
  }

  /** Shows a node's rows: its table when it was built, else a preview of it. */
  async showNode(id: UniqueId): Promise<void> {
    this.#shown = () => this.showNode(id);
    const current = await this.#workbench.current();
    const manifest = current?.read.manifest;
    const node = manifest?.nodes.get(id);
    if (current === undefined || manifest === undefined || node === undefined) return;
    this.#shownNode = id;
    const failed = this.#failureOf(node);
    const titled = { title: node.name, subject: this.#nodeSubject(node) };
    if (failed !== undefined) {
      this.#view.show({ state: 'failed', ...titled, error: failed });
      return;
    }
    if (node.resourceType === 'exposure' || node.resourceType === 'test' || node.resourceType === 'unit_test') {
      this.#view.show({ state: 'empty', message: `${node.name} has no rows of its own.` });
      return;
    }
    const { service } = current.project;
    const info = await tableInfo(service, manifest, id);
    if (info === undefined || this.#workbench.states.stale.has(id)) {
      await this.preview({ title: node.name, subject: { kind: 'node', id } });
      return;
    }
    const { columns, rowCount } = info;
    const result = this.#workbench.states.results.get(id);
    const [start] = result?.timing ?? [];
    const end = result?.timing.at(-1);
    const durationMs = start === undefined || end === undefined ? info.durationMs : end.completedAt - start.startedAt;
    this.#view.show(
      { state: 'rows', ...titled, columns: columns.map(resultsColumn), rowCount, durationMs },
      { page: (from, count) => tablePage(service, manifest, id, { from, count }) },
    );
  }

  /** Runs a preview and shows its rows; builds what it needs, and only that. Gives the preview, for tests. */
  async preview({ title, subject }: TitledSubject): Promise<Preview | undefined> {
    this.#shown = async () => {
      await this.preview({ title, subject });
    };
    const current = await this.#workbench.current();
    if (current === undefined) return undefined;
    if (!vscode.workspace.isTrusted) {
      this.#view.show({ state: 'empty', message: 'Trust this workspace to run its models.' });
      return undefined;
    }
    const node = subject.kind === 'node' ? current.read.manifest?.nodes.get(subject.id) : undefined;
    this.#shownNode = node?.uniqueId;
    const titled = { title, subject: this.#subjectOf(subject, node) };
    this.#view.show({ state: 'running', ...titled });
    const source = this.#work.begin();
    const { project } = current;
    const limit = vscode.workspace.getConfiguration('modelyard').get('previewLimit', 500);
    try {
      const { value, diagnostics } = await previewRows(project.service, {
        subject,
        limit,
        cancellation: source.token,
        onEvent: (event) => {
          this.#workbench.runEvent(`Preview ${title}`, event);
          if (event.kind === 'nodeStarted')
            this.#view.show({ state: 'running', ...titled, message: `Building ${event.node.name}` });
          if (event.kind === 'sourceLoading')
            this.#view.show({ state: 'running', ...titled, message: `Loading ${event.source.name}` });
        },
      });
      this.#workbench.runEnded(project, beyondRead(diagnostics, current.read.diagnostics));
      if (value === undefined) this.#showFault(titled, diagnostics);
      else this.#showPreview(titled, value, limit);
      return value;
    } catch (error) {
      this.#workbench.runEnded(project, []);
      if (!(error instanceof Cancelled)) throw error;
      this.#view.show({ state: 'cancelled', ...titled });
      return undefined;
    } finally {
      this.#work.end(source);
    }
  }

  /** Shows the rows that other work gives, and that it goes on; cancelled work rejects with `Cancelled`, and is shown so. */
  async fetch(titled: { title: string; subject: ResultsSubject }, fetchRows: FetchRows): Promise<void> {
    this.#shown = () => this.fetch(titled, fetchRows);
    this.#shownNode = undefined;
    this.#view.show({ state: 'running', ...titled });
    const source = this.#work.begin();
    const startedAt = performance.now();
    try {
      const fetched = await fetchRows({
        cancellation: source.token,
        say: (message) => this.#view.show({ state: 'running', ...titled, message }),
      });
      if (fetched.kind === 'failed') {
        this.#view.show({ state: 'failed', ...titled, error: fetched.error });
        return;
      }
      const { content, rows } = fetched;
      const durationMs = performance.now() - startedAt;
      this.#view.show(
        { state: 'rows', ...titled, ...content, rowCount: rows.length, durationMs },
        { page: (from, count) => Promise.resolve(rows.slice(from, from + count)) },
      );
    } catch (error) {
      if (!(error instanceof Cancelled)) throw error;
      this.#view.show({ state: 'cancelled', ...titled });
    } finally {
      this.#work.end(source);
    }
  }

  #showPreview(titled: { title: string; subject: ResultsSubject }, preview: Preview, limit: number): void {
    const { columns, rows, limited, durationMs } = preview;
    this.#view.show(
      {
        state: 'rows',
        ...titled,
        columns: columns.map(resultsColumn),
        rowCount: rows.length,
        durationMs,
        ...(limited ? { limited: limit } : {}),
      },
      { page: (from, count) => Promise.resolve(rows.slice(from, from + count)) },
    );
  }

  #showFault(titled: { title: string; subject: ResultsSubject }, diagnostics: readonly Diagnostic[]): void {
    const found = diagnostics.find((one) => one.severity === 'error') ?? diagnostics[0];
    const error: ResultsError = found === undefined ? { message: 'There are no rows to show.' } : errorOf(found);
    this.#view.show({ state: 'failed', ...titled, error });
  }

  #failureOf(node: ManifestNode): ResultsError | undefined {
    const { states } = this.#workbench;
    const fault = firstFault(node, states);
    if (fault !== undefined) return errorOf(fault);
    const result = states.results.get(node.uniqueId);
    if (result?.status === 'skipped')
      return { message: 'Skipped, because something that it reads failed.', location: locationOf(node) };
    if (result?.status !== 'error' || states.stale.has(node.uniqueId)) return undefined;
    const found = result.diagnostics.find((one) => one.severity === 'error');
    return found === undefined ? { message: result.message ?? 'It failed.' } : errorOf(found);
  }

  #subjectOf(subject: PreviewSubject, node: ManifestNode | undefined): ResultsSubject {
    if (subject.kind === 'sql') return { kind: 'sql', location: { file: subject.file, ...subject.start } };
    return node === undefined ? { kind: 'sql' } : this.#nodeSubject(node);
  }

  #nodeSubject(node: ManifestNode): ResultsSubject {
    if (node.resourceType === 'test' || node.resourceType === 'unit_test')
      return { kind: 'sql', location: locationOf(node) };
    const { states, manifest } = this.#workbench;
    const entry =
      manifest === undefined
        ? undefined
        : modelLineage(manifest).entries.find((one) => one.node.uniqueId === node.uniqueId);
    return {
      kind: 'node',
      id: node.uniqueId,
      resourceType: node.resourceType,
      status: statusOf(node, states, firstFault(node, states)),
      location: locationOf(node),
      tests: (entry?.tests ?? []).map((test) => nodeTest(test, states)),
    };
  }

  #updateFacts(): void {
    const node = this.#shownNode === undefined ? undefined : this.#workbench.manifest?.nodes.get(this.#shownNode);
    if (node !== undefined) this.#view.update(this.#nodeSubject(node));
  }
}

function resultsColumn({ name, type, isNumber }: PreviewColumn): ResultsColumn {
  return { name, type, align: isNumber ? 'end' : 'start' };
}

/** A diagnostic as the view shows it. */
export function errorOf({ message, file, range }: Diagnostic): ResultsError {
  return { message, location: { file, ...range.start } };
}
