import type { SnapshotNode } from '../compile/manifest.ts';
import { embeddedName, embeddedTable, quoteIdentifier } from '../compile/relation.ts';
import { textConfig } from '../project/nodeConfig.ts';
import { sha256 } from '../compile/sha256.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { SqlType, TypedColumn } from '../sql/translation.ts';
import { versionsOfParents } from './parentVersions.ts';
import { prepareQuery } from './prepareQuery.ts';
import { databaseError, translateQuery, type PreparedQuery } from './translateQuery.ts';
import type { RunContext } from './runContext.ts';
import type { ModelBuild } from './modelBuild.ts';
import { snapshotPlan, type SnapshotPlan } from './snapshotPlan.ts';
import { currentVersions, firstVersions, nextVersions, type SnapshotSubject } from './snapshotSql.ts';
import type { SqlEngine } from './sqlEngine.ts';
import { mergedColumns, named, tableColumns, type DeclaredColumn } from './tableColumns.ts';
import { inTransaction } from './inTransaction.ts';

/** What is wrong with a snapshot's columns. */
class SnapshotRefused extends Error {}

/** Takes the versions of a query's rows into a snapshot's table, within a transaction. */
export async function runSnapshot(context: RunContext, node: SnapshotNode): Promise<ModelBuild> {
  const unknown = unknownStrategy(node);
  const prepared = await prepareQuery(context, node);
  const compiledAt = context.clock.now();
  const failed = { ok: false, rowCount: undefined, columns: undefined, executedSql: undefined, compiledAt };
  const base = { ...failed, compiledCode: prepared.compiledCode };
  const plan = snapshotPlan(node);
  const until = validToCurrent(context, node, plan);
  const diagnostics = [...prepared.diagnostics, ...unknown, ...until.diagnostics];
  if (prepared.value === undefined || unknown.length > 0 || until.value === undefined) return { ...base, diagnostics };
  const { engine, catalog, manifest } = context;
  const table = embeddedName(node.relation, manifest.project.target);
  const known = catalog.get(table);
  const version = sha256(JSON.stringify([node.checksum, node.config]) + versionsOfParents(context, node));
  if (context.reuse && known?.version === version) {
    const { rowCount, columns } = known;
    return { ...base, ok: true, rowCount, columns, diagnostics };
  }
  try {
    const literal = await literalOf(engine, until.value);
    const taken = await takeVersions(engine, {
      table,
      plan,
      query: prepared.value,
      now: momentOf(compiledAt),
      literal,
    });
    const columns = mergedColumns(taken.names, known?.columns ?? [], typesOf(prepared.value, plan));
    await catalog.put({ relation: table, kind: 'table', version, rowCount: taken.rowCount, columns });
    return { ...base, ok: true, executedSql: taken.sql, rowCount: taken.rowCount, columns, diagnostics };
  } catch (error) {
    const place = { file: node.originalFilePath, range: node.range };
    const found =
      error instanceof SnapshotRefused
        ? diagnostic('run.snapshotColumns', { detail: error.message }, place)
        : databaseError(error, prepared.value.compiled, manifest);
    return { ...base, diagnostics: [...diagnostics, found] };
  }
}

/** A strategy that is not there fails the snapshot, and not the project that is read (as in dbt). */
function unknownStrategy({ config, originalFilePath: file, range }: SnapshotNode): readonly Diagnostic[] {
  const strategy = textConfig(config, 'strategy') ?? '';
  if (strategy === 'timestamp' || strategy === 'check') return [];
  return [diagnostic('compile.snapshotStrategy', { strategy }, { file, range }, { severity: 'error' })];
}

/** The query of `dbt_valid_to_current`; an empty text when it is not configured. */
function validToCurrent(
  context: RunContext,
  node: SnapshotNode,
  { validToCurrent: sql }: SnapshotPlan,
): { readonly value: string | undefined; readonly diagnostics: readonly Diagnostic[] } {
  if (sql === undefined) return { value: '', diagnostics: [] };
  const place = { file: node.originalFilePath, range: node.range };
  const { value, diagnostics } = translateQuery(context, { code: `select ${sql} as valid_to`, locate: () => place });
  return { value: value?.sql, diagnostics };
}

async function literalOf(engine: SqlEngine, query: string): Promise<string> {
  if (query === '') return 'null';
  const { rows } = await engine.query(`select quote(valid_to) from (${query})`);
  return String(rows[0]?.[0] ?? 'null');
}

interface Taking {
  readonly table: string;
  readonly plan: SnapshotPlan;
  readonly query: PreparedQuery;
  readonly now: string;
  readonly literal: string;
}

async function takeVersions(
  engine: SqlEngine,
  { table, plan, query, now, literal }: Taking,
): Promise<{ readonly sql: string; readonly rowCount: number; readonly names: readonly string[] }> {
  const [staging, valid] = [`${table}__dbt_tmp`, `${table}__dbt_current`];
  const target = embeddedTable(table);
  const source = `temp.${quoteIdentifier(staging)}`;
  const current = `temp.${quoteIdentifier(valid)}`;
  const run: string[] = [];
  const exec = async (sql: string): Promise<void> => {
    run.push(sql);
    await engine.exec(sql);
  };
  return inTransaction(engine, async () => {
    await exec(`create temp table ${quoteIdentifier(staging)} as\n${query.sql}`);
    const sourceColumns = await tableColumns(engine, staging, 'temp');
    checkColumns(plan, sourceColumns);
    const subject: SnapshotSubject = { plan, target, source, current, sourceColumns, now, validToCurrent: literal };
    const present = await tableColumns(engine, table);
    if (present.length === 0) {
      await exec(`create table ${target} as\n${firstVersions(subject)}`);
    } else {
      checkTarget(plan, present);
      await exec(`create temp table ${quoteIdentifier(valid)} as\n${currentVersions(subject)}`);
      const added = sourceColumns.filter(({ name }) => named(present, name) === undefined);
      for (const { name, declaredType } of added)
        await exec(`alter table ${target} add column ${`${quoteIdentifier(name)} ${declaredType}`.trim()}`);
      for (const statement of nextVersions(subject, present)) await exec(statement);
      await exec(`drop table ${current}`);
    }
    await exec(`drop table ${source}`);
    const { rows } = await engine.query(`select count(*) from ${target}`);
    const names = (await tableColumns(engine, table)).map(({ name }) => name);
    return { sql: run.join(';\n'), rowCount: Number(rows[0]?.[0] ?? 0), names };
  });
}

/** Keys, `updated_at` and what is compared must be columns of the query. */
function checkColumns(plan: SnapshotPlan, columns: readonly DeclaredColumn[]): void {
  const { uniqueKey, updatedAt, check } = plan;
  const compared: readonly string[] = check === undefined || check === 'all' ? [] : check;
  const needed = [...uniqueKey, ...(updatedAt === undefined ? [] : [updatedAt]), ...compared];
  const missing = needed.filter((name) => named(columns, name) === undefined);
  if (missing.length > 0)
    throw new SnapshotRefused(
      `the query gives no column ${missing.join(', ')} (names of columns are taken, and no expressions)`,
    );
}

/** The table must be a snapshot of this kind already (dbt-adapters: assert_valid_snapshot_target_given_strategy). */
function checkTarget({ columns, hardDeletes }: SnapshotPlan, present: readonly DeclaredColumn[]): void {
  const { isDeleted, ...always } = columns;
  const needed = [...Object.values(always), ...(hardDeletes === 'new_record' ? [isDeleted] : [])];
  const missing = needed.filter((name) => named(present, name) === undefined);
  if (missing.length > 0)
    throw new SnapshotRefused(`its table is no snapshot of this kind: it lacks ${missing.join(', ')}`);
}

/** A moment as the embedded database keeps it. */
function momentOf(milliseconds: number): string {
  const iso = new Date(milliseconds).toISOString();
  const fraction = iso.slice(20, 23);
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction === '000' ? '' : `.${fraction}000`}`;
}

/** The types of the columns that a snapshot's table has by this run. */
function typesOf({ columns = [] }: PreparedQuery, plan: SnapshotPlan): readonly TypedColumn[] {
  const moment: SqlType =
    plan.updatedAt === undefined
      ? { kind: 'timestamp' }
      : (named(columns, plan.updatedAt)?.type ?? { kind: 'unknown' });
  const { scdId, updatedAt, validFrom, validTo, isDeleted } = plan.columns;
  const meta = [updatedAt, validFrom, validTo].map((name): TypedColumn => ({ name, type: moment }));
  const texts = [scdId, isDeleted].map((name): TypedColumn => ({ name, type: { kind: 'text' } }));
  return [...columns, ...texts, ...meta];
}
