import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { isPlainList, isPlainMap, type PlainValue } from '../project/plainValue.ts';
import { hookList } from './hookConfig.ts';
import type { ManifestNode } from './manifest.ts';
import { limitOf } from './testLimit.ts';

/** What dbt takes for a key of a config, and how that is said. */
interface Expected {
  readonly says: string;
  readonly takes: (value: PlainValue) => boolean;
}

type Table = Readonly<Record<string, Expected>>;

const isText = (value: PlainValue): boolean => typeof value === 'string';
const orNone = ({ says, takes }: Expected): Expected => ({
  says: `${says} or none`,
  takes: (value) => value === null || takes(value),
});
const oneOf = (...values: readonly string[]): Expected => ({
  says: values.join(' or '),
  takes: (value) => typeof value === 'string' && values.includes(value),
});
/** A mapping, of which some keys are looked into. */
const mappingOf = (keys: Table): Expected => ({
  says: ['a mapping', ...Object.entries(keys).map(([key, { says }]) => `in which ${key} is ${says}`)].join(', '),
  takes: (value) =>
    isPlainMap(value) &&
    Object.entries(keys).every(([key, { takes }]) => value[key] === undefined || takes(value[key])),
});

const text: Expected = { says: 'a text', takes: isText };
const truth: Expected = { says: 'true or false', takes: (value) => typeof value === 'boolean' };
const mapping = mappingOf({});
const texts: Expected = {
  says: 'a text or a list of texts',
  takes: (value) => isText(value) || (isPlainList(value) && value.every(isText)),
};
const hooks: Expected = {
  says: 'a text, a mapping with the text sql, or a list of these',
  takes: (value) => hookList(value).every((one) => isText(one) || (isPlainMap(one) && typeof one['sql'] === 'string')),
};
const severity: Expected = {
  says: 'warn or error',
  takes: (value) => typeof value === 'string' && /^(?:warn|error)$/i.test(value),
};
const limit: Expected = {
  says: 'a whole number or none',
  takes: (value) => value === null || limitOf(value) !== undefined,
};
/** YAML reads `on` and `off` as booleans. */
const staticAnalysis: Expected = {
  says: 'a text or none',
  takes: (value) => value === null || isText(value) || typeof value === 'boolean',
};

const ofAll: Table = { enabled: truth, tags: texts, meta: mapping, static_analysis: staticAnalysis };
const ofNamed: Table = {
  ...ofAll,
  alias: orNone(text),
  schema: orNone(text),
  database: orNone(text),
  group: orNone(text),
};
const ofBuilt: Table = {
  ...ofNamed,
  materialized: text,
  incremental_strategy: orNone(text),
  on_schema_change: orNone(text),
  on_configuration_change: oneOf('apply', 'continue', 'fail'),
  full_refresh: orNone(truth),
  unique_key: orNone(texts),
  packages: texts,
  grants: mapping,
  quoting: mapping,
  column_types: mapping,
  persist_docs: mapping,
  docs: mappingOf({ show: truth, node_color: orNone(text) }),
  contract: mappingOf({ enforced: truth, alias_types: truth }),
  'pre-hook': hooks,
  'post-hook': hooks,
};
const ofKind: Readonly<Record<ManifestNode['resourceType'], Table>> = {
  model: { ...ofBuilt, access: text },
  analysis: ofBuilt,
  snapshot: {
    ...ofBuilt,
    materialized: oneOf('snapshot'),
    strategy: orNone(text),
    target_schema: orNone(text),
    target_database: orNone(text),
    updated_at: orNone(text),
    dbt_valid_to_current: orNone(text),
    snapshot_meta_column_names: mapping,
  },
  seed: { ...ofBuilt, materialized: oneOf('seed'), delimiter: text, quote_columns: orNone(truth) },
  test: {
    ...ofNamed,
    materialized: oneOf('test'),
    severity,
    limit,
    store_failures: orNone(truth),
    store_failures_as: orNone(text),
    where: orNone(text),
    fail_calc: text,
    warn_if: text,
    error_if: text,
  },
  unit_test: ofAll,
  source: {
    enabled: truth,
    static_analysis: staticAnalysis,
    loaded_at_field: orNone(text),
    loaded_at_query: orNone(text),
  },
  exposure: { enabled: truth, tags: texts, meta: mapping },
};

/** Values of configs that dbt refuses (core/dbt/artifacts/resources/v1/config.py and its like, by their JSON schemas). */
export function configFaults({ resourceType, config, originalFilePath, range }: ManifestNode): readonly Diagnostic[] {
  return Object.entries(ofKind[resourceType]).flatMap(([key, { says, takes }]) => {
    const value = config[key];
    if (value === undefined || takes(value)) return [];
    const params = { key, value: JSON.stringify(value), expected: says };
    return [diagnostic('compile.configValue', params, { file: originalFilePath, range })];
  });
}
