import { type Port } from '../protocol/rpc.ts';

/** A running worker that serves the engine, as its host sees it. */
export interface EngineWorker {
  readonly port: Port;
  /** Hears when the worker dies of itself: out of memory, a fault in its script. */
  onFailure(listener: (error: Error) => void): void;
  /** Ends it at once, whatever it does. */
  terminate(): void;
}
