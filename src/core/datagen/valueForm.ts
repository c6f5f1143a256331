import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';

/** A JSON Schema (draft-07), or a part of one. */
export type JsonSchema = PlainMap;

/** A form of values, once for both sides: the reader takes exactly what the schema allows. */
export interface ValueForm<T> {
  readonly schema: JsonSchema;
  /** The value as it is used; undefined when it has another form. */
  readonly read: (value: PlainValue) => T | undefined;
}

/** A text that is not empty; with a pattern, one that it finds. */
export function textForm(pattern?: RegExp): ValueForm<string> {
  return {
    schema: { type: 'string', ...(pattern === undefined ? { minLength: 1 } : { pattern: pattern.source }) },
    read: (value) =>
      typeof value === 'string' && (pattern === undefined ? value !== '' : pattern.test(value)) ? value : undefined,
  };
}

export const booleanForm: ValueForm<boolean> = {
  schema: { type: 'boolean' },
  read: (value) => (typeof value === 'boolean' ? value : undefined),
};

/** Bounds of a number. The default is a million millions either way: beyond, sums lose their last digits. */
export interface NumberBounds {
  readonly min?: number;
  /** The number is greater than this. */
  readonly above?: number;
  readonly max?: number;
  readonly whole?: boolean;
}

export function numberForm({ min, above, max = 1e12, whole = false }: NumberBounds = {}): ValueForm<number> {
  const lowest = above === undefined ? { minimum: min ?? -1e12 } : { exclusiveMinimum: above };
  const fits = (value: number): boolean =>
    (above === undefined ? value >= (min ?? -1e12) : value > above) &&
    value <= max &&
    (!whole || Number.isInteger(value));
  return {
    schema: { type: whole ? 'integer' : 'number', ...lowest, maximum: max },
    read: (value) => (typeof value === 'number' && fits(value) ? value : undefined),
  };
}

/** One of a few texts. */
export function choiceForm<T extends string>(choices: readonly T[]): ValueForm<T> {
  return { schema: { enum: choices }, read: (value) => choices.find((choice) => choice === value) };
}

/** A list that is not empty. */
export function listForm<T>(item: ValueForm<T>): ValueForm<readonly T[]> {
  return {
    schema: { type: 'array', items: item.schema, minItems: 1 },
    read: (value) => {
      if (!isPlainList(value) || value.length === 0) return undefined;
      const read = value.map(item.read).filter((one) => one !== undefined);
      return read.length === value.length ? read : undefined;
    },
  };
}

/** A mapping with these fields; those named in `optional` may be left out, and others may not be there. */
export function objectForm<T extends object>(
  fields: { readonly [K in keyof T & string]-?: ValueForm<NonNullable<T[K]>> },
  optional: readonly (keyof T & string)[] = [],
): ValueForm<T> {
  const forms = Object.entries<ValueForm<unknown>>(fields);
  const isOptional = (name: string): boolean => optional.some((one) => one === name);
  const required = forms.map(([name]) => name).filter((name) => !isOptional(name));
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(forms.map(([name, form]) => [name, form.schema])),
      ...(required.length > 0 ? { required } : { minProperties: 1 }),
      additionalProperties: false,
    },
    read: (value) => {
      if (!isPlainMap(value)) return undefined;
      const names = Object.keys(value);
      if (names.length === 0 || !names.every((name) => Object.hasOwn(fields, name))) return undefined;
      const result: Record<string, unknown> = {};
      for (const [name, form] of forms) {
        const written = value[name];
        if (written === undefined && isOptional(name)) continue;
        const read = written === undefined ? undefined : form.read(written);
        if (read === undefined) return undefined;
        result[name] = read;
      }
      // Each field has the type that its form reads.
      return result as T;
    },
  };
}

const weight = numberForm({ min: 0 });
const none: JsonSchema = { type: 'object', additionalProperties: { const: 0 } };

/** Weights of names of any kind, not all of them 0. */
export const weightsForm: ValueForm<ReadonlyMap<string, number>> = {
  schema: { type: 'object', additionalProperties: weight.schema, not: none },
  read: (value) => {
    const weights = readWeights(value);
    return weights !== undefined && [...weights.values()].some((one) => one > 0) ? weights : undefined;
  },
};

/** Weights in the order of a list of names: 1 for those that are not named, and not all of them 0. */
export function namedWeightsForm(names: readonly string[]): ValueForm<readonly number[]> {
  return {
    schema: {
      type: 'object',
      properties: Object.fromEntries(names.map((name) => [name, weight.schema])),
      additionalProperties: false,
      not: { ...none, required: names },
    },
    read: (value) => {
      const given = readWeights(value);
      if (given === undefined || [...given.keys()].some((name) => !names.includes(name))) return undefined;
      const weights = names.map((name) => given.get(name) ?? 1);
      return weights.some((one) => one > 0) ? weights : undefined;
    },
  };
}

/** A value of the first of several forms that takes it. */
export function eitherForm<T>(...forms: readonly ValueForm<T>[]): ValueForm<T> {
  return {
    schema: { anyOf: forms.map((form) => form.schema) },
    read: (value) => {
      for (const form of forms) {
        const read = form.read(value);
        if (read !== undefined) return read;
      }
      return undefined;
    },
  };
}

/** The same form, with what it reads made into something else. */
export function mappedForm<T, U>(form: ValueForm<T>, use: (value: T) => U): ValueForm<U> {
  return {
    schema: form.schema,
    read: (value) => {
      const read = form.read(value);
      return read === undefined ? undefined : use(read);
    },
  };
}

/** A form with a further condition, said in the schema and tested by the reader. */
export function refinedForm<T>(form: ValueForm<T>, condition: JsonSchema, holds: (value: T) => boolean): ValueForm<T> {
  return {
    schema: { ...form.schema, ...condition },
    read: (value) => {
      const read = form.read(value);
      return read !== undefined && holds(read) ? read : undefined;
    },
  };
}

function readWeights(value: PlainValue): ReadonlyMap<string, number> | undefined {
  if (!isPlainMap(value)) return undefined;
  const weights = new Map<string, number>();
  for (const [name, written] of Object.entries(value)) {
    const read = weight.read(written);
    if (read === undefined) return undefined;
    weights.set(name, read);
  }
  return weights;
}
