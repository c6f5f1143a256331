import { callStrategy } from '../compile/callStrategy.ts';
import type { MacroDefinition } from '../compile/macroScope.ts';
import type { ModelNode } from '../compile/manifest.ts';
import { embeddedTable } from '../compile/relation.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { answering } from './answering.ts';
import { schemaChanges, stagingName } from './growTable.ts';
import { inTransaction } from './inTransaction.ts';
import type { IncrementalPlan } from './incrementalPlan.ts';
import { countRows } from './replaceRelation.ts';
import type { RunContext } from './runContext.ts';
import { runStatement } from './runStatement.ts';
import { tableColumns } from './tableColumns.ts';

/** The statements of a strategy could not be written or run; nothing was changed. */
export class StrategyFailed extends Error {
  readonly faults: readonly Diagnostic[];

  constructor(faults: readonly Diagnostic[]) {
    super('an incremental strategy failed');
    this.faults = faults;
  }
}

/** What is taken into a table, by which macro. */
export interface MacroGrowth {
  readonly table: string;
  /** The query of the new rows in SQLite's SQL, and its columns. */
  readonly sql: string;
  readonly columns: readonly TypedColumn[] | undefined;
  readonly plan: IncrementalPlan;
  readonly macro: MacroDefinition;
}

/**
 * Takes the rows of a query into a table by the statements of a project's own strategy, within a transaction. The new
 * rows stand in a table of their own meanwhile. Gives what was run and the number of rows there are now. Throws
 * `StrategyFailed`, `GrowthRefused`, the engine's errors, and what `verify` throws.
 */
export async function growByMacro(
  context: RunContext,
  node: ModelNode,
  { table, sql: query, columns, plan, macro }: MacroGrowth,
  verify: () => Promise<void>,
): Promise<{ readonly sql: string; readonly rowCount: number }> {
  const { engine, catalog, manifest } = context;
  const relation = { ...node.relation, identifier: `${node.relation.identifier}__dbt_tmp` };
  const staging = stagingName(table);
  const run: string[] = [];
  const exec = async (sql: string): Promise<void> => {
    run.push(sql);
    await engine.exec(sql);
  };
  const work = async (): Promise<{ readonly sql: string; readonly rowCount: number }> => {
    await engine.exec(`drop table if exists ${embeddedTable(staging)}`);
    await exec(`create table ${embeddedTable(staging)} as\n${query}`);
    if (columns !== undefined)
      await catalog.put({ relation: staging, kind: 'table', version: '', rowCount: undefined, columns });
    const [present, staged] = [await tableColumns(engine, table), await tableColumns(engine, staging)];
    const { changes, columns: taken } = schemaChanges(embeddedTable(table), present, staged, plan.onSchemaChange);
    for (const change of changes) await exec(change);
    await catalog.refresh();
    const names = taken.map(({ name }) => name);
    const written = await answering(context, (environment) =>
      callStrategy(manifest, node, { macro, staged: relation, columns: names }, environment),
    );
    if (written.value === undefined) throw new StrategyFailed(written.diagnostics);
    run.push(written.value);
    const answer = await runStatement(context, written.value);
    if (answer.kind === 'fault') {
      const place = { file: macro.file, range: macro.definition.nameRange };
      throw new StrategyFailed([diagnostic('compile.statementFailed', { detail: answer.message }, place)]);
    }
    await exec(`drop table ${embeddedTable(staging)}`);
    await verify();
    return { sql: run.join(';\n'), rowCount: await countRows(engine, embeddedTable(table)) };
  };
  // The catalog knows the table of the new rows meanwhile, however it ends.
  return inTransaction(engine, work).finally(() => catalog.refresh());
}
