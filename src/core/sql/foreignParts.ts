import { functionDialects } from './functions/functionDialects.ts';
import type { Span } from './span.ts';
import type { Dialect } from './translation.ts';
import type { Expr, Query, QueryBody, SelectItem, TableFactor } from './tree.ts';

/** A part of a query that a dialect does not have, and where it stands. */
export interface ForeignPart {
  readonly what: string;
  readonly span: Span;
}

type Node =
  Expr | QueryBody | SelectItem | TableFactor | { readonly kind: undefined; readonly orderByAll?: Query['orderByAll'] };

/** Dialects that have a construct; the others do not run it (their own manuals). */
const having: Readonly<Record<string, ReadonlySet<Dialect>>> = {
  qualify: new Set(['duckdb', 'snowflake', 'bigquery', 'databricks', 'redshift', 'clickhouse']),
  'group by all': new Set(['duckdb', 'snowflake', 'bigquery', 'databricks', 'spark', 'clickhouse']),
  'order by all': new Set(['duckdb', 'databricks', 'spark', 'clickhouse']),
  'a star with exclude': new Set(['duckdb', 'snowflake', 'redshift']),
  ilike: new Set(['duckdb', 'postgres', 'redshift', 'snowflake', 'databricks', 'spark', 'clickhouse']),
  'filter (where …)': new Set(['duckdb', 'postgres', 'databricks', 'spark', 'trino', 'clickhouse']),
  '::': new Set(['duckdb', 'postgres', 'redshift', 'snowflake', 'databricks', 'clickhouse']),
  '//': new Set(['duckdb']),
  'is distinct from': new Set(['duckdb', 'postgres', 'snowflake', 'bigquery', 'databricks', 'spark', 'trino']),
  'a list with [n]': new Set(['duckdb', 'snowflake', 'bigquery', 'databricks', 'spark', 'trino', 'clickhouse']),
  generate_series: new Set(['duckdb', 'postgres', 'clickhouse']),
  range: new Set(['duckdb', 'databricks', 'spark']),
};

/** The parts of a query, which was read as SQL of another dialect, that this dialect is known not to run. */
export function foreignParts(query: Query, sql: string, dialect: Dialect): readonly ForeignPart[] {
  const found = new Map<number, ForeignPart>();
  const report = (what: string, span: Span): void => {
    if (!found.has(span.start)) found.set(span.start, { what, span });
  };
  const need = (construct: string, span: Span): void => {
    if (having[construct]?.has(dialect) === false) report(construct, span);
  };
  for (const node of nodesOf(query)) look(node, { sql, dialect, report, need });
  return [...found.values()].sort((a, b) => a.span.start - b.span.start);
}

interface Reporter {
  readonly sql: string;
  readonly dialect: Dialect;
  readonly report: (what: string, span: Span) => void;
  readonly need: (construct: string, span: Span) => void;
}

function look(node: Node, { sql, dialect, report, need }: Reporter): void {
  switch (node.kind) {
    case 'call': {
      const dialects = functionDialects(node.name);
      if (dialects !== undefined && !dialects.includes(dialect)) report(`the function ${node.name}`, node.nameSpan);
      if (node.filter !== undefined) need('filter (where …)', node.span);
      return;
    }
    case 'cast':
      if (sql.slice(node.operand.span.end, node.target.span.start).includes('::')) need('::', node.target.span);
      return;
    case 'binary':
      if (node.op === '//') need('//', node.opSpan);
      return;
    case 'like':
      if (node.insensitive) need('ilike', node.span);
      return;
    case 'distinctFrom':
      need('is distinct from', node.span);
      return;
    case 'subscript':
      need('a list with [n]', node.span);
      return;
    case 'star':
      if (node.exclude.length > 0) need('a star with exclude', node.span);
      return;
    case 'function':
      need(node.call.name, node.call.nameSpan);
      return;
    case 'select':
      if (node.qualify !== undefined) need('qualify', node.qualify.span);
      if (node.groupBy?.kind === 'all') need('group by all', node.groupBy.allSpan);
      return;
    case undefined:
      if (node.orderByAll !== undefined) need('order by all', node.orderByAll.span);
      return;
    default:
  }
}

/** Every object of the tree. Those without a kind are queries, order items and their like. */
function* nodesOf(value: unknown): Iterable<Node> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield value as Node;
  for (const part of Object.values(value)) yield* nodesOf(part);
}
