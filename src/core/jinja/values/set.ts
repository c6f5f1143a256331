import { hashKey, type HashKey } from './hashKey.ts';
import type { JinjaValue } from './value.ts';

/** A Python set. It iterates in the order of insertion; Python's own order is not defined. */
export class JinjaSet {
  readonly kind = 'set';
  readonly #items = new Map<HashKey, JinjaValue>();

  constructor(items: Iterable<JinjaValue> = []) {
    for (const item of items) this.add(item);
  }

  get size(): number {
    return this.#items.size;
  }

  has(item: JinjaValue): boolean {
    return this.#items.has(hashKey(item));
  }

  add(item: JinjaValue): void {
    const hash = hashKey(item);
    if (!this.#items.has(hash)) this.#items.set(hash, item);
  }

  delete(item: JinjaValue): boolean {
    return this.#items.delete(hashKey(item));
  }

  clear(): void {
    this.#items.clear();
  }

  values(): JinjaValue[] {
    return [...this.#items.values()];
  }
}
