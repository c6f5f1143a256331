import { builtinPackage } from '../compile/builtinMacros.ts';
import { findMacro, type MacroDefinition } from '../compile/macroScope.ts';
import type { Manifest, ModelNode } from '../compile/manifest.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { Batch } from '../compile/batch.ts';
import { overwriting, takingBatch, type ReplacedRows, type Replacing } from './replacedRows.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { isPlainList, isPlainMap, textList } from '../project/plainValue.ts';

/** A strategy of dbt's, or the macro of the project or of a package that writes the statements of one. */
export type IncrementalStrategy = 'append' | 'delete+insert' | 'merge' | 'replace' | MacroDefinition;
export type SchemaChange = 'ignore' | 'append_new_columns' | 'sync_all_columns' | 'fail';

/** How an incremental model takes its new rows into the table that is there. */
export interface IncrementalPlan {
  readonly strategy: IncrementalStrategy;
  /** Of the strategy `replace`: the rows of the table that give way. */
  readonly replaced?: ReplacedRows;
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

/** Adapters that look at the strategy before they make the table for the first time. */
const checkedFirst: readonly string[] = ['bigquery', 'databricks', 'spark'];

/**
 * Reads an incremental model's config. A strategy that the adapter does not have is refused, by most of them only once
 * the table `grows` (dbt-adapters: base/impl.py, get_incremental_strategy_macro). `batch` is what is built of a
 * microbatch model. A strategy is a macro that a project may write, also in the place of dbt's own (base/impl.py,
 * get_incremental_strategy_macro).
 */
export function incrementalPlan(
  node: ModelNode,
  { macros, project }: Pick<Manifest, 'macros' | 'project'>,
  { batch, grows }: { readonly batch?: Batch | undefined; readonly grows: boolean },
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
  const replacing = strategy === undefined ? replacingOf(node, adapterType, wanted, batch) : undefined;
  const planned = strategy ?? (replacing?.kind === 'refused' ? undefined : replacing?.kind);
  if (planned === undefined && (grows || checkedFirst.includes(adapterType))) {
    const detail =
      replacing?.kind === 'refused'
        ? replacing.detail
        : `The incremental strategy '${wanted}' is not valid for this adapter`;
    return { value: undefined, diagnostics: [diagnostic('compile.unsupportedStrategy', { detail }, place)] };
  }
  const value: IncrementalPlan = {
    strategy: planned ?? 'append',
    ...(replacing?.kind === 'replace' && { replaced: replacing.rows }),
    uniqueKey: keys,
    onSchemaChange: schemaChanges.find((one) => one === config['on_schema_change']) ?? 'ignore',
    updateColumns: columnList(node, 'merge_update_columns'),
    excludeColumns: columnList(node, 'merge_exclude_columns'),
    predicates: textList(config['predicates'] ?? config['incremental_predicates']),
  };
  return { value, diagnostics: [] };
}

function replacingOf(
  node: ModelNode,
  adapterType: string,
  wanted: string,
  batch: Batch | undefined,
): Replacing | undefined {
  if (wanted === 'insert_overwrite') return overwriting(node, adapterType);
  return wanted === 'microbatch' && batch !== undefined ? takingBatch(node, adapterType, batch) : undefined;
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
