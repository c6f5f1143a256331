import type { RelationTypes, SqlType, TypedColumn } from '../translation.ts';
import type { Expr, Identifier } from '../tree.ts';

/** A table, subquery or CTE in FROM; its columns are undefined when nobody knows them. */
export interface Source {
  /** As it is called, in lower case. */
  readonly name: string;
  readonly columns: readonly TypedColumn[] | undefined;
}

/** Tables by name: CTEs before relations. */
export interface Tables {
  readonly relations: RelationTypes;
  /** Lower-case name to columns. */
  readonly common: ReadonlyMap<string, readonly TypedColumn[] | undefined>;
}

/** What names mean at one place of a query. */
export interface Scope {
  readonly sources: readonly Source[];
  /** Lower-case names of columns that USING or NATURAL JOIN made one. */
  readonly merged: ReadonlySet<string>;
  readonly tables: Tables;
  /** The query around this one, for correlated subqueries. */
  readonly outer: Scope | undefined;
  /** Aliases of the SELECT list that may be used here: lower-case name to what it stands for. */
  readonly aliases: ReadonlyMap<string, Expr>;
  /** Whether a use of an alias is replaced by its expression, because SQLite knows no alias here. */
  readonly inlinesAliases: boolean;
}

/** What a name means. */
export type Resolution =
  | { readonly kind: 'column'; readonly source: Source; readonly type: SqlType; readonly isOuter: boolean }
  | { readonly kind: 'alias'; readonly expr: Expr }
  /** A table whose columns are not known may have it. */
  | { readonly kind: 'uncertain' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'missingTable' }
  | { readonly kind: 'ambiguous'; readonly sources: readonly Source[] };

export function findColumn(columns: readonly TypedColumn[], name: string): TypedColumn | undefined {
  const wanted = name.toLowerCase();
  return columns.find((one) => one.name.toLowerCase() === wanted);
}

/** Columns of a table by the identifier that FROM names; undefined when they are not known. */
export function tableColumns(tables: Tables, path: readonly Identifier[]): readonly TypedColumn[] | undefined {
  const name = path.at(-1)?.name ?? '';
  const lower = name.toLowerCase();
  if (path.length === 1 && tables.common.has(lower)) return tables.common.get(lower);
  if (Object.hasOwn(tables.relations, name)) return tables.relations[name];
  const key = Object.keys(tables.relations).find((one) => one.toLowerCase() === lower);
  return key === undefined ? undefined : tables.relations[key];
}

/** Finds what a column reference means, from the innermost query outwards. */
export function resolveColumn(scope: Scope, qualifier: Identifier | undefined, name: string): Resolution {
  let sawTable = false;
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const isOuter = at !== scope;
    const table = qualifier?.name.toLowerCase();
    const candidates = table === undefined ? at.sources : at.sources.filter((one) => one.name === table);
    const found = candidates.flatMap((source) => {
      const column = source.columns === undefined ? undefined : findColumn(source.columns, name);
      return column === undefined ? [] : [{ source, column }];
    });
    const first = found[0];
    if (found.length > 1 && !at.merged.has(name.toLowerCase())) {
      return { kind: 'ambiguous', sources: found.map((one) => one.source) };
    }
    if (first !== undefined) return { kind: 'column', source: first.source, type: first.column.type, isOuter };
    if (candidates.some((one) => one.columns === undefined)) return { kind: 'uncertain' };
    const alias = qualifier === undefined ? at.aliases.get(name.toLowerCase()) : undefined;
    if (alias !== undefined) return { kind: 'alias', expr: alias };
    if (candidates.length > 0 && table !== undefined) sawTable = true;
    if (sawTable) break;
  }
  return { kind: qualifier !== undefined && !sawTable ? 'missingTable' : 'missing' };
}

/** Names of the columns that a reference could have meant, for suggestions. */
export function columnNames(scope: Scope, qualifier: string | undefined): readonly string[] {
  const sources = qualifier === undefined ? scope.sources : scope.sources.filter((one) => one.name === qualifier);
  return sources.flatMap((source) => (source.columns ?? []).map((column) => column.name));
}
