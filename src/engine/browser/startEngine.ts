import { type SqlEngine } from '../../core/run/sqlEngine.ts';
import { EngineClient } from '../engineClient.ts';
import { type EngineWorker } from '../engineWorker.ts';
import { startLocalWorker } from '../localWorker.ts';
import { once } from '../once.ts';
import { compileWasm } from '../wasm.ts';
import { webPort } from './webPort.ts';
import { startScript, type WebWorker } from './webWorkers.ts';

/** The engine's files, read by the host (in VS Code: with workspace.fs). */
export interface BrowserEngineAssets {
  /** The text of the worker's bundle. */
  readonly workerScript: () => Promise<string>;
  readonly sqliteWasm: () => Promise<Uint8Array>;
  /** Hears why the host refused a worker; the engine then runs on the host's thread. */
  readonly onWorkerRefused?: (reason: Error) => void;
}

/** The engine in a web worker, or on the calling thread where the host lets no worker start. */
export function startEngine(assets: BrowserEngineAssets): SqlEngine {
  const sqlite = once(async () => compileWasm(await assets.sqliteWasm()));
  const script = once(assets.workerScript);
  let refused = false;
  const startWorker = async (): Promise<EngineWorker> => {
    if (refused) return startLocalWorker();
    const text = await script();
    try {
      return await startWebWorker(text);
    } catch (error) {
      refused = true;
      assets.onWorkerRefused?.(error instanceof Error ? error : new Error(String(error)));
      return startLocalWorker();
    }
  };
  return new EngineClient({ startWorker, sqlite });
}

/** Settles when the worker's script has said that it runs, or was refused. */
async function startWebWorker(script: string): Promise<EngineWorker> {
  const { worker, release } = startScript(script, 'modelyard engine');
  try {
    await firstMessage(worker);
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    release();
  }
  return {
    port: webPort(worker),
    onFailure: (listener) => worker.addEventListener('error', ({ message }) => listener(failure(message))),
    terminate: () => worker.terminate(),
  };
}

function firstMessage(worker: WebWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', () => resolve());
    worker.addEventListener('error', ({ message }) => reject(failure(message)));
  });
}

function failure(message: string | undefined): Error {
  return new Error(message ?? 'the host refused the worker');
}
