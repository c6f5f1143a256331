import { functionNames } from '../sql/translate/series.ts';
import type { FromClause, Identifier, Query, QueryBody, Select, SelectItem, TableFactor } from '../sql/tree.ts';

/** A table's column that a query's column is a copy of. */
export interface ColumnOrigin {
  /** Name of the table in SQL, without a schema, in lower case. */
  readonly table: string;
  /** In lower case. */
  readonly column: string;
  /** Tells the uses of one table in a query apart: columns of one use come from one row. */
  readonly use: string;
}

/** A column of a query's rows. */
export interface OutputColumn {
  /** In lower case; undefined for an expression without a name. */
  readonly name: string | undefined;
  /** Undefined when the value is computed, or comes from where nothing is known of. */
  readonly origin: ColumnOrigin | undefined;
}

/** Names of columns, in any case, by the table's name in lower case. */
export type KnownTables = ReadonlyMap<string, readonly string[]>;

/**
 * The columns of a query's rows, each with the column of a table whose value it passes on unchanged, through CTEs and
 * derived tables. Undefined when the columns cannot be told: a star over a table that is not known.
 */
export function outputColumns(query: Query, tables: KnownTables): readonly OutputColumn[] | undefined {
  return new Tracer(tables).query(query, new Map());
}

type Columns = readonly OutputColumn[] | undefined;
type Scope = readonly { readonly name: string; readonly columns: Columns }[];

class Tracer {
  readonly #tables: KnownTables;
  #uses = 0;

  constructor(tables: KnownTables) {
    this.#tables = tables;
  }

  query(query: Query, around: ReadonlyMap<string, Columns>): Columns {
    const common = new Map(around);
    for (const { name, columns, query: inner } of query.with) {
      const key = name.name.toLowerCase();
      if (query.recursive) common.set(key, undefined);
      common.set(key, renamed(this.query(inner, common), columns));
    }
    return this.#body(query.body, common);
  }

  #body(body: QueryBody, common: ReadonlyMap<string, Columns>): Columns {
    switch (body.kind) {
      case 'select':
        return this.#select(body, common);
      case 'nested':
        return this.query(body.query, common);
      case 'setOperation':
        return united(this.#body(body.left, common), this.#body(body.right, common));
      case 'values':
        return undefined;
    }
  }

  #select(select: Select, common: ReadonlyMap<string, Columns>): Columns {
    const scope = select.from === undefined ? [] : this.#from(select.from, common);
    const merges = select.from?.joins.some((join) => join.natural || join.using.length > 0) === true;
    const found: OutputColumn[] = [];
    for (const item of select.items) {
      const columns =
        item.kind === 'expr' ? [this.#expression(item, scope)] : merges ? undefined : starred(item, scope);
      if (columns === undefined) return undefined;
      found.push(...columns);
    }
    return found;
  }

  #expression({ expr, alias }: Extract<SelectItem, { kind: 'expr' }>, scope: Scope): OutputColumn {
    let inner = expr;
    while (inner.kind === 'paren') inner = inner.inner;
    const column = inner.kind === 'column' ? inner : undefined;
    const origin = column === undefined ? undefined : resolve(scope, column.qualifier.at(-1), column.name);
    return { name: (alias ?? column?.name)?.name.toLowerCase(), origin };
  }

  #from(from: FromClause, common: ReadonlyMap<string, Columns>): Scope {
    return [from.first, ...from.joins.map((join) => join.factor)].flatMap((factor) => this.#factor(factor, common));
  }

  #factor(factor: TableFactor, common: ReadonlyMap<string, Columns>): Scope {
    if (factor.kind === 'joined') return this.#from(factor.from, common);
    this.#uses += 1;
    const use = String(this.#uses);
    if (factor.kind === 'derived') {
      const columns = usedAs(use, this.query(factor.query, common));
      return [{ name: factor.alias?.name.toLowerCase() ?? '', columns: renamed(columns, factor.columns) }];
    }
    if (factor.kind === 'function') {
      const { table, column } = functionNames(factor);
      return [{ name: table, columns: [{ name: column, origin: undefined }] }];
    }
    const table = factor.path.at(-1)?.name.toLowerCase() ?? '';
    const isCommon = factor.path.length === 1 && common.has(table);
    const columns = isCommon
      ? usedAs(use, common.get(table))
      : this.#tables.get(table)?.map((column): OutputColumn => {
          const name = column.toLowerCase();
          return { name, origin: { table, column: name, use } };
        });
    return [{ name: factor.alias?.name.toLowerCase() ?? table, columns: renamed(columns, factor.columns) }];
  }
}

/** Rows that are used under another name are other rows than those of their other uses. */
function usedAs(use: string, columns: Columns): Columns {
  return columns?.map(({ name, origin }) => ({
    name,
    origin: origin === undefined ? undefined : { ...origin, use: `${use}/${origin.use}` },
  }));
}

function renamed(columns: Columns, aliases: readonly Identifier[]): Columns {
  return columns?.map((column, i) => ({ ...column, name: aliases[i]?.name.toLowerCase() ?? column.name }));
}

/** The columns of two queries below each other: both must pass on the same column for the result to be one. */
function united(left: Columns, right: Columns): Columns {
  return left?.map(({ name, origin }, i) => {
    const other = right?.[i]?.origin;
    const isSame = origin !== undefined && origin.table === other?.table && origin.column === other.column;
    return { name, origin: isSame ? { ...origin, use: `${origin.use}|${other.use}` } : undefined };
  });
}

function starred({ qualifier, exclude, replace }: Extract<SelectItem, { kind: 'star' }>, scope: Scope): Columns {
  const wanted = qualifier?.name.toLowerCase();
  const meant = wanted === undefined ? scope : scope.filter(({ name }) => name === wanted);
  if (meant.length === 0 || meant.some(({ columns }) => columns === undefined)) return undefined;
  const left = new Set(exclude.map(({ name }) => name.toLowerCase()));
  const computed = new Set(replace.map(({ name }) => name.name.toLowerCase()));
  return meant
    .flatMap(({ columns }) => columns ?? [])
    .filter(({ name }) => name === undefined || !left.has(name))
    .map((column) =>
      column.name !== undefined && computed.has(column.name) ? { ...column, origin: undefined } : column,
    );
}

/** What a name means; undefined when it is not the one column of a known table. */
function resolve(scope: Scope, qualifier: Identifier | undefined, { name }: Identifier): ColumnOrigin | undefined {
  const wanted = qualifier?.name.toLowerCase();
  const meant = wanted === undefined ? scope : scope.filter((one) => one.name === wanted);
  if (meant.some(({ columns }) => columns === undefined)) return undefined;
  const found = meant.flatMap(({ columns = [] }) => columns.filter((column) => column.name === name.toLowerCase()));
  return found.length === 1 ? found[0]?.origin : undefined;
}
