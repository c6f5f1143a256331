import type { TypedColumn } from '../translation.ts';
import type { SelectItem } from '../tree.ts';
import { nearestName } from '../../diagnostics/nearestName.ts';
import { refuse, sourceOf, type Context } from './context.ts';
import { quoteName } from './emitted.ts';
import type { Scope, Source } from './scope.ts';

type Star = Extract<SelectItem, { kind: 'star' }>;

/** What a star stands for. */
export interface EmittedStar {
  readonly sql: string;
  readonly columns: readonly TypedColumn[] | undefined;
}

/** `*` and `t.*` stay as they are; EXCLUDE and REPLACE are written out, which needs all columns to be known. */
export function star(context: Context, item: Star, scope: Scope): EmittedStar {
  const sources = starSources(context, item, scope);
  if (scope.sources.length === 0) refuse(context, item.span, 'A star without FROM');
  const isKnown = sources.every((one) => one.columns !== undefined);
  const columns = isKnown ? starColumns(sources, scope) : undefined;
  const isPlain = item.exclude.length === 0 && item.replace.length === 0;
  if (isPlain) return { sql: sourceOf(context, item.span), columns: columns?.map(({ column }) => column) };
  if (columns === undefined) {
    refuse(context, item.span, 'EXCLUDE or REPLACE on a table whose columns are not known', 'list the columns');
    return { sql: '*', columns: undefined };
  }
  return written(context, item, scope, columns);
}

interface StarColumn {
  readonly source: Source;
  readonly column: TypedColumn;
}

function starSources(context: Context, item: Star, scope: Scope): readonly Source[] {
  const { qualifier } = item;
  if (qualifier === undefined) return scope.sources;
  const sources = scope.sources.filter((one) => one.name === qualifier.name.toLowerCase());
  if (sources.length === 0) {
    const suggestion = nearestName(
      qualifier.name,
      scope.sources.map((one) => one.name),
    );
    context.report('sql.unknownTable', { name: qualifier.name, suggestion }, qualifier.span);
  }
  return sources;
}

/** A column that USING merged stands once, where it first came. */
function starColumns(sources: readonly Source[], scope: Scope): readonly StarColumn[] {
  const seen = new Set<string>();
  return sources.flatMap((source) =>
    (source.columns ?? []).flatMap((column) => {
      const name = column.name.toLowerCase();
      if (scope.merged.has(name) && seen.has(name)) return [];
      seen.add(name);
      return [{ source, column }];
    }),
  );
}

function written(context: Context, item: Star, scope: Scope, columns: readonly StarColumn[]): EmittedStar {
  const names = new Set(columns.map(({ column }) => column.name.toLowerCase()));
  for (const name of [...item.exclude, ...item.replace.map((one) => one.name)]) {
    if (!names.has(name.name.toLowerCase())) context.report('sql.unknownColumn', { name: name.name }, name.span);
  }
  const excluded = new Set(item.exclude.map((one) => one.name.toLowerCase()));
  const kept = columns.filter(({ column }) => !excluded.has(column.name.toLowerCase()));
  const parts = kept.map(({ source, column }) => {
    const replacement = item.replace.find((one) => one.name.name.toLowerCase() === column.name.toLowerCase());
    if (replacement !== undefined) {
      const e = context.expr(replacement.expr, scope);
      return { sql: `${e.sql} as ${quoteName(column.name)}`, column: { name: column.name, type: e.type } };
    }
    const isMerged = scope.merged.has(column.name.toLowerCase());
    const qualifier = isMerged || source.name === '' ? '' : `${quoteName(source.name)}.`;
    return { sql: qualifier + quoteName(column.name), column };
  });
  return { sql: parts.map((one) => one.sql).join(', '), columns: parts.map((one) => one.column) };
}
