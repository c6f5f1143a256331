import { diagnostic, type Diagnostic, type Location } from '../diagnostics/diagnostic.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { ModelNode } from './manifest.ts';
import { adapterFamily, macroOf, materializationName, type MacroDefinition, type MacroScope } from './macroScope.ts';

/** dbt's own materializations (dbt-adapters: include/global_project/macros/materializations). */
const builtin: readonly string[] = [
  'clone',
  'function',
  'incremental',
  'materialized_view',
  'seed',
  'snapshot',
  'table',
  'test',
  'unit',
  'view',
];

/** Those that an adapter writes for itself; they go before one of the project that is for all adapters. */
const builtinByAdapter: Readonly<Record<string, readonly string[]>> = {
  bigquery: ['copy', 'incremental', 'materialized_view', 'table', 'view'],
  duckdb: ['external', 'incremental', 'table', 'table_function'],
  redshift: ['table', 'view'],
  snowflake: ['dynamic_table', 'incremental', 'interactive_table', 'seed', 'snapshot', 'table', 'test', 'view'],
  spark: ['clone', 'incremental', 'seed', 'snapshot', 'table', 'view'],
  sqlite: ['incremental', 'table', 'view'],
};

/** The name of a model's materialization as it is asked for, whether or not it can be had. */
export function materializationOf(node: ModelNode): string {
  return textConfig(node.config, 'materialized') ?? node.materialized;
}

/** Those of warehouses whose rows are a query's at some moment: a table with the rows of the run stands for them. */
const keptQueries: Readonly<Record<string, readonly string[]>> = {
  bigquery: ['materialized_view'],
  databricks: ['materialized_view', 'streaming_table'],
  postgres: ['materialized_view'],
  redshift: ['materialized_view'],
  snowflake: ['dynamic_table', 'interactive_table'],
};

/** True for what a table stands for on the embedded engine. */
export function isBuiltAsTable(name: string, adapterType: string): boolean {
  return keptQueries[adapterType]?.includes(name) === true;
}

/** True for a materialization that dbt or the adapter brings. */
function isBuiltinMaterialization(name: string, adapterType: string): boolean {
  return adapterFamily(adapterType).some((adapter) => builtinOf(adapter).includes(name));
}

/** Says that a materialization is not offered, or that there is none of the name. */
export function notOffered(
  materialized: string,
  adapter: string,
  place: Location,
  severity: 'error' | 'warning' = 'error',
): Diagnostic {
  const code = isBuiltinMaterialization(materialized, adapter)
    ? 'compile.unsupportedMaterialization'
    : 'compile.unknownMaterialization';
  return diagnostic(code, { materialized, adapter }, place, { severity });
}

/**
 * The macro of the project or of a package that builds what is materialized by a name; undefined when dbt's own does or
 * there is none. One for the adapter goes before one for all, then the project's before a package's; a package's never
 * goes before dbt's own (dbt-core: contracts/graph/manifest.py, find_materialization_macro_by_name).
 */
export function findMaterialization(scope: MacroScope, name: string, adapterType: string): MacroDefinition | undefined {
  const isBuiltin = isBuiltinMaterialization(name, adapterType);
  for (const adapter of adapterFamily(adapterType)) {
    const macro = materializationName(name, adapter);
    const own = macroOf(scope, scope.rootName, macro);
    if (own !== undefined) return own;
    if (builtinOf(adapter).includes(name)) return undefined;
    if (isBuiltin) continue;
    const found = [...scope.packages.keys()].map((one) => macroOf(scope, one, macro)).find((one) => one !== undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function builtinOf(adapter: string): readonly string[] {
  return adapter === 'default' ? builtin : (builtinByAdapter[adapter] ?? []);
}

/** What is built by dbt's own way alone, whatever a project writes. */
const notReplaced: readonly string[] = ['clone', 'function', 'seed', 'snapshot', 'test', 'unit'];

/** Warnings of the project's materializations that stand for dbt's own and are not used. */
export function unusedMaterializations(scope: MacroScope, adapterType: string): readonly Diagnostic[] {
  return notReplaced.flatMap((name) => {
    const found = findMaterialization(scope, name, adapterType);
    if (found === undefined) return [];
    return [
      diagnostic('compile.materializationNotUsed', { name }, { file: found.file, range: found.definition.nameRange }),
    ];
  });
}
