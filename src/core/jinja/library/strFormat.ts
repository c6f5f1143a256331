import type { Runtime } from '../runtime/runtime.ts';
import { displayText, reprText } from '../values/display.ts';
import { formatValue } from '../values/formatSpec.ts';
import { lookupError, valueError } from '../values/jinjaFailure.ts';
import type { JinjaValue } from '../values/value.ts';
import type { GivenArguments } from './arguments.ts';

/**
 * Python's `str.format`, as Jinja's sandbox allows it: fields may read attributes and items, and internal attributes
 * stay closed.
 */
export function formatText(text: string, given: GivenArguments, runtime: Runtime, access: Access): string {
  return new Formatter(given, runtime, access).format(text, 0);
}

/** How a field reads attributes and items; handed in because reading an attribute can give this very method. */
export interface Access {
  readonly getAttribute: (value: JinjaValue, name: string, runtime: Runtime) => JinjaValue;
  readonly getItem: (value: JinjaValue, index: JinjaValue, runtime: Runtime) => JinjaValue;
}

class Formatter {
  readonly #given: GivenArguments;
  readonly #runtime: Runtime;
  readonly #access: Access;
  #numbering: 'automatic' | 'manual' | undefined;
  #automatic = 0;

  constructor(given: GivenArguments, runtime: Runtime, access: Access) {
    this.#access = access;
    this.#given = given;
    this.#runtime = runtime;
  }

  format(text: string, depth: number): string {
    if (depth > 2) throw valueError('Max string recursion exceeded');
    let result = '';
    let at = 0;
    while (at < text.length) {
      const character = text.charAt(at);
      if (character === '{' || character === '}') {
        if (text.charAt(at + 1) === character) {
          result += character;
          at += 2;
          continue;
        }
        if (character === '}') throw valueError("Single '}' encountered in format string");
        const end = fieldEnd(text, at);
        result += this.#field(text.slice(at + 1, end), depth);
        this.#runtime.checkText(result.length, 1);
        at = end + 1;
      } else {
        result += character;
        at += 1;
      }
    }
    return result;
  }

  #field(field: string, depth: number): string {
    const match = /^([^!:]*)(?:!([^:]))?(?::([\s\S]*))?$/.exec(field);
    if (match === null) throw valueError(`the field '{${field}}' of the format string cannot be read`);
    const [, name = '', conversion, spec = ''] = match;
    const value = converted(this.#value(name), conversion);
    return formatValue(value, this.format(spec, depth + 1), (length) => this.#runtime.checkText(length));
  }

  #value(name: string): JinjaValue {
    const first = /^[^.[]*/.exec(name)?.[0] ?? '';
    let value = this.#argument(first);
    const path = name.slice(first.length);
    for (const [, attribute, index] of path.matchAll(/\.([^.[]+)|\[([^\]]+)\]/g)) {
      if (attribute !== undefined) value = this.#access.getAttribute(value, attribute, this.#runtime);
      else
        value = this.#access.getItem(
          value,
          /^\d+$/.test(index ?? '') ? BigInt(index ?? '0') : (index ?? ''),
          this.#runtime,
        );
    }
    return value;
  }

  #argument(name: string): JinjaValue {
    if (name === '' || /^\d+$/.test(name)) {
      const numbering = name === '' ? 'automatic' : 'manual';
      this.#numbering ??= numbering;
      if (this.#numbering !== numbering) {
        throw valueError('a format string either numbers all of its fields or none: do not mix {} and {0}');
      }
      const at = name === '' ? this.#automatic++ : Number(name);
      const value = this.#given.args[at];
      if (value === undefined)
        throw lookupError(`Replacement index ${String(at)} out of range for positional args tuple`);
      return value;
    }
    const value = this.#given.kwargs.get(name);
    if (value === undefined) throw lookupError(`the format string names '${name}', which is not among the arguments`);
    return value;
  }
}

function fieldEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    if (text.charAt(at) === '{') depth += 1;
    if (text.charAt(at) === '}') depth -= 1;
    if (depth === 0) return at;
  }
  throw valueError("expected '}' before end of string");
}

function converted(value: JinjaValue, conversion: string | undefined): JinjaValue {
  if (conversion === undefined) return value;
  if (conversion === 's') return displayText(value);
  if (conversion === 'r' || conversion === 'a') return reprText(value);
  throw valueError(`Unknown conversion specifier ${conversion}`);
}
