/** Runs calls one after another in the order they were made; one that fails does not stop the next. */
export class CallQueue {
  #last: Promise<unknown> = Promise.resolve();

  run<T>(call: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(call);
    this.#last = result.catch(() => undefined);
    return result;
  }
}
