import type { ModelNode } from '../compile/manifest.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { isPlainList, isPlainMap, textList } from '../project/plainValue.ts';

export type IncrementalStrategy = 'append' | 'delete+insert' | 'merge';
export type SchemaChange = 'ignore' | 'append_new_columns' | 'sync_all_columns' | 'fail';

/** How an incremental model takes its new rows into the table that is there. */
export interface IncrementalPlan {
  readonly strategy: IncrementalStrategy;
  /** Columns that make a row the same row; none means that every row is a new one. */
  readonly uniqueKey: readonly string[];
  readonly onSchemaChange: SchemaChange;
  /** Of a merge: the only columns to update, or those to leave; undefined for all. */
  readonly updateColumns: readonly string[] | undefined;
  readonly excludeColumns: readonly string[] | undefined;
}

const strategies: readonly IncrementalStrategy[] = ['append', 'delete+insert', 'merge'];
const schemaChanges: readonly SchemaChange[] = ['ignore', 'append_new_columns', 'sync_all_columns', 'fail'];

/** Adapters whose default is a merge; the others delete and insert (the adapters' get_incremental_default_sql). */
const mergingAdapters: readonly string[] = ['snowflake', 'bigquery', 'databricks', 'spark'];

/** Configs that change which rows are taken, and that are not offered. */
const notOffered: readonly string[] = ['incremental_predicates', 'predicates'];

/** Reads an incremental model's config; what is not offered is refused (dbt-adapters: incremental/strategies.sql). */
export function incrementalPlan(node: ModelNode, adapterType: string): Outcome<IncrementalPlan | undefined> {
  const { config } = node;
  const place = { file: node.originalFilePath, range: node.range };
  const keys = uniqueKey(node);
  const refused = notOffered.find((name) => config[name] !== undefined && config[name] !== null);
  if (refused !== undefined) {
    const found = diagnostic('compile.notOffered', { name: `the config ${refused}` }, place);
    return { value: undefined, diagnostics: [found] };
  }
  const wanted = textConfig(config, 'incremental_strategy') ?? 'default';
  const byDefault = keys.length === 0 ? 'append' : mergingAdapters.includes(adapterType) ? 'merge' : 'delete+insert';
  const strategy = wanted === 'default' ? byDefault : strategies.find((one) => one === wanted.replaceAll('_', '+'));
  if (strategy === undefined) {
    const found = diagnostic('compile.unsupportedStrategy', { strategy: wanted, known: strategies }, place);
    return { value: undefined, diagnostics: [found] };
  }
  const value: IncrementalPlan = {
    strategy,
    uniqueKey: keys,
    onSchemaChange: schemaChanges.find((one) => one === config['on_schema_change']) ?? 'ignore',
    updateColumns: columnList(node, 'merge_update_columns'),
    excludeColumns: columnList(node, 'merge_exclude_columns'),
  };
  return { value, diagnostics: [] };
}

/** A key of one column may be written as text, of several as a list. */
function uniqueKey({ config }: ModelNode): readonly string[] {
  return textList(config['unique_key']).map((name) => name.trim());
}

function columnList({ config }: ModelNode, key: string): readonly string[] | undefined {
  const value = config[key];
  if (value === undefined || value === null || isPlainMap(value)) return undefined;
  return isPlainList(value) ? textList(value) : [String(value)];
}
