import { outputColumns, type ColumnOrigin, type KnownTables, type OutputColumn } from '../lineage/outputColumns.ts';
import { parseStatement } from '../sql/parse/parseStatement.ts';
import type { Dialect } from '../sql/translation.ts';
import type { Span } from '../sql/span.ts';
import { isGrouped } from '../sql/translate/grouping.ts';
import type { Select } from '../sql/tree.ts';
import { reasonsOf, type Term } from './conditionTerms.ts';
import { operandsOf } from './sayTerm.ts';

/** One reason for which a test's query gives a row. */
export interface QueryReason {
  readonly terms: readonly Term[];
  /** Place, behind the query's own columns, of the column that is 1 when the reason holds. */
  readonly column: number;
}

/** A value that a reason speaks of. */
export interface QueryValue {
  /** Place, behind the query's own columns, of the column that holds it. */
  readonly column: number;
  /** The table's column that it is a copy of. */
  readonly origin: ColumnOrigin | undefined;
}

/** A test's query made to say why it gives each row. */
export interface ExplainedQuery {
  /** The query with columns added behind its own: one for each reason and one for each value that it speaks of. */
  readonly sql: string;
  /** The query as it was: the texts of `reasons` are parts of it. */
  readonly original: string;
  /** The query's own columns; undefined when they cannot be told. */
  readonly outputs: readonly OutputColumn[] | undefined;
  /**
   * Further columns, at the end, with the whole row of the first table of FROM: the query's own may be the same in
   * several rows.
   */
  readonly wholeRow: readonly OutputColumn[];
  readonly reasons: readonly QueryReason[];
  /** The values that the reasons speak of, by the text of the expression. */
  readonly values: ReadonlyMap<string, QueryValue>;
  /** How many columns were added, those of `wholeRow` among them. */
  readonly added: number;
}

/** The text of a part of a query. */
export function exprText(sql: string, { span }: { readonly span: Span }): string {
  return sql.slice(span.start, span.end);
}

/**
 * Adds to a query what its condition decides by. Where columns cannot be added without changing the rows (DISTINCT,
 * UNION, a query that is not understood) nothing is.
 */
export function explainQuery(sql: string, dialect: Dialect, tables: KnownTables): ExplainedQuery {
  const parsed = parseStatement(sql, dialect);
  const unexplained = {
    sql,
    original: sql,
    reasons: [],
    values: new Map<string, QueryValue>(),
    wholeRow: [],
    added: 0,
  };
  if (parsed.kind === 'fault') return { ...unexplained, outputs: undefined };
  const outputs = outputColumns(parsed.query, tables);
  const { body } = parsed.query;
  const last = body.kind === 'select' ? body.items.at(-1) : undefined;
  if (body.kind !== 'select' || body.distinct || last === undefined) return { ...unexplained, outputs };
  const { columns, reasons, places } = addedColumns(sql, body);
  const list = columns.map((text, i) => `${text} as modelyard_why_${String(i)}`);
  const first = isGrouped(body) ? undefined : firstTable(body);
  const star = first === undefined ? [] : [`${exprText(sql, first)}.*`];
  const extend = (items: readonly string[]): string =>
    sql.slice(0, last.span.end) + items.map((item) => `,\n    ${item}`).join('') + sql.slice(last.span.end);
  const columnsOf = (text: string): readonly OutputColumn[] | undefined => {
    const again = parseStatement(text, dialect);
    return again.kind === 'query' ? outputColumns(again.query, tables) : undefined;
  };
  const whole = columnsOf(extend([...list, ...star]));
  // A table of which nothing is known has no row to be found again.
  const extended = extend(whole === undefined ? list : [...list, ...star]);
  const all = whole ?? columnsOf(extended);
  const own = outputs?.length ?? 0;
  const values = new Map(
    [...places].map(([text, column]): [string, QueryValue] => [text, { column, origin: all?.[own + column]?.origin }]),
  );
  const wholeRow = whole?.slice(own + columns.length) ?? [];
  return { sql: extended, original: sql, outputs, reasons, values, wholeRow, added: columns.length + wholeRow.length };
}

/** The name in the query of the table that FROM begins with. */
function firstTable({ from }: Select): { readonly span: Span } | undefined {
  if (from === undefined || from.first.kind === 'joined') return undefined;
  return from.first.alias ?? (from.first.kind === 'table' ? from.first.path.at(-1) : undefined);
}

function addedColumns(
  sql: string,
  select: Select,
): {
  readonly columns: readonly string[];
  readonly reasons: readonly QueryReason[];
  readonly places: ReadonlyMap<string, number>;
} {
  const columns: string[] = [];
  const places = new Map<string, number>();
  const reasons = reasonsOf(select).map((terms): QueryReason => {
    for (const operand of terms.flatMap(operandsOf)) {
      const text = exprText(sql, operand);
      if (!places.has(text)) places.set(text, columns.push(text) - 1);
    }
    const all = terms.map(({ expr, negated }) =>
      negated ? `not (${exprText(sql, expr)})` : `(${exprText(sql, expr)})`,
    );
    return { terms, column: columns.push(`(${all.join(' and ')})`) - 1 };
  });
  return { columns, reasons, places };
}
