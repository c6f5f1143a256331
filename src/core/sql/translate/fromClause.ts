import type { TypedColumn } from '../translation.ts';
import type { FromClause, Identifier, Join, TableFactor } from '../tree.ts';
import { condition } from './conditions.ts';
import { refuse, splice, type Context, type Piece } from './context.ts';
import { quoteName } from './emitted.ts';
import { nameText } from './columns.ts';
import { joinColumns } from './joinColumns.ts';
import { series } from './series.ts';
import { tableColumns, type Scope, type Source, type Tables } from './scope.ts';

/** FROM as SQLite is given it, and what it brings into scope. */
export interface EmittedFrom {
  readonly pieces: readonly Piece[];
  readonly sources: readonly Source[];
  readonly merged: ReadonlySet<string>;
}

interface Gathering {
  readonly pieces: Piece[];
  readonly sources: Source[];
  readonly merged: Set<string>;
  /** ON conditions, translated when all tables are in scope. */
  readonly conditions: { readonly join: Join; readonly sources: number }[];
}

/** Translates FROM: `scope` is what the query sees around it. */
export function fromClause(context: Context, from: FromClause, tables: Tables, outer: Scope | undefined): EmittedFrom {
  const gathering: Gathering = { pieces: [], sources: [], merged: new Set(), conditions: [] };
  gatherFrom(context, from, tables, outer, gathering);
  const { pieces, sources, merged } = gathering;
  for (const { join, sources: seen } of gathering.conditions) {
    if (join.on === undefined) continue;
    const scope: Scope = {
      sources: sources.slice(0, seen),
      merged,
      tables,
      outer,
      aliases: new Map(),
      inlinesAliases: false,
    };
    pieces.push({ span: join.on.span, sql: condition(context, join.on, scope).sql });
  }
  return { pieces, sources, merged };
}

function gatherFrom(context: Context, from: FromClause, tables: Tables, outer: Scope | undefined, to: Gathering): void {
  gatherFactor(context, from.first, tables, outer, to);
  let hadComma = false;
  for (const join of from.joins) {
    if (join.kind === 'comma') hadComma = true;
    // SQLite joins from left to right; elsewhere a comma binds less, which an outer join can tell.
    else if (hadComma && (join.kind === 'right' || join.kind === 'full')) {
      refuse(context, join.span, 'A RIGHT or FULL JOIN after a comma in FROM', 'write the comma as CROSS JOIN');
    }
    const before = to.sources.length;
    gatherFactor(context, join.factor, tables, outer, to);
    const sides = { left: to.sources.slice(0, before), right: to.sources.slice(before), merged: to.merged };
    for (const name of joinColumns(context, join, sides)) to.merged.add(name);
    to.conditions.push({ join, sources: to.sources.length });
  }
}

function gatherFactor(
  context: Context,
  factor: TableFactor,
  tables: Tables,
  outer: Scope | undefined,
  to: Gathering,
): void {
  if (factor.kind === 'joined') {
    gatherFrom(context, factor.from, tables, outer, to);
    return;
  }
  if (factor.kind === 'function') {
    const { sql, source } = series(context, factor, tables, outer);
    to.pieces.push({ span: factor.span, sql });
    to.sources.push(source);
    return;
  }
  const made =
    factor.kind === 'table' ? tableFactor(context, factor, tables) : derivedTable(context, factor, tables, outer);
  to.pieces.push(...made.pieces);
  to.sources.push(made.source);
}

interface EmittedFactor {
  readonly pieces: readonly Piece[];
  readonly source: Source;
}

function tableFactor(context: Context, factor: Extract<TableFactor, { kind: 'table' }>, tables: Tables): EmittedFactor {
  if (factor.path.length > 2) {
    refuse(context, factor.span, 'A table with a database before its schema', 'name it by schema and table');
  }
  const name = factor.alias ?? factor.path.at(-1);
  const columns = tableColumns(tables, factor.path);
  const source: Source = { name: (name?.name ?? '').toLowerCase(), columns };
  if (factor.columns.length > 0) {
    refuse(context, factor.span, 'Renaming the columns of a table in FROM', 'rename them in a subquery');
  }
  const names = [...factor.path, ...(factor.alias === undefined ? [] : [factor.alias])];
  return { pieces: names.map((one) => ({ span: one.span, sql: nameText(context, one) })), source };
}

function derivedTable(
  context: Context,
  factor: Extract<TableFactor, { kind: 'derived' }>,
  tables: Tables,
  outer: Scope | undefined,
): EmittedFactor {
  // A subquery in FROM sees nothing of its neighbours, only what is around the whole query.
  const query = context.query(factor.query, tables, outer);
  const { alias } = factor;
  const source: Source = { name: (alias?.name ?? '').toLowerCase(), columns: query.columns };
  const inner = splice(context.sql, factor.querySpan, [{ span: factor.query.span, sql: query.sql }]);
  if (alias === undefined) return { pieces: [{ span: factor.querySpan, sql: inner }], source };
  if (factor.columns.length === 0) {
    return {
      pieces: [
        { span: factor.querySpan, sql: inner },
        { span: alias.span, sql: nameText(context, alias) },
      ],
      source,
    };
  }
  return renamed(context, factor, query.columns, inner, alias);
}

/** `(…) as t(a, b)`: SQLite names columns only in WITH, which a subquery may have of its own. */
function renamed(
  context: Context,
  factor: Extract<TableFactor, { kind: 'derived' }>,
  columns: readonly TypedColumn[] | undefined,
  inner: string,
  alias: Identifier,
): EmittedFactor {
  const names = factor.columns.map((one) => one.name);
  if (columns !== undefined && columns.length !== names.length) {
    refuse(
      context,
      factor.span,
      `${String(names.length)} names for ${String(columns.length)} columns`,
      'name them all',
    );
  }
  const list = names.map((one) => quoteName(one)).join(', ');
  const name = quoteName(alias.name);
  const sql = `(with ${name}(${list}) as ${inner} select * from ${name}) as ${name}`;
  const typed = columns === undefined ? undefined : names.map((one, i) => ({ name: one, type: typeAt(columns, i) }));
  return { pieces: [{ span: factor.span, sql }], source: { name: alias.name.toLowerCase(), columns: typed } };
}

function typeAt(columns: readonly TypedColumn[], index: number): TypedColumn['type'] {
  return columns[index]?.type ?? { kind: 'unknown' };
}
