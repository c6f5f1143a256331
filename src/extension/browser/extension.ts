import * as vscode from 'vscode';
import { startEngine } from '../../engine/browser/startEngine.ts';
import { activateWith } from '../activateWith.ts';

/** Entry point of the web extension host: VS Code for the web. */
export function activate(context: vscode.ExtensionContext): void {
  activateWith(context, {
    startEngine: (extensionUri) => {
      const read = (...path: readonly string[]): Thenable<Uint8Array> =>
        vscode.workspace.fs.readFile(vscode.Uri.joinPath(extensionUri, 'dist', ...path));
      return startEngine({
        workerScript: async () => new TextDecoder().decode(await read('browser', 'engineWorker.js')),
        sqliteWasm: async () => read('sql-wasm.wasm'),
        onWorkerRefused: (reason) => console.warn(`Modelyard runs without a worker: ${reason.message}`),
      });
    },
    environmentVariable: () => undefined,
    homeProfiles: () => Promise.resolve(undefined),
  });
}
