import { readyEvent } from '../../protocol/readyEvent.ts';
import type { Message, Port } from '../../protocol/rpc.ts';

/** What VS Code gives a page; it may be asked for once in a page's life. */
declare function acquireVsCodeApi(): { postMessage(message: unknown): void };

/** A page's end of the channel to the extension. */
export interface HostPort extends Port {
  /** Tells the host that all listeners are in place, so that it sends what it kept. */
  sayReady(): void;
}

export function openHostPort(): HostPort {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) =>
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isMessage(event.data)) listener(event.data);
      }),
    sayReady: () => api.postMessage({ kind: 'event', event: readyEvent, payload: null } satisfies Message),
  };
}

function isMessage(data: unknown): data is Message {
  return typeof data === 'object' && data !== null && 'kind' in data;
}
