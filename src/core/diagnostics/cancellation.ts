/** Tells long work to stop. VS Code's `CancellationToken` fits this shape. */
export interface Cancellation {
  readonly isCancellationRequested: boolean;
  /** Calls back once when cancellation is asked for; the returned object's `dispose` takes the listener away. */
  onCancellationRequested(listener: () => void): { dispose(): void };
}

/** For work that nobody can cancel. */
export const neverCancelled: Cancellation = {
  isCancellationRequested: false,
  onCancellationRequested: () => ({ dispose: () => undefined }),
};

/** What cancelled work throws; caught once, where the command or request began. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

/** A cancellation of one's own, for command lines and tests. */
export class CancellationSource {
  readonly #listeners = new Set<() => void>();
  #cancelled = false;

  get token(): Cancellation {
    const isCancelled = (): boolean => this.#cancelled;
    return {
      get isCancellationRequested() {
        return isCancelled();
      },
      onCancellationRequested: (listener) => {
        // One who comes late hears of it too, though not within the call.
        if (isCancelled()) void Promise.resolve().then(listener);
        this.#listeners.add(listener);
        return { dispose: () => void this.#listeners.delete(listener) };
      },
    };
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const listener of this.#listeners) listener();
  }
}
