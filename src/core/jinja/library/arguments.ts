import { orElse } from '../values/orElse.ts';
import { undefinedFailure } from '../values/undefinedFailure.ts';
import { argumentError, typeError } from '../values/jinjaFailure.ts';
import { asInteger } from '../values/numbers.ts';
import { isTruthy } from '../values/iterate.ts';
import { isUndefined, typeName, type JinjaValue, type Kwargs } from '../values/value.ts';

/** Arguments as a call gave them. */
export interface GivenArguments {
  readonly args: readonly JinjaValue[];
  readonly kwargs: Kwargs;
}

/** Arguments of a library function by the names of its parameters, with the conversions that Python makes. */
export class Arguments {
  readonly #function: string;
  readonly #values = new Map<string, JinjaValue>();

  /** Fails when there are too many arguments, unknown names, or a parameter given twice. */
  constructor(functionName: string, parameters: readonly string[], given: GivenArguments) {
    this.#function = functionName;
    if (given.args.length > parameters.length) {
      throw argumentError(
        `${functionName}() takes ${String(parameters.length)} arguments, but ${String(given.args.length)} were given`,
      );
    }
    for (const [at, value] of given.args.entries()) this.#values.set(parameters[at] ?? '', value);
    for (const [name, value] of given.kwargs) {
      if (!parameters.includes(name)) throw argumentError(`${functionName}() has no argument '${name}'`);
      if (this.#values.has(name))
        throw argumentError(`${functionName}() got more than one value for argument '${name}'`);
      this.#values.set(name, value);
    }
  }

  /** The value, when it was given. */
  optional(name: string): JinjaValue | undefined {
    return this.#values.get(name);
  }

  required(name: string): JinjaValue {
    const value = this.#values.get(name);
    if (value === undefined) throw argumentError(`${this.#function}() needs the argument '${name}'`);
    return value;
  }

  text(name: string, fallback?: string): string {
    const value = fallback === undefined ? this.required(name) : orElse(this.optional(name), () => fallback);
    if (typeof value === 'string') return value;
    throw this.#wrong(name, 'a string', value);
  }

  /** A text, or undefined when it was left out or is None. */
  optionalText(name: string): string | undefined {
    const value = this.optional(name);
    return value === undefined || value === null ? undefined : this.text(name);
  }

  integer(name: string, fallback?: number): number {
    const value = fallback === undefined ? this.required(name) : orElse(this.optional(name), () => BigInt(fallback));
    const integer = asInteger(value);
    if (integer === undefined) throw this.#wrong(name, 'an int', value);
    return Number(integer);
  }

  /** An int, or undefined when it was left out or is None. */
  optionalInteger(name: string): number | undefined {
    const value = this.optional(name);
    return value === undefined || value === null ? undefined : this.integer(name);
  }

  flag(name: string, fallback = false): boolean {
    const value = this.optional(name);
    return value === undefined ? fallback : isTruthy(value);
  }

  #wrong(name: string, expected: string, value: JinjaValue): Error {
    if (isUndefined(value)) return undefinedFailure(value);
    return typeError(`the argument '${name}' of ${this.#function}() must be ${expected}, not ${typeName(value)}`);
  }
}
