import { type LoadRequest, type LoadResult, type ResultSet } from '../core/run/sqlEngine.ts';

/** A `WebAssembly.Module`: compiled once by the host and cloned, not compiled again, into each new worker. */
export type CompiledWasm = object & { readonly __compiledWasm?: never };

/**
 * What the host asks of the engine worker. SQL calls run one after another in the order they were sent; `loadChunk`
 * feeds a load that is running.
 */
export type EngineMethods = {
  /** The first request to a new worker. */
  start(params: { readonly sqlite: CompiledWasm }): null;
  open(params: { readonly image?: Uint8Array }): null;
  exec(params: { readonly sql: string }): number;
  query(params: { readonly sql: string }): ResultSet;
  page(params: { readonly sql: string; readonly offset: number; readonly limit: number }): ResultSet;
  /** Begins a load under an id that the host chose; its reply comes when the load has ended. */
  load(params: { readonly id: number; readonly request: LoadRequest }): LoadResult;
  /** The next bytes of the file. The reply comes when they were taken (back-pressure); false: no more are wanted. */
  loadChunk(params: { readonly id: number; readonly bytes: Uint8Array }): boolean;
  /** The file ended, or reading it failed with a message. */
  loadEnd(params: { readonly id: number; readonly failure?: string }): null;
  export(params: null): Uint8Array;
  close(params: null): null;
};

/** What the engine worker tells of its own accord. */
export type EngineEvents = {
  /** The worker's script runs and listens. */
  ready: null;
  /** Rows loaded so far. */
  loadProgress: { readonly id: number; readonly rows: number };
};
