import { failure } from '../jinja/values/jinjaFailure.ts';
import { displayText } from '../jinja/values/display.ts';
import { hostFunction, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import type { ExistingColumn } from './compileEnvironment.ts';
import { quoteForAdapter } from './relation.ts';
import { textArgument } from './textArgument.ts';

const texts = ['text', 'character varying', 'character', 'varchar', 'string'];
const floats = ['real', 'float4', 'float', 'double precision', 'float8', 'double', 'float64'];
const integers = ['smallint', 'integer', 'bigint', 'int', 'int2', 'int4', 'int8', 'int64'];
const numerics = ['numeric', 'decimal'];

/** A column as templates see it (dbt-adapters: base/column.py). */
export function columnObject({ name, dataType = '' }: ExistingColumn, adapterType: string): JinjaObject {
  const [, base = dataType, size] = /^([^(]+?)\s*(?:\(([^)]+)\))?$/.exec(dataType) ?? [];
  const parts = (size ?? '').split(',').map((part) => part.trim());
  const isOf = (types: readonly string[]): boolean => types.includes(base.toLowerCase());
  const precision = isOf(numerics) && parts[0] ? BigInt(parts[0]) : null;
  const scale = isOf(numerics) && parts[1] ? BigInt(parts[1]) : null;
  const charSize = isOf(texts) && parts[0] ? BigInt(parts[0]) : null;
  const asks = (called: string, answer: boolean): JinjaValue => hostFunction(called, () => answer);
  const attributes = new Map<string, JinjaValue>([
    ['name', name],
    ['column', name],
    ['quoted', quoteForAdapter(name, adapterType)],
    ['dtype', base],
    ['data_type', dataType],
    ['char_size', charSize],
    ['numeric_precision', precision],
    ['numeric_scale', scale],
    ['is_string', asks('is_string', isOf(texts))],
    ['is_float', asks('is_float', isOf(floats))],
    ['is_integer', asks('is_integer', isOf(integers))],
    ['is_numeric', asks('is_numeric', isOf(numerics))],
    ['is_number', asks('is_number', isOf(integers) || isOf(numerics) || isOf(floats))],
    ['string_size', hostFunction('string_size', () => charSize ?? 256n)],
  ]);
  return {
    kind: 'object',
    typeName: 'Column',
    display: () => `<Column ${name} (${dataType})>`,
    getAttr: (attribute) => attributes.get(attribute),
  };
}

/** The words for types that adapters change (their TYPE_LABELS); every other word stays as it is. */
const typeLabels: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  bigquery: { TEXT: 'STRING', FLOAT: 'FLOAT64', INTEGER: 'INT64' },
  spark: { LONG: 'BIGINT' },
  databricks: { LONG: 'bigint' },
};

/** `api.Column`: it makes columns, and says how types are written. */
export function columnClass(adapterType: string): JinjaObject {
  const labels = typeLabels[adapterType] ?? { STRING: 'TEXT' };
  const translate = (type: string): string => labels[type.toUpperCase()] ?? type;
  const create = (args: readonly JinjaValue[], kwargs: ReadonlyMap<string, JinjaValue>): JinjaObject => {
    const name = textArgument('api.Column', 'the name', args[0] ?? kwargs.get('name') ?? kwargs.get('column'));
    const type = args[1] ?? kwargs.get('label_or_dtype') ?? kwargs.get('dtype');
    return columnObject({ name, dataType: translate(textArgument('api.Column', 'the type', type)) }, adapterType);
  };
  const members = new Map<string, JinjaValue>([
    ['create', hostFunction('create', create)],
    [
      'translate_type',
      hostFunction('translate_type', (args) =>
        translate(textArgument('api.Column.translate_type', 'the type', args[0])),
      ),
    ],
    ['string_type', hostFunction('string_type', (args) => `character varying(${displayText(args[0] ?? null)})`)],
    ['numeric_type', hostFunction('numeric_type', (args) => numericType(args, adapterType))],
  ]);
  return {
    kind: 'object',
    typeName: 'Column',
    display: () => '<Column>',
    getAttr: (name) => members.get(name),
    call: create,
  };
}

function numericType([dtype, precision, scale]: readonly JinjaValue[], adapterType: string): string {
  const word = textArgument('api.Column.numeric_type', 'the type', dtype);
  if (precision === undefined || scale === undefined) {
    throw failure('compile.badCall', { detail: 'api.Column.numeric_type() takes a type, a precision and a scale.' });
  }
  if (adapterType === 'bigquery') return word;
  const written = adapterType === 'spark' || adapterType === 'databricks' ? 'decimal' : word;
  if (precision === null || scale === null) return written;
  return `${written}(${displayText(precision)},${displayText(scale)})`;
}
