import { between } from '../span.ts';
import type { FromClause, Identifier, Join, JoinKind, TableFactor } from '../tree.ts';
import { commaList, opensQuery, type Grammar } from './grammar.ts';
import { parseCall } from './parseCall.ts';
import type { TokenCursor } from './tokenCursor.ts';

/** What follows FROM: tables and their joins; a comma is a join of its own kind. */
export function parseFrom(g: Grammar): FromClause {
  const first = parseFactor(g);
  const joins: Join[] = [];
  for (let join = parseJoin(g); join !== undefined; join = parseJoin(g)) joins.push(join);
  return { first, joins, span: between(first.span, joins.at(-1)?.span ?? first.span) };
}

const unsupportedJoins = ['lateral', 'semi', 'anti', 'asof', 'positional'] as const;

function parseJoin(g: Grammar): Join | undefined {
  const { tokens } = g;
  const { start } = tokens.peek().span;
  if (tokens.acceptOperator(',')) {
    const factor = parseFactor(g);
    const span = tokens.spanFrom(start);
    return { kind: 'comma', natural: false, factor, on: undefined, using: [], span };
  }
  const refused = unsupportedJoins.find((word) => tokens.isWord(word));
  if (refused !== undefined) {
    throw tokens.fail(`${refused.toUpperCase()} joins are not supported by the embedded engine`);
  }
  const natural = tokens.acceptWords('natural');
  const kind = parseJoinKind(tokens);
  if (kind === undefined) {
    if (natural) throw tokens.unexpected('JOIN');
    return undefined;
  }
  const factor = parseFactor(g);
  const on = kind !== 'cross' && tokens.acceptWords('on') ? g.expression() : undefined;
  const using = on === undefined && tokens.acceptWords('using') ? parseColumnNames(tokens) : [];
  if (!natural && kind !== 'cross' && on === undefined && using.length === 0) throw tokens.unexpected('ON or USING');
  return { kind, natural, factor, on, using, span: tokens.spanFrom(start) };
}

function parseJoinKind(tokens: TokenCursor): JoinKind | undefined {
  for (const kind of ['left', 'right', 'full'] as const) {
    if (tokens.acceptWords(kind, 'outer', 'join') || tokens.acceptWords(kind, 'join')) return kind;
    if (tokens.isWord(kind)) throw tokens.fail(`This kind of join is not supported by the embedded engine`);
  }
  if (tokens.acceptWords('cross', 'join')) return 'cross';
  return tokens.acceptWords('inner', 'join') || tokens.acceptWords('join') ? 'inner' : undefined;
}

function parseFactor(g: Grammar): TableFactor {
  const { tokens } = g;
  const { start } = tokens.peek().span;
  if (tokens.isWord('lateral')) throw tokens.fail('LATERAL is not supported by the embedded engine');
  if (tokens.isOperator('(')) return parseParenthesis(g, start);
  const path = [tokens.expectName('a table or a subquery')];
  while (tokens.acceptOperator('.')) path.push(tokens.expectLabel('a table'));
  const [first] = path;
  if (tokens.isOperator('(') && first !== undefined && path.length === 1 && isTableFunction(first)) {
    const call = parseCall(g, first);
    return { kind: 'function', call, ...parseTableAlias(tokens), span: tokens.spanFrom(start) };
  }
  if (tokens.isOperator('(')) {
    const name = path.map((one) => one.name).join('.');
    throw tokens.fail(`The table function ${name} is not supported by the embedded engine`, tokens.spanFrom(start));
  }
  const { alias, columns } = parseTableAlias(tokens);
  return { kind: 'table', path, alias, columns, span: tokens.spanFrom(start) };
}

/** The functions in FROM that are known; which of them a dialect has is for the translator to say. */
function isTableFunction({ name }: Identifier): boolean {
  return ['generate_series', 'range'].includes(name.toLowerCase());
}

function parseParenthesis(g: Grammar, start: number): TableFactor {
  const { tokens } = g;
  if (opensQuery(tokens)) {
    tokens.expectOperator('(');
    const query = g.query();
    tokens.expectOperator(')');
    const querySpan = tokens.spanFrom(start);
    const { alias, columns } = parseTableAlias(tokens);
    return { kind: 'derived', query, querySpan, alias, columns, span: tokens.spanFrom(start) };
  }
  tokens.expectOperator('(');
  const from = parseFrom(g);
  tokens.expectOperator(')');
  return { kind: 'joined', from, span: tokens.spanFrom(start) };
}

function parseTableAlias(tokens: TokenCursor): { alias: Identifier | undefined; columns: readonly Identifier[] } {
  const explicit = tokens.acceptWords('as');
  if (!explicit && !tokens.isName()) return { alias: undefined, columns: [] };
  const alias = explicit ? tokens.expectLabel('an alias') : tokens.identifier();
  return { alias, columns: tokens.isOperator('(') ? parseColumnNames(tokens) : [] };
}

/** Names in parentheses. */
export function parseColumnNames(tokens: TokenCursor): readonly Identifier[] {
  tokens.expectOperator('(');
  const names = commaList(tokens, () => tokens.expectName('a column'));
  tokens.expectOperator(')');
  return names;
}
