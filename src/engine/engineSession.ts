import { type LoadRequest, type LoadResult } from '../core/run/sqlEngine.ts';
import { type CompiledWasm, type EngineEvents, type EngineMethods } from '../protocol/engineProtocol.ts';
import { RpcClient } from '../protocol/rpc.ts';
import { batches } from './batches.ts';
import { fromRemote } from './engineErrors.ts';
import { type EngineWorker } from './engineWorker.ts';

/** Bytes of a file in one message, and messages on their way at a time. */
const batchSize = 512 * 1024;
const batchesAhead = 3;

type Requests = RpcClient<EngineMethods, EngineEvents>;

/** What a session needs of its host. */
export interface EngineSource {
  /** Starts a worker whose script runs. */
  startWorker(): Promise<EngineWorker>;
  /** sql.js's WebAssembly, compiled once for all workers. */
  sqlite(): Promise<CompiledWasm>;
}

/** One worker from its start to its end; every request is settled by the end. */
export class EngineSession {
  readonly #source: EngineSource;
  /** The way to the worker once it is ready; rejects with the reason of an end that comes first. */
  readonly #ready: Promise<Requests>;
  readonly #onEnd: ((reason: Error) => void)[] = [];
  #ended: Error | undefined;
  #nextLoad = 1;

  constructor(source: EngineSource) {
    this.#source = source;
    this.#ready = new Promise((resolve, reject) => {
      this.#onEnd.push(reject);
      this.#start().then(resolve, (error: unknown) => {
        this.end(error instanceof Error ? error : new Error(String(error)));
      });
    });
    // Each request hears of it.
    this.#ready.catch(() => undefined);
  }

  get isEnded(): boolean {
    return this.#ended !== undefined;
  }

  /** Ends the worker at once and rejects what is pending and what is asked later with the reason. */
  end(reason: Error): void {
    if (this.#ended !== undefined) return;
    this.#ended = reason;
    for (const act of this.#onEnd) act(reason);
  }

  async request<K extends keyof EngineMethods>(
    method: K,
    params: Parameters<EngineMethods[K]>[0],
    transfer?: readonly ArrayBuffer[],
  ): Promise<ReturnType<EngineMethods[K]>> {
    try {
      if (this.#ended !== undefined) throw this.#ended;
      const client = await this.#ready;
      return (await client.request(method, params as never, transfer)) as ReturnType<EngineMethods[K]>;
    } catch (error) {
      throw fromRemote(error);
    }
  }

  async load(
    request: LoadRequest,
    chunks: AsyncIterable<Uint8Array>,
    onRows: (rows: number) => void,
  ): Promise<LoadResult> {
    const id = this.#nextLoad++;
    const result = this.request('load', { id, request });
    // Awaited below, after the file was sent; a rejection until then must not count as unhandled.
    result.catch(() => undefined);
    const client = await this.#ready;
    const progress = client.on('loadProgress', (event) => {
      if (event.id === id) onRows(event.rows);
    });
    try {
      await this.#sendChunks(id, chunks);
      return await result;
    } finally {
      progress.dispose();
    }
  }

  async #sendChunks(id: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const ahead: Promise<boolean>[] = [];
    try {
      for await (const bytes of batches(chunks, batchSize)) {
        ahead.push(this.request('loadChunk', { id, bytes }, [bytes.buffer]));
        if (ahead.length >= batchesAhead && (await ahead.shift()) === false) break;
      }
      await Promise.all(ahead);
      await this.request('loadEnd', { id });
    } catch (error) {
      await Promise.allSettled(ahead);
      // The file could not be read: the load ends with that, and the caller gets the error itself.
      if (this.#ended === undefined) await this.request('loadEnd', { id, failure: String(error) });
      throw error;
    }
  }

  async #start(): Promise<Requests> {
    const [client, sqlite] = await Promise.all([this.#startWorker(), this.#source.sqlite()]);
    await client.request('start', { sqlite });
    return client;
  }

  async #startWorker(): Promise<Requests> {
    const worker = await this.#source.startWorker();
    const client: Requests = new RpcClient(worker.port);
    worker.onFailure((error) => this.end(error));
    const finish = (reason: Error): void => {
      client.close(reason);
      worker.terminate();
    };
    if (this.#ended === undefined) this.#onEnd.push(finish);
    else finish(this.#ended);
    return client;
  }
}
