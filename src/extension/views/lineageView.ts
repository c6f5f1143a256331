import type * as vscode from 'vscode';
import type { LineageEvents, LineageMethods, LineageSnapshot } from '../../protocol/lineageProtocol.ts';
import { emitter, serve, type Handlers } from '../../protocol/rpc.ts';
import { Disposable } from '../disposable.ts';
import { WebviewHost } from './webviewHost.ts';

/** What the view's wishes lead to. A handler that throws is reported in the view. */
export type LineageHandlers = Handlers<LineageMethods>;

/** The "Lineage" view: shows snapshots, whether or not the view was opened yet, and passes on what the user wants. */
export class LineageView extends Disposable {
  static readonly id = 'modelyard.lineage';

  readonly #host: WebviewHost;
  readonly #emit;

  constructor(extensionUri: vscode.Uri, handlers: LineageHandlers) {
    super();
    this.#host = this._register(
      new WebviewHost(extensionUri, { viewId: LineageView.id, title: 'Lineage', bundle: 'lineage' }),
    );
    this.#emit = emitter<LineageEvents>(this.#host.port);
    serve<LineageMethods>(this.#host.port, handlers);
    this.show({ state: 'loading' });
  }

  /** Shows a snapshot in place of the one before. */
  show(snapshot: LineageSnapshot): void {
    this.#emit('snapshot', snapshot);
  }

  /** Brings the view to the front. */
  reveal(preserveFocus = true): Promise<void> {
    return this.#host.reveal(preserveFocus);
  }
}
