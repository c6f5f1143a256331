import type { ModelNode } from '../compile/manifest.ts';
import { materializationOf, notOffered } from '../compile/materializations.ts';
import { embeddedName, embeddedTable } from '../compile/relation.ts';
import { sha256 } from '../compile/sha256.ts';
import { diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { checkConstraints, ConstraintBroken } from './constraintChecks.ts';
import { contractOf, inContractOrder, type Contract } from './contract.ts';
import { compileAnswered, prepareQuery, type Prepared } from './prepareQuery.ts';
import { databaseError, type PreparedQuery } from './translateQuery.ts';
import { versionsOfParents } from './parentVersions.ts';
import { replaceRelation, untypedColumns } from './replaceRelation.ts';
import type { RunContext } from './runContext.ts';
import { growByMacro, StrategyFailed } from './growByMacro.ts';
import { growTable, GrowthRefused } from './growTable.ts';
import { growthConditions } from './growthConditions.ts';
import { incrementalPlan, type IncrementalPlan } from './incrementalPlan.ts';
import type { ModelBuild } from './modelBuild.ts';
import { runMaterialization } from './runMaterialization.ts';
import { mergedColumns, tableColumns } from './tableColumns.ts';

/**
 * Builds a model as a table or a view. What it was before stays until the new one is whole. `isIncremental` says of a
 * batch whether its rows go into the table that is there.
 */
export async function runModel(context: RunContext, node: ModelNode, isIncremental?: boolean): Promise<ModelBuild> {
  if (node.materialization !== undefined) return runMaterialization(context, node, node.materialization);
  const prepared = node.supported ? await prepareQuery(context, node) : await refused(context, node);
  const compiledAt = context.clock.now();
  const failed = {
    ok: false,
    rowCount: undefined,
    columns: undefined,
    compiledAt,
    compiledCode: prepared.compiledCode,
  };
  if (prepared.value === undefined) return { ...failed, executedSql: undefined, diagnostics: prepared.diagnostics };
  const { value: query } = prepared;
  const table = embeddedName(node.relation, context.manifest.project.target);
  const grows = isIncremental ?? isGrowing(context, node, table);
  const planned =
    node.materialized === 'incremental'
      ? incrementalPlan(node, context.manifest, { batch: context.environment.batch, grows })
      : undefined;
  if (planned !== undefined && planned.value === undefined)
    return { ...failed, executedSql: undefined, diagnostics: [...prepared.diagnostics, ...planned.diagnostics] };
  const contract = await contractOf(context, node, query);
  const noted = [...prepared.diagnostics, ...contract.diagnostics];
  if (hasErrors(contract.diagnostics)) return { ...failed, executedSql: undefined, diagnostics: noted };
  if (planned?.value !== undefined && grows) {
    const { diagnostics, ...grown } = await growModel(context, node, { table, query, contract, plan: planned.value });
    return { ...failed, ...grown, diagnostics: [...noted, ...diagnostics] };
  }
  const kind = node.materialized === 'view' ? 'view' : 'table';
  const body = kind === 'table' && contract.isEnforced ? inContractOrder(node, query.sql) : query.sql;
  const executedSql = `create ${kind} ${embeddedTable(table)} as\n${body}`;
  const version = versionOf(context, node, executedSql);
  const known = context.catalog.get(table);
  if (isReused(context) && known?.version === version) {
    const { rowCount, columns } = known;
    return { ...failed, ok: true, executedSql: undefined, rowCount, columns, diagnostics: noted };
  }
  try {
    const verify = verification(context, node, table, kind === 'table' ? contract : undefined);
    const rowCount = await replaceRelation(context.engine, table, kind, executedSql, verify);
    const columns =
      orderedColumns(node, kind === 'table' ? contract : undefined, query.columns) ??
      (await untypedColumns(context.engine, table));
    await context.catalog.put({ relation: table, kind, version, rowCount, columns });
    return { ...failed, ok: true, executedSql, rowCount, columns, diagnostics: noted };
  } catch (error) {
    const found =
      error instanceof ConstraintBroken ? error.fault : databaseError(error, query.compiled, context.manifest);
    return { ...failed, executedSql, diagnostics: [...noted, found] };
  }
}

/** Looks whether a table keeps to the constraints of its contract, where it has one. */
function verification(
  context: RunContext,
  node: ModelNode,
  table: string,
  contract: Contract | undefined,
): () => Promise<void> {
  if (contract?.isEnforced !== true) return () => Promise.resolve();
  return () => checkConstraints(context, node, { table, columns: contract.columns });
}

/** A table with a contract has its columns in the order of the contract. */
function orderedColumns(
  node: ModelNode,
  contract: Contract | undefined,
  columns: readonly TypedColumn[] | undefined,
): readonly TypedColumn[] | undefined {
  if (contract?.isEnforced !== true) return columns;
  return node.columns.flatMap(({ name }) => contract.columns.filter((one) => one.name === name));
}

/** dbt compiles a model that it cannot build. */
async function refused(context: RunContext, node: ModelNode): Promise<Prepared> {
  const { value, diagnostics } = await compileAnswered(context, node);
  const place = { file: node.originalFilePath, range: node.range };
  const found = notOffered(materializationOf(node), context.manifest.project.target.type, place);
  return { value: undefined, diagnostics: [...diagnostics, found], compiledCode: value?.code };
}

/** What a relation was made from. An incremental model's code is another one once its table is there. */
function versionOf(context: RunContext, node: ModelNode, executedSql: string): string {
  const code =
    node.materialized === 'incremental'
      ? JSON.stringify([node.checksum, context.manifest.nodes.get(node.uniqueId)?.config])
      : executedSql;
  return sha256(code + versionsOfParents(context, node));
}

/** True when the rows of an incremental model go into the table that is there (dbt-adapters: incremental.sql). */
export function isGrowing({ catalog, environment }: RunContext, node: ModelNode, table: string): boolean {
  if (node.materialized !== 'incremental' || catalog.kindOf(table) !== 'table') return false;
  return !isFullRefresh(environment, node);
}

/** True when a node is built anew; its config goes before the flag (dbt-adapters: configs.sql, should_full_refresh). */
export function isFullRefresh(
  { fullRefresh }: RunContext['environment'],
  { config }: Pick<ModelNode, 'config'>,
): boolean {
  return (config['full_refresh'] ?? fullRefresh ?? false) === true;
}

/** True when a table was made from the code and data that an incremental model has now. */
export function isUpToDate(context: RunContext, node: ModelNode, table: string): boolean {
  return context.catalog.get(table)?.version === versionOf(context, node, '');
}

/** Each batch is built: whether any is to be is known before them. */
function isReused({ reuse, environment }: RunContext): boolean {
  return reuse && environment.batch === undefined;
}

/** What a growing model's rows go into, and how. */
interface Growth {
  readonly table: string;
  readonly query: PreparedQuery;
  readonly contract: Contract;
  readonly plan: IncrementalPlan;
}

async function growModel(
  context: RunContext,
  node: ModelNode,
  { table, query, contract, plan }: Growth,
): Promise<Pick<ModelBuild, 'ok' | 'executedSql' | 'rowCount' | 'columns' | 'diagnostics'>> {
  const { engine, catalog, manifest } = context;
  const nothing = { ok: false, executedSql: undefined, rowCount: undefined, columns: undefined };
  const before = catalog.get(table);
  const version = versionOf(context, node, '');
  if (isReused(context) && before?.version === version) {
    return { ...nothing, ok: true, rowCount: before.rowCount, columns: before.columns, diagnostics: [] };
  }
  const conditions = growthConditions(context, node, { table, plan, columns: query.columns });
  if (conditions.value === undefined) return { ...nothing, diagnostics: conditions.diagnostics };
  try {
    const verify = verification(context, node, table, contract);
    const { sql, rowCount } =
      typeof plan.strategy === 'string'
        ? await growTable(engine, table, query.sql, { ...plan, ...conditions.value }, verify)
        : await growByMacro(context, node, { ...query, table, plan, macro: plan.strategy }, verify);
    const names = (await tableColumns(engine, table)).map(({ name }) => name);
    const columns = mergedColumns(names, before?.columns ?? [], query.columns ?? []);
    await catalog.put({ relation: table, kind: 'table', version, rowCount, columns });
    return { ok: true, executedSql: sql, rowCount, columns, diagnostics: [] };
  } catch (error) {
    if (error instanceof ConstraintBroken) return { ...nothing, diagnostics: [error.fault] };
    if (error instanceof StrategyFailed) return { ...nothing, diagnostics: error.faults };
    const found =
      error instanceof GrowthRefused
        ? diagnostic(`run.${error.kind}`, { detail: error.message }, { file: node.originalFilePath, range: node.range })
        : databaseError(error, query.compiled, manifest);
    return { ...nothing, diagnostics: [found] };
  }
}
