import type { ModelNode } from '../compile/manifest.ts';
import { embeddedTable, quoteForAdapter } from '../compile/relation.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { dest, src, stagingName, type GrowthConditions } from './growTable.ts';
import type { IncrementalPlan } from './incrementalPlan.ts';
import type { RunContext } from './runContext.ts';
import { translateQuery } from './translateQuery.ts';

/**
 * What an incremental model's plan says of rows, in SQLite's SQL; `columns` are those of its new rows. What deletes and
 * inserts sees the rows of the table alone, a merge sees both. A strategy of the project's own takes its predicates as
 * they are written; what overwrites partitions looks at none. Without a value the diagnostics say why.
 */
export function growthConditions(
  context: Pick<RunContext, 'manifest' | 'moment' | 'catalog'>,
  node: ModelNode,
  { table, plan, columns }: { table: string; plan: IncrementalPlan; columns: readonly TypedColumn[] | undefined },
): Outcome<GrowthConditions | undefined> {
  const none = { predicates: [], removed: undefined, taken: undefined };
  if (typeof plan.strategy !== 'string') return { value: none, diagnostics: [] };
  const place = { file: node.originalFilePath, range: node.range };
  const { type } = context.manifest.project.target;
  const staging = stagingName(table);
  const types = { ...context.catalog.types(), ...(columns !== undefined && { [staging]: columns }) };
  const named = (name: string, alias: string): string => `main.${quoteForAdapter(name, type)} as ${alias}`;
  const [old, fresh] = [named(table, dest), named(staging, src)];
  const diagnostics: Diagnostic[] = [];
  const translated = (condition: string, ...from: readonly string[]): string => {
    const marked = ' where (';
    const code = `select 1 from ${from.join(', ')}${marked}${condition})`;
    const found = translateQuery({ ...context, catalog: { types: () => types } }, { code, locate: () => place });
    diagnostics.push(...found.diagnostics);
    const { sql = '' } = found.value ?? {};
    return sql.slice(sql.indexOf(marked) + marked.length, -1);
  };
  const { replaced } = plan;
  const seen = plan.strategy === 'merge' ? [old, fresh] : [old];
  const predicates = (): readonly string[] => plan.predicates.map((one) => translated(one, ...seen));
  const value = ((): GrowthConditions => {
    switch (replaced?.kind) {
      case undefined:
        return { ...none, predicates: predicates() };
      case 'all':
        return { ...none, removed: 'true' };
      case 'span': {
        const taken = replaced.isOfNew ? translated(replaced.condition, fresh) : undefined;
        return { predicates: predicates(), removed: translated(replaced.condition, old), taken };
      }
      case 'partitions': {
        const [was, is] = [replaced.of(dest), replaced.of(src)];
        const same = was.map((one, at) => sameValue(one, is[at] ?? one, replaced.hasNull)).join(' and ');
        const newRows = `temp.${embeddedTable(staging).slice('main.'.length)} as ${src}`;
        const removed = `exists (select 1 from ${newRows} where ${translated(same, old, fresh)})`;
        return { ...none, removed };
      }
      case 'listed': {
        const removed = translated(`${replaced.of(dest)} in (${replaced.values.join(', ')})`, old);
        return { ...none, removed };
      }
    }
  })();
  return { value: hasErrors(diagnostics) ? undefined : value, diagnostics };
}

function sameValue(one: string, other: string, hasNull: boolean): string {
  return hasNull ? `(${one} = ${other} or (${one} is null and ${other} is null))` : `${one} = ${other}`;
}
