import { readyEvent } from '../../protocol/readyEvent.ts';
import type { EventMessage, Message, Port } from '../../protocol/rpc.ts';

/**
 * A port to a page that may not be listening yet, or be loaded anew at any time. Events carry whole snapshots, so only
 * the last one of each name is kept: it is sent when the page says it is ready, and again when it says so again.
 */
export class LatestEventsPort implements Port {
  readonly #latest = new Map<string, EventMessage>();
  readonly #listeners = new Set<(message: Message) => void>();
  #channel: ((message: Message) => void) | undefined;
  #ready = false;

  /** Connects a page that is being loaded, in place of the one before; events wait for its `ready`. */
  connect(send: (message: Message) => void): void {
    this.#channel = send;
    this.#ready = false;
  }

  /** The page is gone. Replies to it are dropped; events are kept for the next one. */
  disconnect(): void {
    this.#channel = undefined;
    this.#ready = false;
  }

  /** What the page sent. */
  receive(message: Message): void {
    if (message.kind === 'event' && message.event === readyEvent) {
      this.#ready = true;
      for (const event of this.#latest.values()) this.#channel?.(event);
    } else {
      for (const listener of this.#listeners) listener(message);
    }
  }

  post(message: Message): void {
    if (message.kind === 'event') {
      this.#latest.set(message.event, message);
      if (!this.#ready) return;
    }
    this.#channel?.(message);
  }

  onMessage(listener: (message: Message) => void): void {
    this.#listeners.add(listener);
  }
}
