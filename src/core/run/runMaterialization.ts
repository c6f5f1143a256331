import { callMaterialization } from '../compile/callMaterialization.ts';
import type { Compilation } from '../compile/compileNode.ts';
import type { MacroDefinition } from '../compile/macroScope.ts';
import type { ModelNode } from '../compile/manifest.ts';
import { embeddedName, embeddedTable } from '../compile/relation.ts';
import { sha256 } from '../compile/sha256.ts';
import { diagnostic, hasErrors, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { answering } from './answering.ts';
import { inTransaction } from './inTransaction.ts';
import type { ModelBuild } from './modelBuild.ts';
import { versionsOfParents } from './parentVersions.ts';
import { compileAnswered } from './prepareQuery.ts';
import { countRows } from './replaceRelation.ts';
import type { RunContext } from './runContext.ts';
import { translateQuery } from './translateQuery.ts';

/** Adapters on which everything is undone that is not committed; the others commit each statement. */
const transactional: readonly string[] = ['duckdb', 'postgres', 'sqlite'];

/** Undoes the transaction of a model that could not be built, or that was not committed: then it counts as built. */
class Undone extends Error {
  readonly found: readonly Diagnostic[];
  readonly built: Pick<ModelBuild, 'executedSql' | 'message'> | undefined;

  constructor(found: readonly Diagnostic[], built?: Pick<ModelBuild, 'executedSql' | 'message'>) {
    super('the transaction of a materialization is undone');
    this.found = found;
    this.built = built;
  }
}

/**
 * Builds a model by a materialization of the project or of a package: its macro runs the statements that it wants,
 * within one transaction, so that a fault leaves everything as it was.
 */
export async function runMaterialization(
  context: RunContext,
  node: ModelNode,
  materialization: MacroDefinition,
): Promise<ModelBuild> {
  const { engine, catalog, manifest, clock } = context;
  const { value: compiled, diagnostics } = await compileAnswered(context, node);
  const base = {
    ok: false,
    executedSql: undefined,
    rowCount: undefined,
    columns: undefined,
    compiledCode: compiled?.code,
    compiledAt: clock.now(),
  };
  if (compiled === undefined) return { ...base, diagnostics };
  const table = embeddedName(node.relation, manifest.project.target);
  const version = sha256(
    JSON.stringify([compiled.code, node.config, materialization.source, versionsOfParents(context, node)]),
  );
  const known = catalog.get(table);
  if (context.reuse && known?.version === version)
    return { ...base, ok: true, rowCount: known.rowCount, columns: known.columns, diagnostics };
  const temporaries = new Set<string>();
  try {
    const { relations, sql, message, noted } = await inTransaction(engine, async () => {
      const called = await answering({ ...context, temporaries }, (environment) =>
        callMaterialization(manifest, node, materialization, compiled.code, environment),
      );
      if (called.value === undefined) throw new Undone(called.diagnostics);
      const { sql: executedSql, message, committed } = called.value;
      const { type: adapter } = manifest.project.target;
      if (!committed && transactional.includes(adapter)) {
        const place = { file: materialization.file, range: materialization.definition.nameRange };
        const found = diagnostic('compile.notCommitted', { name: materialization.definition.name, adapter }, place);
        throw new Undone([...called.diagnostics, found], { executedSql, message });
      }
      for (const name of temporaries) await engine.exec(`drop table if exists ${embeddedTable(name)}`);
      return { ...called.value, noted: called.diagnostics };
    });
    if (temporaries.size > 0) await catalog.refresh();
    const made = relations.map((one) => embeddedName(one, manifest.project.target));
    const entry = made.includes(table) ? catalog.get(table) : undefined;
    const counted = entry?.kind === 'table' ? await countRows(engine, embeddedTable(table)) : undefined;
    if (entry !== undefined) await catalog.put({ ...entry, version, rowCount: counted });
    const built = { rowCount: counted, columns: entry?.columns, executedSql: sql, message };
    return { ...base, ...built, ok: true, diagnostics: [...diagnostics, ...noted] };
  } catch (error) {
    if (!(error instanceof Undone)) throw error;
    await catalog.refresh();
    if (error.built !== undefined)
      return { ...base, ...error.built, ok: true, diagnostics: [...diagnostics, ...error.found] };
    return { ...base, diagnostics: [...diagnostics, ...(queryFaults(context, compiled) ?? error.found)] };
  }
}

/** What is wrong with the model's own query: said where it stands, before what the materialization made of it. */
function queryFaults(context: RunContext, compiled: Compilation): readonly Diagnostic[] | undefined {
  const { diagnostics } = translateQuery(context, compiled);
  const isOther = diagnostics.some(({ code }) => code === 'sql.syntax');
  return hasErrors(diagnostics) && !isOther ? diagnostics : undefined;
}
