import { between } from '../span.ts';
import type { GroupBy, Identifier, Select, SelectItem } from '../tree.ts';
import { commaList, type Grammar } from './grammar.ts';
import { parseWindowSpec } from './parseCall.ts';
import { parseFrom } from './parseFrom.ts';

/** One SELECT, up to and not including set operators, ORDER BY and LIMIT. */
export function parseSelect(g: Grammar): Select {
  const { tokens } = g;
  const { start } = tokens.expectWord('select').span;
  const distinct = tokens.acceptWords('distinct');
  if (!distinct) tokens.acceptWords('all');
  if (distinct && tokens.isWord('on')) {
    throw tokens.fail('DISTINCT ON is not supported by the embedded engine: number the rows with row_number()');
  }
  const items = parseItems(g);
  const from = tokens.acceptWords('from') ? parseFrom(g) : undefined;
  const where = tokens.acceptWords('where') ? g.expression() : undefined;
  const groupBy = tokens.acceptWords('group', 'by') ? parseGroupBy(g) : undefined;
  const having = tokens.acceptWords('having') ? g.expression() : undefined;
  const windows = tokens.acceptWords('window') ? commaList(tokens, () => parseNamedWindow(g)) : [];
  const qualify = parseQualify(g);
  if (tokens.isWord('tablesample') || (tokens.isWord('using') && tokens.isWord('sample', 1))) {
    throw tokens.fail('Sampling is not supported by the embedded engine');
  }
  const span = tokens.spanFrom(start);
  return { kind: 'select', distinct, items, from, where, groupBy, having, windows, qualify, span };
}

function parseItems(g: Grammar): readonly SelectItem[] {
  const items = [parseItem(g)];
  while (g.tokens.acceptOperator(',')) items.push(parseItem(g));
  return items;
}

function parseItem(g: Grammar): SelectItem {
  const { tokens } = g;
  if (tokens.isOperator('*')) return parseStar(g, undefined);
  if (tokens.isName() && tokens.isOperator('.', 1) && tokens.isOperator('*', 2)) {
    const qualifier = tokens.identifier();
    tokens.expectOperator('.');
    return parseStar(g, qualifier);
  }
  const expr = g.expression();
  const alias = parseAlias(g, 'a column name');
  return { kind: 'expr', expr, alias, span: between(expr.span, alias?.span ?? expr.span) };
}

/** `as name`, or a bare name that is no keyword. */
function parseAlias(g: Grammar, what: string): Identifier | undefined {
  if (g.tokens.acceptWords('as')) return g.tokens.expectLabel(what);
  return g.tokens.isName() ? g.tokens.identifier() : undefined;
}

function parseStar(g: Grammar, qualifier: Identifier | undefined): SelectItem {
  const { tokens } = g;
  const star = tokens.expectOperator('*');
  const excludes = tokens.acceptWords('exclude') || tokens.acceptWords('except');
  const exclude = excludes ? parseNames(g) : [];
  const replace = tokens.acceptWords('replace') ? parseReplacements(g) : [];
  if (tokens.isWord('rename')) throw tokens.fail('RENAME is not supported by the embedded engine: list the columns');
  const start = qualifier?.span.start ?? star.span.start;
  return { kind: 'star', qualifier, exclude, replace, span: tokens.spanFrom(start) };
}

function parseNames(g: Grammar): readonly Identifier[] {
  const { tokens } = g;
  if (!tokens.acceptOperator('(')) return [tokens.expectName('a column')];
  const names = commaList(tokens, () => tokens.expectName('a column'));
  tokens.expectOperator(')');
  return names;
}

function parseReplacements(g: Grammar): Extract<SelectItem, { kind: 'star' }>['replace'] {
  const { tokens } = g;
  tokens.expectOperator('(');
  const list = commaList(tokens, () => {
    const expr = g.expression();
    tokens.expectWord('as');
    return { expr, name: tokens.expectLabel('a column name') };
  });
  tokens.expectOperator(')');
  return list;
}

function parseGroupBy(g: Grammar): GroupBy {
  const { tokens } = g;
  if (tokens.isWord('all')) return { kind: 'all', allSpan: tokens.next().span };
  const isSets = tokens.isWord('rollup') || tokens.isWord('cube') || tokens.isWord('grouping');
  if (isSets && (tokens.isOperator('(', 1) || tokens.isWord('sets', 1))) {
    throw tokens.fail('ROLLUP, CUBE and GROUPING SETS are not supported by the embedded engine: use UNION ALL');
  }
  return { kind: 'exprs', exprs: commaList(tokens, () => g.expression()) };
}

function parseNamedWindow(g: Grammar): Select['windows'][number] {
  const name = g.tokens.expectName('a window name');
  g.tokens.expectWord('as');
  return { name, spec: parseWindowSpec(g) };
}

function parseQualify(g: Grammar): Select['qualify'] {
  const { tokens } = g;
  if (!tokens.isWord('qualify')) return undefined;
  const { start } = tokens.next().span;
  const condition = g.expression();
  return { condition, span: tokens.spanFrom(start) };
}
