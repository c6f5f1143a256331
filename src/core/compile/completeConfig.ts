import { isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import { eventMoment, isMicrobatch } from './batch.ts';
import { eventMomentOf } from './eventMomentOf.ts';
import { hooksOf } from './hookConfig.ts';
import type { ManifestNode, OperationNode } from './manifest.ts';

/** In dbt's order, which `ls --output json` shows; a node of a kind has its own `materialized`. */
const everyNode: PlainMap = {
  enabled: true,
  alias: null,
  schema: null,
  database: null,
  tags: [],
  meta: {},
  group: null,
  static_analysis: null,
  materialized: 'view',
};

const builtNode: PlainMap = {
  ...everyNode,
  incremental_strategy: null,
  batch_size: null,
  lookback: 1,
  begin: null,
  persist_docs: {},
  'post-hook': [],
  'pre-hook': [],
  quoting: {},
  column_types: {},
  full_refresh: null,
  unique_key: null,
  on_schema_change: 'ignore',
  on_configuration_change: 'apply',
  grants: {},
  packages: [],
  docs: { show: true, node_color: null },
  contract: { enforced: false, alias_types: true },
  event_time: null,
  concurrent_batches: null,
};

/** dbt's defaults of a config, by resource type (core/dbt/artifacts/resources/v1). */
const defaults: Readonly<Record<(ManifestNode | OperationNode)['resourceType'], PlainMap>> = {
  model: { ...builtNode, access: 'protected', freshness: null },
  snapshot: {
    ...builtNode,
    materialized: 'snapshot',
    strategy: null,
    target_schema: null,
    target_database: null,
    updated_at: null,
    check_cols: null,
    dbt_valid_to_current: null,
    snapshot_meta_column_names: {
      dbt_valid_to: null,
      dbt_valid_from: null,
      dbt_scd_id: null,
      dbt_updated_at: null,
      dbt_is_deleted: null,
    },
  },
  analysis: builtNode,
  operation: builtNode,
  seed: { ...builtNode, materialized: 'seed', delimiter: ',', quote_columns: null },
  test: {
    ...everyNode,
    schema: 'dbt_test__audit',
    materialized: 'test',
    severity: 'ERROR',
    store_failures: null,
    store_failures_as: null,
    where: null,
    limit: null,
    fail_calc: 'count(*)',
    warn_if: '!= 0',
    error_if: '!= 0',
  },
  unit_test: { tags: [], meta: {}, enabled: true, static_analysis: null },
  source: {
    enabled: true,
    static_analysis: null,
    tags: [],
    meta: {},
    event_time: null,
    freshness: null,
    loaded_at_field: null,
    loaded_at_query: null,
  },
  exposure: { enabled: true, tags: [], meta: {} },
};

/** Configs that are records: what is not set in them has a default too. */
const completed = ['docs', 'contract'] as const;

/** dbt reads where batches begin as a moment, and shows it so. */
function writtenMoment(value: PlainValue | undefined): PlainValue {
  const moment = eventMomentOf(value);
  return moment === undefined
    ? (value ?? null)
    : eventMoment(moment)
        .replace(' ', 'T')
        .replace(/\+00:00$/, '');
}

/** A node's config as artifacts show it and as selection sees it: what was set over dbt's defaults. */
export function completeConfig(node: ManifestNode | OperationNode): PlainMap {
  const byDefault = defaults[node.resourceType];
  const merged = completed.flatMap((key) => {
    const [whole, given] = [byDefault[key], node.config[key]];
    return isPlainMap(whole) && isPlainMap(given) ? [[key, { ...whole, ...given }] as const] : [];
  });
  const hooks = (['pre-hook', 'post-hook'] as const).flatMap((key) => {
    const found = hooksOf(node.config, key);
    return found.length === 0 ? [] : [[key, found.map((one) => ({ ...one, index: null }))] as const];
  });
  const begin = isMicrobatch(node) ? [['begin', writtenMoment(node.config['begin'])] as const] : [];
  return { ...byDefault, ...node.config, ...Object.fromEntries<PlainValue>([...merged, ...hooks, ...begin]) };
}
