import type { JinjaValue } from '../values/value.ts';
import type { Globals } from './scope.ts';

/** Values by name, of which some are made when they are asked for, and behind them those of `base`. */
export class NamedValues implements Globals {
  readonly #base: NamedValues | undefined;
  readonly #values: Map<string, JinjaValue>;
  readonly #makers = new Map<string, () => JinjaValue>();

  constructor(values: Iterable<readonly [string, JinjaValue]>, base?: NamedValues) {
    this.#values = new Map(values);
    this.#base = base;
  }

  /** True for a name that is here or in the base. */
  has(name: string): boolean {
    return this.#values.has(name) || this.#makers.has(name) || this.#base?.has(name) === true;
  }

  get(name: string): JinjaValue | undefined {
    const own = this.#values.get(name);
    if (own !== undefined) return own;
    const make = this.#makers.get(name);
    return make === undefined ? this.#base?.get(name) : make();
  }

  set(name: string, value: JinjaValue): void {
    this.#values.set(name, value);
  }

  /** A value that is made when it is first asked for. */
  later(name: string, make: () => JinjaValue): void {
    this.#makers.set(name, () => {
      const value = make();
      this.#values.set(name, value);
      return value;
    });
  }

  /** A value that is made whenever it is asked for. */
  computed(name: string, make: () => JinjaValue): void {
    this.#makers.set(name, make);
  }
}
