import { hashKey, type HashKey } from './hashKey.ts';
import type { JinjaValue } from './value.ts';

/** A Python dict: any hashable value as key, in the order of insertion. */
export class JinjaDict {
  readonly kind = 'dict';
  readonly #entries = new Map<HashKey, { readonly key: JinjaValue; value: JinjaValue }>();

  constructor(entries: Iterable<readonly [JinjaValue, JinjaValue]> = []) {
    for (const [key, value] of entries) this.set(key, value);
  }

  get size(): number {
    return this.#entries.size;
  }

  has(key: JinjaValue): boolean {
    return this.#entries.has(hashKey(key));
  }

  get(key: JinjaValue): JinjaValue | undefined {
    return this.#entries.get(hashKey(key))?.value;
  }

  /** A known key keeps its place and its first spelling, as in Python. */
  set(key: JinjaValue, value: JinjaValue): void {
    const hash = hashKey(key);
    const known = this.#entries.get(hash);
    if (known === undefined) this.#entries.set(hash, { key, value });
    else known.value = value;
  }

  delete(key: JinjaValue): boolean {
    return this.#entries.delete(hashKey(key));
  }

  clear(): void {
    this.#entries.clear();
  }

  keys(): JinjaValue[] {
    return [...this.#entries.values()].map((entry) => entry.key);
  }

  values(): JinjaValue[] {
    return [...this.#entries.values()].map((entry) => entry.value);
  }

  entries(): [JinjaValue, JinjaValue][] {
    return [...this.#entries.values()].map((entry) => [entry.key, entry.value]);
  }
}

/** A dict with string keys. */
export function dictOf(entries: Readonly<Record<string, JinjaValue>>): JinjaDict {
  return new JinjaDict(Object.entries(entries));
}
