/** Something that ends; the shape of `vscode.Disposable`. */
export interface DisposableLike {
  dispose(): unknown;
}

/** Holds what ends together. What is added after the end is disposed of at once, so nothing outlives its owner. */
export class DisposableStore implements DisposableLike {
  readonly #items = new Set<DisposableLike>();
  #disposed = false;

  get isDisposed(): boolean {
    return this.#disposed;
  }

  add<T extends DisposableLike>(item: T): T {
    if (this.#disposed) item.dispose();
    else this.#items.add(item);
    return item;
  }

  /** Ends everything, the last added first, each even when another one throws. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const errors: unknown[] = [];
    for (const item of [...this.#items].reverse()) {
      try {
        item.dispose();
      } catch (error) {
        errors.push(error);
      }
    }
    this.#items.clear();
    if (errors.length > 0) throw new AggregateError(errors, 'some parts could not be disposed of');
  }
}

/** A class that owns other disposables extends this. */
export abstract class Disposable implements DisposableLike {
  readonly #store = new DisposableStore();

  dispose(): void {
    this.#store.dispose();
  }

  protected _register<T extends DisposableLike>(item: T): T {
    return this.#store.add(item);
  }

  protected get _isDisposed(): boolean {
    return this.#store.isDisposed;
  }
}
