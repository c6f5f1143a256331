import fs from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { type SqlEngine } from '../../core/run/sqlEngine.ts';
import { EngineClient } from '../engineClient.ts';
import { type EngineWorker } from '../engineWorker.ts';
import { once } from '../once.ts';
import { compileWasm } from '../wasm.ts';
import { nodePort } from './nodePort.ts';

/** Where the engine's files are. */
export interface NodeEngineAssets {
  /** Path of the worker's bundle. */
  readonly workerScript: string;
  readonly sqliteWasm: () => Promise<Uint8Array>;
}

/** The files as the build lays them out in `dist`. */
export function nodeEngineAssets(dist: string): NodeEngineAssets {
  return {
    workerScript: path.join(dist, 'node', 'engineWorker.js'),
    sqliteWasm: () => fs.promises.readFile(path.join(dist, 'sql-wasm.wasm')),
  };
}

/** The engine in a worker thread. Nothing is read and no thread started until it is first used; `close` ends it. */
export function startEngine(assets: NodeEngineAssets): SqlEngine {
  const sqlite = once(async () => compileWasm(await assets.sqliteWasm()));
  return new EngineClient({
    startWorker: () => Promise.resolve(startWorker(assets.workerScript)),
    sqlite,
  });
}

function startWorker(script: string): EngineWorker {
  const worker = new Worker(script, { name: 'modelyard engine' });
  return {
    port: nodePort(worker),
    onFailure: (listener) => {
      worker.on('error', listener);
      worker.on('exit', (code) => listener(new Error(`the engine's worker ended with code ${code}`)));
    },
    terminate: () => void worker.terminate(),
  };
}
