/** Pieces of a file on their way from messages to a reader: one is handed over only when the reader asks. */
export class ChunkFeed implements AsyncIterable<Uint8Array> {
  readonly #waiting: { readonly bytes: Uint8Array; readonly taken: (more: boolean) => void }[] = [];
  #wake: (() => void) | undefined;
  #ended = false;
  #closed = false;
  #failure: Error | undefined;

  /** Settles when the reader took the bytes; false when it wants no more. */
  push(bytes: Uint8Array): Promise<boolean> {
    if (this.#closed) return Promise.resolve(false);
    return new Promise((taken) => {
      this.#waiting.push({ bytes, taken });
      this.#wake?.();
    });
  }

  /** The writer has no more, or failed. */
  end(failure?: Error): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake?.();
  }

  /** The reader wants no more. */
  close(): void {
    this.#closed = true;
    for (const { taken } of this.#waiting.splice(0)) taken(false);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        const next = this.#waiting.shift();
        if (next !== undefined) {
          next.taken(true);
          yield next.bytes;
        } else if (this.#ended) {
          if (this.#failure !== undefined) throw this.#failure;
          return;
        } else await new Promise<void>((wake) => (this.#wake = wake));
      }
    } finally {
      this.close();
    }
  }
}
