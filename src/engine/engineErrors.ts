import { SqlEngineError, SqlEngineInterrupted } from '../core/run/sqlEngine.ts';
import { RemoteError } from '../protocol/rpc.ts';

/** An error of the engine as it crosses the channel: the statement goes as the error's data. */
export function toRemote(error: unknown): unknown {
  if (!(error instanceof SqlEngineError)) return error;
  return new RemoteError({ name: error.name, message: error.message, data: error.sql });
}

/** The error of the engine that a remote one stands for. */
export function fromRemote(error: unknown): unknown {
  if (!(error instanceof RemoteError)) return error;
  if (error.name === 'SqlEngineError') return new SqlEngineError(error.message, String(error.data));
  return error.name === 'SqlEngineInterrupted' ? new SqlEngineInterrupted() : error;
}
