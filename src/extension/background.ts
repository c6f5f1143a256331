import * as vscode from 'vscode';

/** Lets work go on that nobody waits for; a fault of ours is told and logged, never lost. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    console.error(error);
    void vscode.window.showErrorMessage(`Modelyard met a fault of its own: ${message}`);
  });
}
