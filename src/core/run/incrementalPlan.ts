import { builtinPackage } from '../compile/builtinMacros.ts';
import { findMacro, type MacroDefinition } from '../compile/macroScope.ts';
import type { Manifest, ModelNode } from '../compile/manifest.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { isPlainList, isPlainMap, textList } from '../project/plainValue.ts';

/** A strategy of dbt's, or the macro of the project or of a package that writes the statements of one. */
export type IncrementalStrategy = 'append' | 'delete+insert' | 'merge' | MacroDefinition;
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
  /** Conditions for rows to be replaced or updated, of `DBT_INTERNAL_DEST` and in a merge of `DBT_INTERNAL_SOURCE`. */
  readonly predicates: readonly string[];
}

const strategies = ['append', 'delete+insert', 'merge'] as const;
const schemaChanges: readonly SchemaChange[] = ['ignore', 'append_new_columns', 'sync_all_columns', 'fail'];

/** Adapters whose default is a merge; the others delete and insert (the adapters' get_incremental_default_sql). */
const mergingAdapters: readonly string[] = ['snowflake', 'bigquery', 'databricks', 'spark'];

/**
 * Reads an incremental model's config; a strategy that is not offered is refused (dbt-adapters: incremental/strategies.sql). A
 * strategy is a macro that a project may write, also in the place of dbt's own (base/impl.py,
 * get_incremental_strategy_macro).
 */
export function incrementalPlan(
  node: ModelNode,
  { macros, project }: Pick<Manifest, 'macros' | 'project'>,
): Outcome<IncrementalPlan | undefined> {
  const { config } = node;
  const { type: adapterType } = project.target;
  const place = { file: node.originalFilePath, range: node.range };
  const keys = uniqueKey(node);
  const wanted = textConfig(config, 'incremental_strategy') ?? 'default';
  const own = findMacro(macros, `get_incremental_${wanted.replaceAll('+', '_')}_sql`, node.packageName);
  const macro = own?.packageName === builtinPackage ? undefined : own;
  const byDefault = keys.length === 0 ? 'append' : mergingAdapters.includes(adapterType) ? 'merge' : 'delete+insert';
  const strategy =
    macro ?? (wanted === 'default' ? byDefault : strategies.find((one) => one === wanted.replaceAll('_', '+')));
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
    predicates: textList(config['predicates'] ?? config['incremental_predicates']),
  };
  return { value, diagnostics: [] };
}

/** The columns that make a row the same row: a key of one may be written as text, of several as a list. */
export function uniqueKey({ config }: ModelNode): readonly string[] {
  return textList(config['unique_key']).map((name) => name.trim());
}

function columnList({ config }: ModelNode, key: string): readonly string[] | undefined {
  const value = config[key];
  if (value === undefined || value === null || isPlainMap(value)) return undefined;
  return isPlainList(value) ? textList(value) : [String(value)];
}
