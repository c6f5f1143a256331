import * as vscode from 'vscode';
import { Disposable } from './disposable.ts';

/** The long work that goes on now; a view's Cancel button ends it, whichever command began it. */
export class CurrentWork extends Disposable {
  readonly #sources = new Set<vscode.CancellationTokenSource>();

  /** A source for new work; `end` it when the work is done. */
  begin(): vscode.CancellationTokenSource {
    const source = new vscode.CancellationTokenSource();
    this.#sources.add(source);
    return source;
  }

  end(source: vscode.CancellationTokenSource): void {
    this.#sources.delete(source);
    source.dispose();
  }

  cancel(): void {
    for (const source of this.#sources) source.cancel();
  }

  override dispose(): void {
    this.cancel();
    super.dispose();
  }
}
