import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../../../src/core/project/plainValue.ts';

type Keyword = (wanted: PlainValue, value: PlainValue, schema: PlainMap, root: PlainMap) => boolean;

const types: Readonly<Record<string, (value: PlainValue) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  array: isPlainList,
  object: isPlainMap,
};

const onNumber =
  (holds: (value: number, wanted: number) => boolean): Keyword =>
  (wanted, value) =>
    typeof value !== 'number' || holds(value, Number(wanted));
const onMap =
  (holds: (value: PlainMap, wanted: PlainValue, schema: PlainMap, root: PlainMap) => boolean): Keyword =>
  (wanted, value, schema, root) =>
    !isPlainMap(value) || holds(value, wanted, schema, root);
const isNote: Keyword = () => true;
const list = (value: PlainValue): readonly PlainValue[] => (isPlainList(value) ? value : [value]);
const text = (value: PlainValue): string => (typeof value === 'string' ? value : JSON.stringify(value));
const map = (value: PlainValue | undefined): PlainMap => (isPlainMap(value) ? value : {});

/** The keywords of JSON Schema (draft-07, validation) that the published schemas use; each holds or does not. */
const keywords: Readonly<Record<string, Keyword>> = {
  $schema: isNote,
  title: isNote,
  description: isNote,
  definitions: isNote,
  $ref: (wanted, value, _, root) => isValid(definition(root, text(wanted)), value, root),
  type: (wanted, value) => list(wanted).some((type) => types[text(type)]?.(value) === true),
  enum: (wanted, value) => list(wanted).includes(value),
  const: (wanted, value) => wanted === value,
  anyOf: (wanted, value, _, root) => list(wanted).some((one) => isValid(map(one), value, root)),
  not: (wanted, value, _, root) => !isValid(map(wanted), value, root),
  minLength: (wanted, value) => typeof value !== 'string' || value.length >= Number(wanted),
  pattern: (wanted, value) => typeof value !== 'string' || new RegExp(text(wanted), 'u').test(value),
  minimum: onNumber((value, wanted) => value >= wanted),
  exclusiveMinimum: onNumber((value, wanted) => value > wanted),
  maximum: onNumber((value, wanted) => value <= wanted),
  minItems: (wanted, value) => !isPlainList(value) || value.length >= Number(wanted),
  items: (wanted, value, _, root) => !isPlainList(value) || value.every((one) => isValid(map(wanted), one, root)),
  minProperties: onMap((value, wanted) => Object.keys(value).length >= Number(wanted)),
  maxProperties: onMap((value, wanted) => Object.keys(value).length <= Number(wanted)),
  required: onMap((value, wanted) => list(wanted).every((name) => Object.hasOwn(value, text(name)))),
  properties: onMap((value, wanted, _, root) =>
    Object.entries(map(wanted)).every(
      ([name, schema]) => value[name] === undefined || isValid(map(schema), value[name], root),
    ),
  ),
  additionalProperties: onMap((value, wanted, schema, root) =>
    Object.entries(value)
      .filter(([name]) => !Object.hasOwn(map(schema['properties']), name))
      .every(([, one]) => wanted === true || (wanted !== false && isValid(map(wanted), one, root))),
  ),
};

/** Whether a value is as a JSON Schema says; a keyword that is not known here is a fault of the test. */
export function isValid(schema: PlainMap, value: PlainValue, root: PlainMap = schema): boolean {
  return Object.entries(schema).every(([name, wanted]) => {
    const keyword = keywords[name];
    if (keyword === undefined) throw new Error(`the keyword ${name} is not known to this check`);
    return keyword(wanted, value, schema, root);
  });
}

/** The part of a schema that `#/definitions/name` points at. */
export function definition(root: PlainMap, reference: string): PlainMap {
  const found = reference
    .replace(/^#\//, '')
    .split('/')
    .reduce((at, name) => map(at[name]), root);
  if (Object.keys(found).length === 0) throw new Error(`nothing is at ${reference}`);
  return found;
}
