import {
  SqlEngineInterrupted,
  type LoadRequest,
  type LoadResult,
  type ResultSet,
  type SqlEngine,
} from '../core/run/sqlEngine.ts';
import { EngineSession, type EngineSource } from './engineSession.ts';

/**
 * The engine in a worker, seen from outside it. The worker starts with the first call that needs it; `interrupt` and
 * `close` end it, and the next `open` starts another.
 */
export class EngineClient implements SqlEngine {
  readonly #source: EngineSource;
  #session: EngineSession | undefined;
  /** Why there is no database; undefined when there is one, or one is being opened. */
  #unopened: Error | undefined = new Error('no database is open');

  constructor(source: EngineSource) {
    this.#source = source;
  }

  start(): void {
    this.#running();
  }

  async open(image?: Uint8Array): Promise<void> {
    this.#unopened = undefined;
    await this.#running().request('open', image === undefined ? {} : { image });
  }

  exec(sql: string): Promise<number> {
    return this.#onDatabase((session) => session.request('exec', { sql }));
  }

  query(sql: string): Promise<ResultSet> {
    return this.#onDatabase((session) => session.request('query', { sql }));
  }

  page(sql: string, offset: number, limit: number): Promise<ResultSet> {
    return this.#onDatabase((session) => session.request('page', { sql, offset, limit }));
  }

  load(request: LoadRequest, chunks: AsyncIterable<Uint8Array>, onRows?: (rows: number) => void): Promise<LoadResult> {
    const ignore = (): void => undefined;
    return this.#onDatabase((session) => session.load(request, chunks, onRows ?? ignore));
  }

  export(): Promise<Uint8Array> {
    return this.#onDatabase((session) => session.request('export', null));
  }

  interrupt(): void {
    this.#end(new SqlEngineInterrupted());
  }

  /** What was asked before is answered first. */
  async close(): Promise<void> {
    const session = this.#session;
    if (session === undefined || session.isEnded) return;
    try {
      await session.request('close', null);
    } finally {
      if (this.#session === session) this.#end(new Error('the engine was closed'));
    }
  }

  #end(reason: Error): void {
    this.#session?.end(reason);
    this.#session = undefined;
    this.#unopened = reason;
  }

  #running(): EngineSession {
    if (this.#session === undefined || this.#session.isEnded) this.#session = new EngineSession(this.#source);
    return this.#session;
  }

  /** A worker that died took the database with it: its session goes on rejecting until `open`. */
  #onDatabase<T>(call: (session: EngineSession) => Promise<T>): Promise<T> {
    if (this.#unopened !== undefined || this.#session === undefined) {
      return Promise.reject(this.#unopened ?? new Error('no database is open'));
    }
    return call(this.#session);
  }
}
