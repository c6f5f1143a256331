import { batchSizeOf, inBatch, type Batch } from '../compile/batch.ts';
import type { ModelNode } from '../compile/manifest.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { isPlainMap, textList, type PlainMap } from '../project/plainValue.ts';

/** Which rows of a table give way to new ones without a look at keys. */
export type ReplacedRows =
  | { readonly kind: 'all' }
  /** What is in a span of event time; `isOfNew` takes from the new rows, too, only what is in it. */
  | { readonly kind: 'span'; readonly condition: string; readonly isOfNew: boolean }
  /** The partitions that new rows are in, by the expressions that tell them; a null is one where `hasNull`. */
  | {
      readonly kind: 'partitions';
      readonly of: (alias: string) => readonly string[];
      readonly hasNull: boolean;
    }
  /** The partitions that the config lists. */
  | { readonly kind: 'listed'; readonly of: (alias: string) => string; readonly values: readonly string[] };

/** What a strategy takes from where, or why the adapter refuses it. */
export type Replacing =
  | { readonly kind: 'replace'; readonly rows: ReplacedRows }
  | { readonly kind: 'merge' }
  | { readonly kind: 'refused'; readonly detail: string };

/** What `insert_overwrite` replaces by the rules of an adapter; undefined for an adapter that has no such strategy. */
export function overwriting({ config }: ModelNode, adapter: string): Replacing | undefined {
  switch (adapter) {
    case 'bigquery':
      return overwritingByPartition(config, 'insert_overwrite');
    case 'spark':
    case 'databricks': {
      const columns = textList(config['partition_by']);
      if (columns.length === 0) return { kind: 'replace', rows: { kind: 'all' } };
      const of = (alias: string): readonly string[] => columns.map((one) => `${alias}.${one}`);
      return { kind: 'replace', rows: { kind: 'partitions', of, hasNull: true } };
    }
    case 'snowflake':
      // dbt-snowflake: materializations/incremental/insert_overwrite.sql
      return textList(config['overwrite_columns']).length > 0
        ? refusal('Of `overwrite_columns` the columns that are not named would become null, which is not offered.')
        : { kind: 'replace', rows: { kind: 'all' } };
    default:
      return undefined;
  }
}

/**
 * How a batch's rows go into the table by the rules of an adapter (each adapter's get_incremental_microbatch_sql, and
 * for BigQuery and Spark their incremental materializations); undefined for an adapter that has no such strategy.
 */
export function takingBatch(node: ModelNode, adapter: string, batch: Batch): Replacing | undefined {
  const { config } = node;
  const condition = inBatch(textConfig(config, 'event_time') ?? '', batch);
  const hasKey = textList(config['unique_key']).length > 0;
  switch (adapter) {
    case 'duckdb':
      return hasKey
        ? refusal(
            "microbatch incremental strategy does not support 'unique_key': each batch replaces what is in its span of 'event_time'. Remove 'unique_key' or use incremental_strategy='merge'.",
          )
        : { kind: 'replace', rows: { kind: 'span', condition, isOfNew: true } };
    case 'redshift':
    case 'snowflake':
    case 'databricks':
      return { kind: 'replace', rows: { kind: 'span', condition, isOfNew: false } };
    case 'postgres':
      return hasKey ? { kind: 'merge' } : refusal("dbt-postgres 'microbatch' requires a `unique_key` config");
    case 'bigquery': {
      const granularity = isPlainMap(config['partition_by']) ? config['partition_by']['granularity'] : undefined;
      const size = batchSizeOf(config);
      if (isPlainMap(config['partition_by']) && (granularity ?? 'day') !== size)
        return refusal(
          `The 'microbatch' strategy requires a \`partition_by\` config with the same granularity as its configured \`batch_size\`. Got \`batch_size\`: ${String(size)}, \`partition_by.granularity\`: ${typeof granularity === 'string' ? granularity : 'day'}.`,
        );
      return overwritingByPartition(config, 'microbatch');
    }
    case 'spark':
      return textList(config['partition_by']).length > 0
        ? overwriting(node, adapter)
        : refusal(
            `dbt-spark 'microbatch' incremental strategy requires a \`partition_by\` config of grain ${String(batchSizeOf(config))}.`,
          );
    default:
      return undefined;
  }
}

const refusal = (detail: string): Replacing => ({ kind: 'refused', detail });

/** dbt-bigquery: relation_configs/_partition.py (PartitionConfig) and incremental_strategy/insert_overwrite.sql. */
function overwritingByPartition(config: ModelNode['config'], strategy: string): Replacing {
  const given = config['partition_by'];
  if (!isPlainMap(given)) return refusal(`The '${strategy}' strategy requires the \`partition_by\` config.`);
  if (given['time_ingestion_partitioning'] === true)
    return refusal('Partitions by the time of ingestion have no column that the embedded engine could tell them by.');
  const of = partitionOf(given);
  const values = textList(config['partitions']);
  if (values.length > 0) return { kind: 'replace', rows: { kind: 'listed', of, values } };
  return { kind: 'replace', rows: { kind: 'partitions', of: (alias) => [of(alias)], hasNull: false } };
}

/** What tells the partition of a row: its date, or its moment cut down to the granularity. */
function partitionOf(given: PlainMap): (alias: string) => string {
  const text = (key: string, otherwise: string): string => {
    const value = given[key];
    return typeof value === 'string' ? value.toLowerCase() : otherwise;
  };
  const field = typeof given['field'] === 'string' ? given['field'] : '';
  const [type, granularity] = [text('data_type', 'date'), text('granularity', 'day')];
  if (type === 'int64') return (alias) => `${alias}.${field}`;
  if (type === 'date' && granularity === 'day') return (alias) => `date(${alias}.${field})`;
  return (alias) => `${type}_trunc(${alias}.${field}, ${granularity})`;
}
