import type { ModelNode } from '../compile/manifest.ts';
import { quoteForAdapter } from '../compile/relation.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { dest, src, stagingName } from './growTable.ts';
import type { IncrementalPlan } from './incrementalPlan.ts';
import type { RunContext } from './runContext.ts';
import { translateQuery } from './translateQuery.ts';

/**
 * The predicates of an incremental model in SQLite's SQL; `columns` are those of its new rows. What deletes and inserts
 * sees the rows of the table alone, a merge sees both. A strategy of the project's own takes them as they are written.
 */
export function growthPredicates(
  context: Pick<RunContext, 'manifest' | 'moment' | 'catalog'>,
  node: ModelNode,
  { table, plan, columns }: { table: string; plan: IncrementalPlan; columns: readonly TypedColumn[] | undefined },
): Outcome<readonly string[]> {
  if (typeof plan.strategy !== 'string') return { value: [], diagnostics: [] };
  const place = { file: node.originalFilePath, range: node.range };
  const { type } = context.manifest.project.target;
  const staging = stagingName(table);
  const types = { ...context.catalog.types(), ...(columns !== undefined && { [staging]: columns }) };
  const named = (name: string, alias: string): string => `main.${quoteForAdapter(name, type)} as ${alias}`;
  const from = [named(table, dest), ...(plan.strategy === 'merge' ? [named(staging, src)] : [])].join(', ');
  const diagnostics: Diagnostic[] = [];
  const value = plan.predicates.flatMap((predicate) => {
    const marked = ' where (';
    const code = `select 1 from ${from}${marked}${predicate})`;
    const found = translateQuery({ ...context, catalog: { types: () => types } }, { code, locate: () => place });
    diagnostics.push(...found.diagnostics);
    const { sql } = found.value ?? {};
    return sql === undefined ? [] : [sql.slice(sql.indexOf(marked) + marked.length, -1)];
  });
  return { value: hasErrors(diagnostics) ? [] : value, diagnostics };
}
