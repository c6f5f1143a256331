import { parseStatement } from '../sql/parse/parseStatement.ts';
import type { Dialect } from '../sql/translation.ts';
import { childExprs, windowChildren } from '../sql/translate/walk.ts';
import { functionNames } from '../sql/translate/series.ts';
import type { Expr, FromClause, Identifier, Query, QueryBody, Select, TableFactor } from '../sql/tree.ts';
import { closedShape, joinedShape, renamedShape, unitedShape, unknownShape, type Shape } from './shape.ts';

/** A table whose columns are asked for. */
export interface ReadTable {
  /** What the answer calls it. */
  readonly id: string;
  /** Its name in SQL, without a schema. */
  readonly name: string;
  /** Columns that it is known to have. */
  readonly columns: readonly string[];
  /** It has no others. */
  readonly isClosed: boolean;
}

/** The compiled SQL of a model or test. */
export interface ReadingQuery {
  /** The name of the relation that it makes, without a schema; undefined when it makes none. */
  readonly relation: string | undefined;
  readonly sql: string;
}

/**
 * The columns that queries read of tables and that the tables are not known to have, by the tables' ids, in the order
 * of the first reading and as first written. Queries come after those whose relations they read, so that
 * `select *` is followed from one to the next. A name that could belong to several tables is left out; SQL that is
 * not understood reads nothing.
 */
export function sourceColumns(
  queries: readonly ReadingQuery[],
  tables: readonly ReadTable[],
  dialect: Dialect,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Map<string, string>>();
  const relations = new Map<string, Shape>();
  for (const { id, name, columns, isClosed } of tables) {
    relations.set(name.toLowerCase(), { ...closedShape(columns), open: isClosed ? [] : [[id]] });
  }
  const reader = new ColumnReader(relations, (id, name) => {
    const columns = found.get(id) ?? new Map<string, string>();
    if (!columns.has(name.toLowerCase())) columns.set(name.toLowerCase(), name);
    found.set(id, columns);
  });
  for (const { relation, sql } of queries) {
    const parsed = parseStatement(sql, dialect);
    const shape = parsed.kind === 'query' ? reader.query(parsed.query, new Map(), undefined) : unknownShape;
    if (relation !== undefined) relations.set(relation.toLowerCase(), shape);
  }
  return new Map([...found].map(([id, columns]) => [id, [...columns.values()]]));
}

/** A table in FROM: what it is called, and what it has. */
interface NamedShape {
  readonly name: string;
  readonly shape: Shape;
}

interface Scope {
  readonly sources: readonly NamedShape[];
  readonly common: ReadonlyMap<string, Shape>;
  readonly outer: Scope | undefined;
}

const noNames: ReadonlySet<string> = new Set();

/** Walks queries and reports each column whose table is certain. */
class ColumnReader {
  readonly #relations: ReadonlyMap<string, Shape>;
  readonly #report: (table: string, column: string) => void;

  constructor(relations: ReadonlyMap<string, Shape>, report: (table: string, column: string) => void) {
    this.#relations = relations;
    this.#report = report;
  }

  /** Reads a query, and gives the shape of its rows. */
  query(query: Query, around: ReadonlyMap<string, Shape>, outer: Scope | undefined): Shape {
    const common = new Map(around);
    for (const { name, columns, query: inner } of query.with) {
      const key = name.name.toLowerCase();
      if (query.recursive) common.set(key, unknownShape);
      common.set(key, renamedShape(this.query(inner, common, outer), namesOf(columns)));
    }
    const trailing = [query.limit, query.offset].filter((one) => one !== undefined);
    const ordering = [...query.orderBy.map((item) => item.expr), ...trailing];
    return this.#body(query.body, ordering, common, outer);
  }

  #body(
    body: QueryBody,
    ordering: readonly Expr[],
    common: ReadonlyMap<string, Shape>,
    outer: Scope | undefined,
  ): Shape {
    switch (body.kind) {
      case 'select':
        return this.#select(body, ordering, common, outer);
      case 'setOperation':
        return unitedShape(this.#body(body.left, [], common, outer), this.#body(body.right, [], common, outer));
      case 'nested':
        return this.query(body.query, common, outer);
      case 'values':
        return unknownShape;
    }
  }

  #select(
    select: Select,
    ordering: readonly Expr[],
    common: ReadonlyMap<string, Shape>,
    outer: Scope | undefined,
  ): Shape {
    const sources: NamedShape[] = [];
    if (select.from !== undefined) this.#from(select.from, sources, common, outer);
    const scope: Scope = { sources, common, outer };
    const made: string[] = [];
    const aliases = new Set<string>();
    const starred: Shape[] = [];
    for (const item of select.items) {
      if (item.kind === 'expr') {
        this.#expr(item.expr, scope, noNames);
        if (item.alias !== undefined) aliases.add(item.alias.name.toLowerCase());
        const name = item.alias ?? (item.expr.kind === 'column' ? item.expr.name : undefined);
        if (name !== undefined) made.push(name.name);
        continue;
      }
      const named = [...item.exclude, ...item.replace.map((one) => one.name)];
      for (const one of named) this.#column(item.qualifier, one.name, scope);
      for (const one of item.replace) this.#expr(one.expr, scope, noNames);
      starred.push(...candidates(scope, item.qualifier).map(({ shape }) => shape));
      made.push(...namesOf(named));
    }
    const groups = select.groupBy?.kind === 'exprs' ? select.groupBy.exprs : [];
    const windows = select.windows.flatMap(({ spec }) => windowChildren(spec));
    const clauses = [select.where, ...groups, select.having, select.qualify?.condition, ...windows, ...ordering];
    for (const clause of clauses) if (clause !== undefined) this.#expr(clause, scope, aliases);
    return joinedShape([closedShape(made), ...starred]);
  }

  #from(from: FromClause, sources: NamedShape[], common: ReadonlyMap<string, Shape>, outer: Scope | undefined): void {
    this.#factor(from.first, sources, common, outer);
    for (const { factor, on, using } of from.joins) {
      const left = [...sources];
      this.#factor(factor, sources, common, outer);
      for (const { name } of using) {
        this.#column(undefined, name, { sources: left, common, outer: undefined });
        this.#column(undefined, name, { sources: sources.slice(left.length), common, outer: undefined });
      }
      if (on !== undefined) this.#expr(on, { sources, common, outer }, noNames);
    }
  }

  #factor(
    factor: TableFactor,
    sources: NamedShape[],
    common: ReadonlyMap<string, Shape>,
    outer: Scope | undefined,
  ): void {
    if (factor.kind === 'joined') {
      this.#from(factor.from, sources, common, outer);
      return;
    }
    const columns = namesOf(factor.columns);
    if (factor.kind === 'derived') {
      const shape = this.query(factor.query, common, { sources: [...sources], common, outer });
      sources.push({ name: factor.alias?.name.toLowerCase() ?? '', shape: renamedShape(shape, columns) });
      return;
    }
    if (factor.kind === 'function') {
      const { table, column } = functionNames(factor);
      sources.push({ name: table, shape: closedShape([column]) });
      return;
    }
    const name = factor.path.at(-1)?.name.toLowerCase() ?? '';
    const shape = (factor.path.length === 1 ? common.get(name) : undefined) ?? this.#relations.get(name);
    sources.push({
      name: factor.alias?.name.toLowerCase() ?? name,
      shape: renamedShape(shape ?? unknownShape, columns),
    });
  }

  /** Reads an expression; names among `aliases` are those of the SELECT list. */
  #expr(expr: Expr, scope: Scope, aliases: ReadonlySet<string>): void {
    if (expr.kind === 'column') {
      const qualifier = expr.qualifier.at(-1);
      if (qualifier !== undefined || !aliases.has(expr.name.name.toLowerCase())) {
        this.#column(qualifier, expr.name.name, scope);
      }
      return;
    }
    if (expr.kind === 'exists' || expr.kind === 'scalarQuery' || expr.kind === 'inQuery') {
      this.query(expr.query, scope.common, scope);
    }
    for (const child of childExprs(expr)) this.#expr(child, scope, aliases);
  }

  #column(qualifier: Identifier | undefined, name: string, scope: Scope): void {
    const shapes = candidates(scope, qualifier).map(({ shape }) => shape);
    if (shapes.some((shape) => shape.names.has(name.toLowerCase()))) return;
    const { open, isUnknown } = joinedShape(shapes);
    const [tables] = open;
    if (tables === undefined && !isUnknown && scope.outer !== undefined) {
      this.#column(qualifier, name, scope.outer);
    } else if (tables !== undefined && open.length === 1 && !isUnknown) {
      for (const table of tables) this.#report(table, name);
    }
  }
}

/** The tables that a reference may mean: all of them when it names none. */
function candidates({ sources }: Scope, qualifier: Identifier | undefined): readonly NamedShape[] {
  const wanted = qualifier?.name.toLowerCase();
  return wanted === undefined ? sources : sources.filter(({ name }) => name === wanted);
}

function namesOf(identifiers: readonly Identifier[]): readonly string[] {
  return identifiers.map(({ name }) => name);
}
