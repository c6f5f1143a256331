import type * as vscode from 'vscode';
import type { ResultsSnapshot, ResultsSubject } from '../../protocol/resultsProtocol.ts';
import { Disposable } from '../disposable.ts';
import { ResultsChannel, type ResultsContent, type ResultsHandlers, type ResultsSource } from './resultsChannel.ts';
import { WebviewHost } from './webviewHost.ts';

/** The "Query Results" view: shows snapshots, whether or not the view was opened yet, and serves their rows. */
export class ResultsView extends Disposable {
  static readonly id = 'modelyard.results';

  readonly #host: WebviewHost;
  readonly #channel: ResultsChannel;

  constructor(extensionUri: vscode.Uri, handlers: ResultsHandlers) {
    super();
    this.#host = this._register(
      new WebviewHost(extensionUri, { viewId: ResultsView.id, title: 'Query Results', bundle: 'results' }),
    );
    this.#channel = new ResultsChannel(this.#host.port, handlers);
  }

  /** What is shown now. */
  get snapshot(): ResultsSnapshot {
    return this.#channel.snapshot;
  }

  /** Shows other rows, or a state without rows, in place of what was shown. */
  show(content: ResultsContent, source?: ResultsSource): void {
    this.#channel.show(content, source);
  }

  /** Changes the facts of what is shown (a node's status, its tests); the rows stay where they are. */
  update(subject: ResultsSubject): void {
    this.#channel.update(subject);
  }

  /** Brings the view to the front. */
  reveal(preserveFocus = true): Promise<void> {
    return this.#host.reveal(preserveFocus);
  }
}
