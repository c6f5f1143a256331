import { compare } from '../values/compare.ts';
import { JinjaDict } from '../values/dict.ts';
import { typeError, unsupported, valueError } from '../values/jinjaFailure.ts';
import { floatRepr } from '../values/numbers.ts';
import { Walk } from '../values/walk.ts';
import { isCompound, list, typeName, type JinjaValue } from '../values/value.ts';

export interface JsonOptions {
  readonly indent?: number | undefined;
  readonly sortKeys?: boolean | undefined;
}

interface WriteOptions extends JsonOptions {
  readonly walk: Walk;
}

/** Python's `json.dumps`: spaces after `,` and `:`, and everything beyond ASCII escaped. */
export function toJson(value: JinjaValue, options: JsonOptions = {}): string {
  return write(value, { ...options, walk: new Walk('written as JSON') }, 1);
}

function write(value: JinjaValue, options: WriteOptions, depth: number): string {
  if (typeof value === 'string') {
    options.walk.see(value.length);
    return writeText(value);
  }
  if (typeof value === 'number') return writeFloat(value);
  if (typeof value === 'bigint' || typeof value === 'boolean') return value.toString();
  if (value === null) return 'null';
  switch (value.kind) {
    case 'list':
    case 'tuple':
      return wrapped(
        '[',
        ']',
        options.walk.inside(value.items.length, () => value.items.map((item) => write(item, options, depth + 1))),
        options,
        depth,
      );
    case 'dict':
      return wrapped(
        '{',
        '}',
        options.walk.inside(value.size, () => members(value, options, depth)),
        options,
        depth,
      );
    default:
      throw typeError(`Object of type ${typeName(value)} is not JSON serializable`);
  }
}

function members(dict: JinjaDict, options: WriteOptions, depth: number): string[] {
  const entries = dict.entries();
  if (options.sortKeys === true) entries.sort(([a], [b]) => compare(a, b));
  return entries.map(([key, item]) => `${writeText(keyText(key))}: ${write(item, options, depth + 1)}`);
}

function keyText(key: JinjaValue): string {
  if (typeof key === 'string') return key;
  if (key === null || !isCompound(key)) return write(key, { walk: new Walk('written as JSON') }, 1);
  throw typeError(`keys must be str, int, float, bool or None, not ${typeName(key)}`);
}

function wrapped(open: string, close: string, parts: readonly string[], options: JsonOptions, depth: number): string {
  if (options.indent === undefined || parts.length === 0) return open + parts.join(', ') + close;
  const indent = ' '.repeat(Math.min(Math.max(options.indent, 0), 100));
  const inner = `\n${indent.repeat(depth)}`;
  return `${open}${inner}${parts.join(`,${inner}`)}\n${indent.repeat(depth - 1)}${close}`;
}

const writeText = (text: string): string =>
  JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

function writeFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  return floatRepr(value);
}

/** Python's `json.loads`: ints stay ints of any size, other numbers become floats. */
export function fromJson(text: string): JinjaValue {
  const reader = new JsonReader(text);
  return reader.document();
}

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): JinjaValue {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw this.#fault();
    return value;
  }

  #value(depth: number): JinjaValue {
    if (depth > 100) throw unsupported('JSON nested more than 100 deep');
    this.#space();
    if (this.#take('{')) return this.#object(depth);
    if (this.#take('[')) return this.#array(depth);
    if (this.#text.charAt(this.#at) === '"') return this.#string();
    for (const [word, value] of words) if (this.#take(word)) return value;
    return this.#number();
  }

  #object(depth: number): JinjaValue {
    const dict = new JinjaDict();
    this.#space();
    if (this.#take('}')) return dict;
    do {
      this.#space();
      const key = this.#string();
      this.#space();
      if (!this.#take(':')) throw this.#fault();
      dict.set(key, this.#value(depth + 1));
      this.#space();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#fault();
    return dict;
  }

  #array(depth: number): JinjaValue {
    const items: JinjaValue[] = [];
    this.#space();
    if (this.#take(']')) return list(items);
    do {
      items.push(this.#value(depth + 1));
      this.#space();
    } while (this.#take(','));
    if (!this.#take(']')) throw this.#fault();
    return list(items);
  }

  #string(): string {
    const literal = this.#match(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y);
    if (literal === undefined) throw this.#fault();
    return String(JSON.parse(literal));
  }

  #number(): JinjaValue {
    const literal = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (literal === undefined) throw this.#fault();
    if (/[.eE]/.test(literal)) return Number(literal);
    if (literal.length > 1300) throw unsupported('An int of more than 1300 digits');
    return BigInt(literal);
  }

  #space(): void {
    this.#match(/[ \t\n\r]*/y);
  }

  #take(text: string): boolean {
    const found = this.#text.startsWith(text, this.#at);
    if (found) this.#at += text.length;
    return found;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #fault(): Error {
    return valueError(`not valid JSON at character ${String(this.#at + 1)}`);
  }
}

const words: readonly (readonly [string, JinjaValue])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
];
