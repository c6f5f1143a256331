import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isPlainList, isPlainMap, type PlainValue } from '../project/plainValue.ts';
import type { ManifestNode } from './manifest.ts';

/** What dbt takes for a key of a config, and how that is said. */
interface Expected {
  readonly says: string;
  readonly takes: (value: PlainValue) => boolean;
}

const isText = (value: PlainValue): boolean => typeof value === 'string';
const orNone = ({ says, takes }: Expected): Expected => ({
  says: `${says} or none`,
  takes: (value) => value === null || takes(value),
});

const text: Expected = { says: 'a text', takes: isText };
const truth: Expected = { says: 'true or false', takes: (value) => typeof value === 'boolean' };
const mapping: Expected = { says: 'a mapping', takes: isPlainMap };
const texts: Expected = {
  says: 'a text or a list of texts',
  takes: (value) => value === null || isText(value) || (isPlainList(value) && value.every(isText)),
};
const severity: Expected = {
  says: 'warn or error',
  takes: (value) => typeof value === 'string' && /^(?:warn|error)$/i.test(value),
};
const wholeNumber: Expected = { says: 'a whole number', takes: (value) => Number.isInteger(value) };

const ofAll: Readonly<Record<string, Expected>> = {
  enabled: truth,
  tags: texts,
  meta: mapping,
  materialized: text,
};
const ofTables: Readonly<Record<string, Expected>> = {
  alias: orNone(text),
  schema: orNone(text),
  database: orNone(text),
  group: orNone(text),
  full_refresh: orNone(truth),
  unique_key: orNone(texts),
  grants: mapping,
  column_types: orNone(mapping),
  persist_docs: orNone(mapping),
  docs: orNone(mapping),
};
const ofKind: Readonly<Partial<Record<ManifestNode['resourceType'], Readonly<Record<string, Expected>>>>> = {
  model: { ...ofAll, ...ofTables },
  snapshot: { ...ofAll, ...ofTables },
  seed: { ...ofAll, ...ofTables, delimiter: text, quote_columns: orNone(truth) },
  test: {
    ...ofAll,
    severity,
    store_failures: orNone(truth),
    where: orNone(text),
    limit: orNone(wholeNumber),
    fail_calc: text,
    warn_if: text,
    error_if: text,
  },
};

/** Values of configs that dbt refuses (core/dbt/artifacts/resources/v1/config.py and its like, by their JSON schemas). */
export function configFaults({ resourceType, config, originalFilePath, range }: ManifestNode): readonly Diagnostic[] {
  return Object.entries(ofKind[resourceType] ?? {}).flatMap(([key, { says, takes }]) => {
    const value = config[key];
    if (value === undefined || takes(value)) return [];
    const params = { key, value: JSON.stringify(value), expected: says };
    return [diagnostic('compile.configValue', params, { file: originalFilePath, range })];
  });
}
