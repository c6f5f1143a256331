import * as vscode from 'vscode';
import type { Cancellation } from '../../core/diagnostics/cancellation.ts';
import type { RunEvent } from '../../core/run/runEvent.ts';

/** What long work is given: word of cancellation, and a way to say how far it is. */
export interface LongWork {
  readonly cancellation: Cancellation;
  readonly say: (message: string, increment?: number) => void;
}

/** Runs long work with a notification that shows its progress and has a Cancel button. */
export async function withRunProgress<T>(
  title: string,
  source: vscode.CancellationTokenSource,
  work: (long: LongWork) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return await vscode.window.withProgress(options, (progress, token) => {
    const listener: vscode.Disposable = token.onCancellationRequested(() => source.cancel());
    const long: LongWork = {
      cancellation: source.token,
      say: (message, increment) => progress.report(increment === undefined ? { message } : { message, increment }),
    };
    return work(long).finally(() => {
      listener.dispose();
    });
  });
}

/** Says in a progress notification what a run does. */
export function sayEvent(event: RunEvent, { say }: LongWork): void {
  switch (event.kind) {
    case 'sourceLoading':
      say(`Loading ${event.source.name}${event.rows > 0 ? ` (${event.rows.toLocaleString('en')} rows)` : ''}`);
      break;
    case 'nodeStarted':
      say(`${event.node.name} (${String(event.index)} of ${String(event.total)})`);
      break;
    case 'nodeFinished':
      say(`${event.result.node.name} (${String(event.index)} of ${String(event.total)})`, 100 / event.total);
      break;
    case 'batchStarted':
      say(`${event.node.name} (batch ${String(event.index)} of ${String(event.total)})`);
      break;
    case 'hookStarted':
      say(`Hook ${event.node.name}`);
      break;
    case 'runStarted':
    case 'batchFinished':
    case 'hookFinished':
    case 'sourceLoaded':
    case 'runFinished':
      break;
  }
}
