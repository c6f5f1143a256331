import { type MessagePort, type Worker } from 'node:worker_threads';
import { type Message, type Port } from '../../protocol/rpc.ts';

/** A worker, or the way back from inside one, as a port. */
export function nodePort(channel: Worker | MessagePort): Port {
  return {
    post: (message, transfer = []) => channel.postMessage(message, [...transfer]),
    onMessage: (listener) => {
      channel.on('message', (message: Message) => listener(message));
    },
  };
}
