import type { JinjaValue } from '../values/value.ts';

/** Thrown by dbt's `return()`; the macro that runs catches it. */
export class MacroReturn extends Error {
  declare readonly value: JinjaValue;

  /** Without the stack that a made error has: nobody reads it, and macros return often. */
  static of(value: JinjaValue): MacroReturn {
    return Object.create(MacroReturn.prototype, { value: { value } }) as MacroReturn;
  }
}
