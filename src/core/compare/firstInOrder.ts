/** Keeps the first in an order of however many are added; of equals those that were added first. */
export class FirstInOrder<T> {
  readonly #most: number;
  readonly #order: (one: T, other: T) => number;
  #kept: readonly T[] = [];
  /** Those that came since and may be among the first; put in order when they are as many. */
  #added: T[] = [];

  constructor(most: number, order: (one: T, other: T) => number) {
    this.#most = most;
    this.#order = order;
  }

  add(one: T): void {
    const last = this.#kept[this.#most - 1];
    if (last !== undefined && this.#order(one, last) >= 0) return;
    this.#added.push(one);
    if (this.#added.length >= this.#most) this.#sort();
  }

  /** Those that are kept, in order. */
  taken(): readonly T[] {
    this.#sort();
    return this.#kept;
  }

  #sort(): void {
    this.#kept = [...this.#kept, ...this.#added].sort(this.#order).slice(0, this.#most);
    this.#added = [];
  }
}
