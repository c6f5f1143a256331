import { type LoadRequest, type LoadResult, type SqlEngine } from '../core/run/sqlEngine.ts';
import { type CompiledWasm, type EngineEvents, type EngineMethods } from '../protocol/engineProtocol.ts';
import { emitter, serve, Transferred, type Handlers, type Port } from '../protocol/rpc.ts';
import { ChunkFeed } from './chunkFeed.ts';
import { toRemote } from './engineErrors.ts';

/**
 * Answers the engine's protocol on a port, and tells that it does. The engine is made when the first request brings
 * sql.js's compiled WebAssembly.
 */
export function serveEngine(port: Port, createEngine: (sqlite: CompiledWasm) => Promise<SqlEngine>): void {
  const emit = emitter<EngineEvents>(port);
  let started: Promise<SqlEngine> = Promise.reject(new Error('the engine was not started'));
  started.catch(() => undefined);
  const feeds = new Map<number, ChunkFeed>();

  /** Runs a call on the engine; its errors keep their kind on the other side. */
  const call = async <T>(work: (engine: SqlEngine) => Promise<T>): Promise<T> => {
    try {
      return await work(await started);
    } catch (error) {
      throw toRemote(error);
    }
  };

  const load = async (id: number, request: LoadRequest): Promise<LoadResult> => {
    const feed = new ChunkFeed();
    feeds.set(id, feed);
    try {
      return await call((engine) => engine.load(request, feed, (rows) => emit('loadProgress', { id, rows })));
    } finally {
      feed.close();
      feeds.delete(id);
    }
  };

  const handlers: Handlers<EngineMethods> = {
    start: async ({ sqlite }) => {
      started = createEngine(sqlite);
      await started;
      return null;
    },
    open: async ({ image }) => {
      await call((engine) => engine.open(image));
      return null;
    },
    exec: ({ sql }) => call((engine) => engine.exec(sql)),
    query: ({ sql }) => call((engine) => engine.query(sql)),
    page: ({ sql, offset, limit }) => call((engine) => engine.page(sql, offset, limit)),
    load: ({ id, request }) => load(id, request),
    loadChunk: ({ id, bytes }) => feeds.get(id)?.push(bytes) ?? false,
    loadEnd: ({ id, failure }) => {
      feeds.get(id)?.end(failure === undefined ? undefined : new Error(failure));
      return null;
    },
    export: async () => {
      const image = await call((engine) => engine.export());
      return image.buffer instanceof ArrayBuffer ? new Transferred(image, [image.buffer]) : image;
    },
    close: async () => {
      await call((engine) => engine.close());
      return null;
    },
  };
  serve<EngineMethods>(port, handlers);
  emit('ready', null);
}
