import { between } from '../span.ts';
import type { CommonTable, Query, QueryBody } from '../tree.ts';
import { commaList, nextInChain, opensQuery, type Grammar } from './grammar.ts';
import { parseOrderItem } from './parseCall.ts';
import { parseColumnNames } from './parseFrom.ts';
import { parseSelect } from './parseSelect.ts';

/** A whole query: WITH, the body, ORDER BY, LIMIT and OFFSET. */
export function parseQuery(g: Grammar): Query {
  const { tokens } = g;
  const { start } = tokens.peek().span;
  const hasWith = tokens.acceptWords('with');
  const recursive = hasWith && tokens.acceptWords('recursive');
  const tables = hasWith ? commaList(tokens, () => parseCommonTable(g)) : [];
  const body = parseBody(g, 0);
  const order = parseOrderBy(g);
  const bounds = parseBounds(g);
  return { recursive, with: tables, body, ...order, ...bounds, span: tokens.spanFrom(start) };
}

function parseCommonTable(g: Grammar): CommonTable {
  const { tokens } = g;
  const name = tokens.expectName('a name');
  const columns = tokens.isOperator('(') ? parseColumnNames(tokens) : [];
  tokens.expectWord('as');
  // SQLite takes both hints, and they change no answer.
  if (!tokens.acceptWords('materialized')) tokens.acceptWords('not', 'materialized');
  tokens.expectOperator('(');
  const query = g.query();
  tokens.expectOperator(')');
  return { name, columns, query, span: tokens.spanFrom(name.span.start) };
}

const setOperators = [['union', 'except'], ['intersect']] as const;

/** INTERSECT binds tighter than UNION and EXCEPT (SQL standard, 7.17). */
function parseBody(g: Grammar, level: number): QueryBody {
  const { tokens } = g;
  const operators: readonly ('union' | 'except' | 'intersect')[] | undefined = setOperators[level];
  if (operators === undefined) return parseTerm(g);
  let left = parseBody(g, level + 1);
  for (let count = 1; ; count = nextInChain(tokens, count, 'queries')) {
    const op = operators.find((word) => tokens.isWord(word));
    if (op === undefined) return left;
    const opStart = tokens.next().span.start;
    const all = tokens.acceptWords('all');
    if (!all) tokens.acceptWords('distinct');
    if (tokens.isWord('by')) throw tokens.fail('BY NAME is not supported by the embedded engine: list the columns');
    const opSpan = tokens.spanFrom(opStart);
    const right = parseBody(g, level + 1);
    left = { kind: 'setOperation', op, all, opSpan, left, right, span: between(left.span, right.span) };
  }
}

function parseTerm(g: Grammar): QueryBody {
  const { tokens } = g;
  const { start } = tokens.peek().span;
  if (tokens.isOperator('(') && opensQuery(tokens)) {
    tokens.next();
    const query = g.query();
    tokens.expectOperator(')');
    return { kind: 'nested', query, span: tokens.spanFrom(start) };
  }
  if (tokens.acceptWords('values')) {
    const rows = commaList(tokens, () => {
      tokens.expectOperator('(');
      const row = commaList(tokens, () => g.expression());
      tokens.expectOperator(')');
      return row;
    });
    return { kind: 'values', rows, span: tokens.spanFrom(start) };
  }
  if (!tokens.isWord('select')) throw tokens.unexpected('SELECT');
  return parseSelect(g);
}

function parseOrderBy(g: Grammar): Pick<Query, 'orderBy' | 'orderByAll'> {
  const { tokens } = g;
  if (!tokens.acceptWords('order', 'by')) return { orderBy: [], orderByAll: undefined };
  if (!tokens.isWord('all')) return { orderBy: commaList(tokens, () => parseOrderItem(g)), orderByAll: undefined };
  const { start } = tokens.next().span;
  const descending = tokens.acceptWords('desc');
  if (!descending) tokens.acceptWords('asc');
  return { orderBy: [], orderByAll: { descending, span: tokens.spanFrom(start) } };
}

function parseBounds(g: Grammar): Pick<Query, 'limit' | 'offset'> {
  const { tokens } = g;
  if (tokens.isWord('fetch')) throw tokens.fail('FETCH is not supported by the embedded engine: write LIMIT');
  const early = tokens.acceptWords('offset') ? g.expression() : undefined;
  if (early !== undefined && tokens.isWord('limit')) {
    throw tokens.fail('OFFSET before LIMIT is not supported by the embedded engine: write LIMIT first');
  }
  const limit = tokens.acceptWords('limit') ? g.expression() : undefined;
  if (limit !== undefined && tokens.isOperator('%')) throw tokens.fail('A LIMIT in percent is not supported');
  return { limit, offset: early ?? (tokens.acceptWords('offset') ? g.expression() : undefined) };
}
