import { type Message, type Port } from '../../protocol/rpc.ts';
import { type WebWorker } from './webWorkers.ts';

/** A web worker, or the way back from inside one, as a port. */
export function webPort(channel: Pick<WebWorker, 'postMessage' | 'addEventListener'>): Port {
  return {
    post: (message, transfer = []) => channel.postMessage(message, transfer),
    onMessage: (listener) => channel.addEventListener('message', ({ data }) => listener(data as Message)),
  };
}
