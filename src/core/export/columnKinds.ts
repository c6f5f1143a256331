import type { ColumnKind } from './warehouse.ts';

/** What a `data_type` of YAML means, in any dialect's spelling; undefined for one that is not known. */
export function declaredKind(dataType: string): ColumnKind | undefined {
  const name = dataType.toLowerCase().replace(/\(.*$/, '').trim();
  if (/^(?:int|integer|bigint|smallint|tinyint|hugeint|int2|int4|int8|int64|long|byteint)$/.test(name))
    return 'integer';
  if (/^(?:decimal|numeric|number|bignumeric)$/.test(name)) return 'decimal';
  if (/^(?:float|float4|float8|float64|real|double|double precision)$/.test(name)) return 'real';
  if (/^bool(?:ean)?$/.test(name)) return 'boolean';
  if (name === 'date') return 'date';
  if (/^(?:timestamp|datetime)/.test(name)) return 'timestamp';
  return /^(?:text|string|varchar|char|character varying|character|uuid)$/.test(name) ? 'text' : undefined;
}

const forms: readonly (readonly [ColumnKind, RegExp])[] = [
  ['integer', /^[+-]?\d{1,18}$/],
  ['decimal', /^[+-]?\d+\.\d{1,6}$|^[+-]?\d{1,18}$/],
  ['real', /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/],
  ['boolean', /^(?:true|false)$/i],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['timestamp', /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?$/],
];

/** What all of the values may be kept as; text when nothing else fits, or when there are none. */
export function kindOfValues(values: readonly string[]): ColumnKind {
  const given = values.filter((value) => value !== '');
  if (given.length === 0) return 'text';
  return forms.find(([, form]) => given.every((value) => form.test(value)))?.[0] ?? 'text';
}
