import { orElse } from '../values/orElse.ts';
import type { JinjaValue } from '../values/value.ts';

/** Where names are looked for after a template's own variables. A `ReadonlyMap` fits. */
export interface Globals {
  /** The value of a name; undefined when there is none. */
  get(name: string): JinjaValue | undefined;
}

/** The variables of a block. `for`, `with`, macros and captured blocks open one; `if` does not. */
export class Scope {
  readonly #parent: Scope | Globals;
  readonly #variables = new Map<string, JinjaValue>();

  constructor(parent: Scope | Globals) {
    this.#parent = parent;
  }

  get(name: string): JinjaValue | undefined {
    const own = this.#variables.get(name);
    if (own !== undefined) return own;
    // A loop, because scopes nest as deep as macros call.
    let scope = this.#parent;
    while (scope instanceof Scope) {
      const value = scope.#variables.get(name);
      if (value !== undefined) return value;
      scope = scope.#parent;
    }
    return scope.get(name);
  }

  set(name: string, value: JinjaValue): void {
    this.#variables.set(name, value);
  }
}

/** Globals of one place, and behind them those of another. */
export function withFallback(first: Globals, second: Globals): Globals {
  return { get: (name) => orElse(first.get(name), () => second.get(name)) };
}
