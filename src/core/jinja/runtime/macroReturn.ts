import type { JinjaValue } from '../values/value.ts';

/** Thrown by dbt's `return()`; the macro that runs catches it. */
export class MacroReturn extends Error {
  readonly value: JinjaValue;

  constructor(value: JinjaValue) {
    super('return');
    this.value = value;
  }
}
