import { reach } from '../compile/graph.ts';
import type { ModelNode } from '../compile/manifest.ts';
import { embeddedName, quoteIdentifier } from '../compile/relation.ts';
import { sha256 } from '../compile/sha256.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { databaseError, prepareQuery } from './prepareQuery.ts';
import { sqlText } from './relationCatalog.ts';
import type { RunContext } from './runContext.ts';
import type { SqlEngine } from './sqlEngine.ts';

/** What building a model gave. */
export interface ModelBuild {
  readonly ok: boolean;
  readonly compiledCode: string | undefined;
  readonly executedSql: string | undefined;
  readonly rowCount: number | undefined;
  readonly columns: readonly TypedColumn[] | undefined;
  readonly compiledAt: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Builds a model as a table or a view. What it was before stays until the new one is whole. */
export async function runModel(context: RunContext, node: ModelNode): Promise<ModelBuild> {
  const prepared = node.supported ? prepareQuery(context, node) : refused(node);
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
  const executedSql = `create ${node.materialized} main.${quoteIdentifier(table)} as\n${query.sql}`;
  const version = sha256(executedSql + versionsOfParents(context, node));
  const known = context.catalog.get(table);
  if (context.reuse && known?.version === version) {
    const { rowCount, columns } = known;
    return { ...failed, ok: true, executedSql: undefined, rowCount, columns, diagnostics: prepared.diagnostics };
  }
  try {
    const rowCount = await replaceRelation(context.engine, table, node.materialized, executedSql);
    const columns = query.columns ?? (await untypedColumns(context.engine, table));
    await context.catalog.put({ relation: table, version, rowCount, columns });
    const { diagnostics } = prepared;
    return { ...failed, ok: true, executedSql, rowCount, columns, diagnostics };
  } catch (error) {
    const found = databaseError(error, query.compiled, context.manifest);
    return { ...failed, executedSql, diagnostics: [...prepared.diagnostics, found] };
  }
}

function refused(node: ModelNode): ReturnType<typeof prepareQuery> {
  const materialized = textConfig(node.config, 'materialized') ?? '';
  const place = { file: node.originalFilePath, range: node.range };
  const found = diagnostic('compile.unsupportedMaterialization', { materialized }, place);
  return { value: undefined, diagnostics: [found], compiledCode: undefined };
}

/** What the model's table depends on beside its own code: the versions of the tables that it reads. */
function versionsOfParents({ manifest, catalog }: RunContext, node: ModelNode): string {
  const tables = [...reach(manifest.graph.parents, [node.uniqueId])].sort().map((id) => {
    const parent = manifest.nodes.get(id);
    const hasTable = parent !== undefined && parent.resourceType !== 'test' && parent.resourceType !== 'exposure';
    return hasTable ? catalog.get(embeddedName(parent.relation, manifest.project.target))?.version : undefined;
  });
  return tables.filter((version) => version !== undefined).join('\n');
}

/** Drops the relation and makes the new one within a transaction, so that a fault leaves the old one. */
async function replaceRelation(
  engine: SqlEngine,
  table: string,
  materialized: ModelNode['materialized'],
  create: string,
): Promise<number | undefined> {
  const name = `main.${quoteIdentifier(table)}`;
  await engine.exec('begin');
  try {
    await dropRelation(engine, table);
    await engine.exec(create);
    // A view is only checked when it is read.
    if (materialized === 'view') await engine.query(`select * from ${name} limit 0`);
    const rowCount = materialized === 'view' ? undefined : await countRows(engine, name);
    await engine.exec('commit');
    return rowCount;
  } catch (error) {
    await engine.exec('rollback');
    throw error;
  }
}

async function dropRelation(engine: SqlEngine, table: string): Promise<void> {
  const { rows } = await engine.query(
    `select type from main.sqlite_master where type in ('table', 'view') and lower(name) = lower(${sqlText(table)})`,
  );
  for (const [type] of rows) await engine.exec(`drop ${String(type)} main.${quoteIdentifier(table)}`);
}

async function countRows(engine: SqlEngine, name: string): Promise<number> {
  const { rows } = await engine.query(`select count(*) from ${name}`);
  return Number(rows[0]?.[0] ?? 0);
}

async function untypedColumns(engine: SqlEngine, table: string): Promise<readonly TypedColumn[]> {
  const { columns } = await engine.query(`select * from main.${quoteIdentifier(table)} limit 0`);
  return columns.map((name) => ({ name, type: { kind: 'unknown' } }));
}
