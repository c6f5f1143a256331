import type * as vscode from 'vscode';
import type { DagSnapshot, LineageEvents, LineageMethods, LineageSnapshot } from '../../protocol/lineageProtocol.ts';
import { emitter, serve, type Handlers } from '../../protocol/rpc.ts';
import { Disposable } from '../disposable.ts';
import { WebviewHost } from './webviewHost.ts';

/** What the view's wishes lead to. A handler that throws is reported in the view. */
export type LineageHandlers = Handlers<Omit<LineageMethods, 'decideDag'>>;

/** The "Lineage" view: shows snapshots, whether or not the view was opened yet, and passes on what the user wants. */
export class LineageView extends Disposable {
  static readonly id = 'modelyard.lineage';

  readonly #host: WebviewHost;
  readonly #emit;
  #snapshot: LineageSnapshot = { state: 'loading' };
  /** The DAG that is looked at in place of the snapshot, and who waits for what becomes of it. */
  #dag: { readonly decide: (write: boolean) => void } | undefined;

  constructor(extensionUri: vscode.Uri, handlers: LineageHandlers) {
    super();
    this.#host = this._register(
      new WebviewHost(extensionUri, { viewId: LineageView.id, title: 'Lineage', bundle: 'lineage' }),
    );
    this.#emit = emitter<LineageEvents>(this.#host.port);
    serve<LineageMethods>(this.#host.port, { ...handlers, decideDag: ({ write }) => this.#decide(write) });
    this.show(this.#snapshot);
  }

  /** Shows a snapshot in place of the one before; while a DAG is looked at, afterwards. */
  show(snapshot: LineageSnapshot): void {
    this.#snapshot = snapshot;
    if (this.#dag === undefined) this.#emit('snapshot', snapshot);
  }

  /** Shows a DAG in place of the lineage until the user says whether it is to be written; another one ends the look. */
  async lookAt(dag: DagSnapshot): Promise<boolean> {
    this.#decide(false);
    const decided = new Promise<boolean>((resolve) => {
      this.#dag = { decide: resolve };
    });
    this.#emit('snapshot', dag);
    await this.reveal(false);
    return decided;
  }

  #decide(write: boolean): void {
    const dag = this.#dag;
    if (dag === undefined) return;
    this.#dag = undefined;
    this.#emit('snapshot', this.#snapshot);
    dag.decide(write);
  }

  /** Brings the view to the front. */
  reveal(preserveFocus = true): Promise<void> {
    return this.#host.reveal(preserveFocus);
  }
}
