/** Gives the value kept under a key if it was made from these very inputs (`===`), or else a new one. */
export type Recall = <T>(key: string, inputs: readonly unknown[], make: () => T) => T;

interface Kept {
  readonly inputs: readonly unknown[];
  readonly value: unknown;
  /** The reading in which it was last asked for. */
  reading: number;
}

interface Scope {
  readonly inputs: readonly unknown[];
  readonly kept: Map<string, Kept>;
  /** The reading in which it was last opened. */
  reading: number;
}

/**
 * What was made of files when a project was read, to be taken again when it is next read: a value is kept as long as
 * the inputs that it was made from are the same.
 */
export class Memo {
  readonly #scopes = new Map<string, Scope>();
  #reading = 0;
  #doubts = 0;

  /** Recalls what was made in a scope; all of it depends on the scope's inputs too. */
  within(name: string, inputs: readonly unknown[]): Recall {
    const before = this.#scopes.get(name);
    const isSame = before !== undefined && areSame(before.inputs, inputs);
    const scope: Scope = isSame ? before : { inputs, kept: new Map(), reading: this.#reading };
    scope.reading = this.#reading;
    this.#scopes.set(name, scope);
    return (key, more, make) => this.#recall(scope, key, more, make);
  }

  /** Says that what is being made depends on more than its inputs: it is made anew the next time. */
  doubt(): void {
    this.#doubts += 1;
  }

  /**
   * Ends a reading of the whole project: what it did not ask for is forgotten, but for what is in scopes that it did
   * not open. These make up a value that was taken whole.
   */
  settle(): void {
    for (const { kept, reading: opened } of this.#scopes.values()) {
      if (opened !== this.#reading) continue;
      for (const [key, { reading }] of kept) {
        if (reading !== this.#reading) kept.delete(key);
      }
    }
    this.#reading += 1;
  }

  #recall<T>({ kept }: Scope, key: string, inputs: readonly unknown[], make: () => T): T {
    const before = kept.get(key);
    if (before !== undefined && areSame(before.inputs, inputs)) {
      before.reading = this.#reading;
      return before.value as T;
    }
    const doubts = this.#doubts;
    const value = make();
    if (this.#doubts === doubts) kept.set(key, { inputs, value, reading: this.#reading });
    else kept.delete(key);
    return value;
  }
}

function areSame(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
