import type { CallSite } from '../runtime/callSite.ts';
import type { JinjaDict } from './dict.ts';
import type { JinjaSet } from './set.ts';

/**
 * A value of a template, with Python's types told apart: `null` is None, a `bigint` is an int, a `number` is a
 * float, a `string` is a str. Everything else is an object with a `kind`. No JavaScript object reaches a template
 * in any other form, so no template reaches a JavaScript prototype.
 */
export type JinjaValue =
  | null
  | boolean
  | bigint
  | number
  | string
  | JinjaUndefined
  | JinjaList
  | JinjaTuple
  | JinjaDict
  | JinjaSet
  | JinjaView
  | JinjaIterator
  | JinjaCallable
  | JinjaObject;

/** Keyword arguments in the order they were written. */
export type Kwargs = ReadonlyMap<string, JinjaValue>;

export const noKwargs: Kwargs = new Map();

/** What a missing name, attribute or item gives. It prints and iterates empty; using it otherwise is a failure. */
export interface JinjaUndefined {
  readonly kind: 'undefined';
  /** Name that was looked for, where there was one. */
  readonly name: string | undefined;
  /** What to say when it is used: "'x' is undefined". */
  readonly hint: string;
  /** A variable's name was looked for, and not found. */
  readonly isName?: boolean;
  /** Attributes and calls give undefined again: dbt's behaviour while it parses (`capture_macros`). */
  readonly lenient?: boolean;
  /** The attribute exists in Python, but its name is internal. */
  readonly unsafe?: { readonly name: string; readonly typeName: string };
}

export interface JinjaList {
  readonly kind: 'list';
  readonly items: JinjaValue[];
}

export interface JinjaTuple {
  readonly kind: 'tuple';
  readonly items: readonly JinjaValue[];
}

/** A Python view or range: it can be iterated again and again and has a length. */
export interface JinjaView {
  readonly kind: 'view';
  readonly typeName: 'range' | 'dict_keys' | 'dict_values' | 'dict_items';
  /** As Python prints it. */
  readonly display: () => string;
  readonly items: () => readonly JinjaValue[];
  /** Only a range can be indexed and sliced. */
  readonly indexable: boolean;
}

/** A Python generator or iterator: what was taken from it is gone. */
export interface JinjaIterator {
  readonly kind: 'iterator';
  readonly typeName: string;
  readonly next: () => IteratorResult<JinjaValue, undefined>;
}

/** Anything that can be called: a macro, a host function, a method. */
export interface JinjaCallable {
  readonly kind: 'callable';
  readonly name: string;
  /** Throws `JinjaFailure`. */
  readonly call: (args: readonly JinjaValue[], kwargs: Kwargs, site: CallSite) => JinjaValue;
  /** Attributes, where it has any: `macro.name`, `loop.index`. */
  readonly getAttr?: (name: string) => JinjaValue | undefined;
}

/** Operators that a host object may take part in; `reflected` when it stands on the right. */
export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';

/**
 * An object of the host: a Relation, `target`, `api`. What it does not offer, it cannot do in a template: a
 * missing attribute is undefined. Names that start with `_` are never asked for.
 */
export interface JinjaObject {
  readonly kind: 'object';
  /** Python's name of the type, for messages. */
  readonly typeName: string;
  /** What `{{ object }}` prints. */
  readonly display: () => string;
  /** What stands inside a printed list; `display` when it is left out. */
  readonly repr?: () => string;
  readonly getAttr: (name: string) => JinjaValue | undefined;
  /** `object[key]`; without it `object['name']` reads the attribute. */
  readonly getItem?: (key: JinjaValue) => JinjaValue | undefined;
  readonly setAttr?: (name: string, value: JinjaValue) => void;
  readonly call?: (args: readonly JinjaValue[], kwargs: Kwargs, site: CallSite) => JinjaValue;
  /** Answers `is mapping`. */
  readonly isMapping?: boolean;
  readonly truthy?: () => boolean;
  readonly iterate?: () => Iterable<JinjaValue>;
  readonly length?: () => number;
  readonly contains?: (value: JinjaValue) => boolean;
  /** Without it an object equals only itself. */
  readonly equals?: (other: JinjaValue) => boolean;
  /** Negative, zero or positive; undefined when the two cannot be ordered. */
  readonly compare?: (other: JinjaValue) => number | undefined;
  /** Text that tells equal objects when used as a dictionary's key; without it identity counts. */
  readonly hashKey?: () => string;
  /** Python's `format(object, spec)`; without it only the empty spec is taken. */
  readonly format?: (spec: string) => string;
  readonly operate?: (operator: BinaryOperator, other: JinjaValue, reflected: boolean) => JinjaValue | undefined;
}

/** A list that takes over the array. */
export const list = (items: JinjaValue[] = []): JinjaList => ({ kind: 'list', items });

/** A tuple of these values. */
export const tuple = (items: readonly JinjaValue[]): JinjaTuple => ({ kind: 'tuple', items });

/** The undefined value; `hint` is what is said when it is used. */
export function undefinedValue(hint: string, name?: string): JinjaUndefined {
  return { kind: 'undefined', hint, name };
}

/** An iterator over what a generator yields. */
export function iteratorOf(values: Iterable<JinjaValue>, typeName = 'generator'): JinjaIterator {
  const source = values[Symbol.iterator]();
  const next = (): IteratorResult<JinjaValue, undefined> => {
    const step = source.next();
    return step.done === true ? { done: true, value: undefined } : { done: false, value: step.value };
  };
  return { kind: 'iterator', typeName, next };
}

/** A function of the host, callable by templates. */
export function hostFunction(name: string, call: JinjaCallable['call']): JinjaCallable {
  return { kind: 'callable', name, call };
}

export const isUndefined = (value: JinjaValue): value is JinjaUndefined =>
  typeof value === 'object' && value !== null && value.kind === 'undefined';

/** True for the kinds that are objects with a `kind`. */
export const isCompound = (
  value: JinjaValue,
): value is Exclude<JinjaValue, null | boolean | bigint | number | string> =>
  typeof value === 'object' && value !== null;

/** Python's name of a value's type. */
export function typeName(value: JinjaValue): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'int';
    case 'number':
      return 'float';
    case 'string':
      return 'str';
    default:
      return value === null ? 'NoneType' : compoundTypeName(value);
  }
}

function compoundTypeName(value: Exclude<JinjaValue, null | boolean | bigint | number | string>): string {
  switch (value.kind) {
    case 'undefined':
      return 'Undefined';
    case 'callable':
      return 'function';
    case 'view':
    case 'iterator':
    case 'object':
      return value.typeName;
    case 'list':
    case 'tuple':
    case 'dict':
    case 'set':
      return value.kind;
  }
}
