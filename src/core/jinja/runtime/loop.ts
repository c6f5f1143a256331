import { orElse } from '../values/orElse.ts';
import type { CallSite } from './callSite.ts';
import { equals } from '../values/compare.ts';
import { lengthOf } from '../values/iterate.ts';
import { typeError } from '../values/jinjaFailure.ts';
import { hostFunction, list, tuple, undefinedValue, type JinjaCallable, type JinjaValue } from '../values/value.ts';

/** Renders a recursive loop's body for other values, one level deeper. */
export type Recurse = (values: JinjaValue, depth: number, site: CallSite) => JinjaValue;

/**
 * Goes through the values of a `for`, and is its variable `loop`. Looking ahead (`loop.last`, `loop.length`) takes
 * values from the source early, as Jinja2 does.
 */
export class Loop {
  readonly #iterator: Iterator<JinjaValue>;
  readonly #depth: number;
  readonly #recurse: Recurse | undefined;
  readonly #ahead: JinjaValue[] = [];
  #length: number | undefined;
  #index = -1;
  #previous: JinjaValue | undefined;
  #current: JinjaValue | undefined;
  #lastChanged: JinjaValue | undefined;

  /** `sized` is the value iterated over, when its own length may be trusted (no filter is in between). */
  constructor(
    values: Iterable<JinjaValue>,
    sized: JinjaValue | undefined,
    depth: number,
    recurse: Recurse | undefined,
  ) {
    this.#iterator = values[Symbol.iterator]();
    this.#length = sized === undefined ? undefined : lengthOf(sized);
    this.#depth = depth;
    this.#recurse = recurse;
  }

  /** The next value; undefined at the end. */
  next(): JinjaValue | undefined {
    const value = this.#ahead.length > 0 ? this.#ahead.shift() : this.#take();
    if (value === undefined) return undefined;
    this.#index += 1;
    this.#previous = this.#current;
    this.#current = value;
    return value;
  }

  /** The variable `loop`. */
  readonly variable: JinjaCallable = {
    kind: 'callable',
    name: 'loop',
    getAttr: (name) => this.#attribute(name),
    call: (args, _kwargs, site) => {
      if (this.#recurse === undefined) throw typeError("The loop must have the 'recursive' marker to be called");
      return this.#recurse(orElse(args[0], list), this.#depth + 1, site);
    },
  };

  #take(): JinjaValue | undefined {
    const step = this.#iterator.next();
    return step.done === true ? undefined : step.value;
  }

  #peek(): JinjaValue | undefined {
    if (this.#ahead.length === 0) {
      const value = this.#take();
      if (value !== undefined) this.#ahead.push(value);
    }
    return this.#ahead[0];
  }

  #total(): number {
    if (this.#length === undefined) {
      for (let value = this.#take(); value !== undefined; value = this.#take()) this.#ahead.push(value);
      this.#length = this.#index + 1 + this.#ahead.length;
    }
    return this.#length;
  }

  #attribute(name: string): JinjaValue | undefined {
    switch (name) {
      case 'index':
        return BigInt(this.#index + 1);
      case 'index0':
        return BigInt(this.#index);
      case 'revindex':
        return BigInt(this.#total() - this.#index);
      case 'revindex0':
        return BigInt(this.#total() - this.#index - 1);
      case 'first':
        return this.#index === 0;
      case 'last':
        return this.#peek() === undefined;
      case 'length':
        return BigInt(this.#total());
      case 'depth':
        return BigInt(this.#depth + 1);
      case 'depth0':
        return BigInt(this.#depth);
      case 'previtem':
        return orElse(this.#previous, () => undefinedValue('there is no previous item'));
      case 'nextitem':
        return orElse(this.#peek(), () => undefinedValue('there is no next item'));
      case 'cycle':
        return hostFunction('cycle', (args) => this.#cycle(args));
      case 'changed':
        return hostFunction('changed', (args) => this.#changed(args));
      default:
        return undefined;
    }
  }

  #cycle(args: readonly JinjaValue[]): JinjaValue {
    const value = args[this.#index % args.length];
    if (value === undefined) throw typeError('no items for cycling given');
    return value;
  }

  #changed(args: readonly JinjaValue[]): boolean {
    const values = tuple(args);
    if (this.#lastChanged !== undefined && equals(this.#lastChanged, values)) return false;
    this.#lastChanged = values;
    return true;
  }
}
