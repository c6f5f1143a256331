import { type SqlEngine } from '../core/run/sqlEngine.ts';
import { type Message, type Port } from '../protocol/rpc.ts';
import { type EngineWorker } from './engineWorker.ts';
import { timedPacer } from './pacer.ts';
import { serveEngine } from './serveEngine.ts';
import { SqlJsEngine } from './sqlJsEngine.ts';
import { startSqlJs } from './sqljs/sqlJsRuntime.ts';

/** The longest that the engine keeps the host's thread between two rows or pieces of a file. */
const millisecondsAtATime = 10;

/**
 * The engine on the host's own thread behind the protocol of a worker: for a host that lets none start. It pauses
 * between rows and pieces of a file, so that the host goes on; a single long statement cannot be stopped.
 */
export function startLocalWorker(): EngineWorker {
  const [near, far] = portPair();
  let engine: SqlEngine | undefined;
  let ended = false;
  serveEngine(far, async (sqlite) => {
    engine = new SqlJsEngine(await startSqlJs(sqlite), timedPacer(millisecondsAtATime));
    if (ended) engine.interrupt();
    return engine;
  });
  return {
    port: near,
    onFailure: () => undefined,
    terminate: () => {
      ended = true;
      engine?.interrupt();
    },
  };
}

/** Two ends that hand messages to each other in later turns, as threads do. */
function portPair(): readonly [Port, Port] {
  const listeners: [((message: Message) => void)[], ((message: Message) => void)[]] = [[], []];
  const end = (mine: 0 | 1, theirs: 0 | 1): Port => ({
    post: (message) => queueMicrotask(() => listeners[theirs].forEach((listener) => listener(message))),
    onMessage: (listener) => void listeners[mine].push(listener),
  });
  return [end(0, 1), end(1, 0)];
}
