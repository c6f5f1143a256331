import { between } from '../span.ts';
import type { BinaryOperator, Expr } from '../tree.ts';
import { commaList, nextInChain, opensQuery, type Grammar } from './grammar.ts';
import { parsePrimary } from './parsePrimary.ts';
import { parseTypeName } from './parseTypeName.ts';

/**
 * Operators by how tightly they bind, loosest first, as PostgreSQL's manual has it (4.1.6, Operator Precedence);
 * DuckDB's grammar is derived from PostgreSQL's.
 */
const levels: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { '||': '||', '&': '&', '|': '|' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/', '//': '//', '%': '%' },
  { '^': '^', '**': '^' },
];

const comparisons: Readonly<Record<string, BinaryOperator>> = {
  '=': '=',
  '==': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};

/** An expression with every operator: OR is the loosest. */
export function parseExpression(g: Grammar): Expr {
  let left = parseAnd(g);
  for (let count = 0; g.tokens.isWord('or'); count = nextInChain(g.tokens, count, 'operators')) {
    left = binary(left, 'or', g.tokens.next().span, parseAnd(g));
  }
  return left;
}

function parseAnd(g: Grammar): Expr {
  let left = parseNot(g);
  for (let count = 0; g.tokens.isWord('and'); count = nextInChain(g.tokens, count, 'operators')) {
    left = binary(left, 'and', g.tokens.next().span, parseNot(g));
  }
  return left;
}

function parseNot(g: Grammar): Expr {
  if (!g.tokens.isWord('not')) return parseIs(g);
  const { span } = g.tokens.next();
  const operand = parseNot(g);
  return { kind: 'unary', op: 'not', operand, span: between(span, operand.span) };
}

function binary(left: Expr, op: BinaryOperator, opSpan: Expr['span'], right: Expr): Expr {
  return { kind: 'binary', op, opSpan, left, right, span: between(left.span, right.span) };
}

function parseIs(g: Grammar): Expr {
  const { tokens } = g;
  let operand = parseComparison(g);
  for (;;) {
    const { start } = operand.span;
    if (tokens.acceptWords('isnull')) {
      operand = { kind: 'is', operand, test: 'null', not: false, span: tokens.spanFrom(start) };
    } else if (tokens.acceptWords('notnull')) {
      operand = { kind: 'is', operand, test: 'null', not: true, span: tokens.spanFrom(start) };
    } else if (tokens.acceptWords('is')) {
      const not = tokens.acceptWords('not');
      if (tokens.acceptWords('distinct', 'from')) {
        const right = parseComparison(g);
        operand = { kind: 'distinctFrom', left: operand, right, not, span: between(operand.span, right.span) };
        continue;
      }
      const test = (['null', 'true', 'false', 'unknown'] as const).find((word) => tokens.acceptWords(word));
      if (test === undefined) throw tokens.unexpected('NULL, TRUE, FALSE or DISTINCT FROM');
      operand = { kind: 'is', operand, test, not, span: tokens.spanFrom(start) };
    } else return operand;
  }
}

function parseComparison(g: Grammar): Expr {
  let left = parseRangeTest(g);
  for (;;) {
    const token = g.tokens.peek();
    const op = token.kind === 'operator' ? comparisons[token.text] : undefined;
    if (op === undefined) return left;
    g.tokens.next();
    if (g.tokens.isWord('any') || g.tokens.isWord('all') || g.tokens.isWord('some')) {
      throw g.tokens.fail(
        'Comparing with ANY, SOME or ALL is not supported by the embedded engine: write IN or EXISTS',
      );
    }
    left = binary(left, op, token.span, parseRangeTest(g));
  }
}

/** BETWEEN, IN, LIKE and their negations: tighter than comparisons. */
function parseRangeTest(g: Grammar): Expr {
  const { tokens } = g;
  let operand = parseLevel(g, 0);
  for (;;) {
    const not = tokens.isWord('not') && ['between', 'in', 'like', 'ilike'].some((word) => tokens.isWord(word, 1));
    const ahead = not ? 1 : 0;
    if (!['between', 'in', 'like', 'ilike'].some((word) => tokens.isWord(word, ahead))) break;
    if (not) tokens.next();
    const word = tokens.next().text;
    if (word === 'between') operand = parseBetween(g, operand, not);
    else if (word === 'in') operand = parseIn(g, operand, not);
    else operand = parseLike(g, operand, not, word === 'ilike');
  }
  return operand;
}

function parseBetween(g: Grammar, operand: Expr, not: boolean): Expr {
  if (g.tokens.isWord('symmetric')) throw g.tokens.fail('BETWEEN SYMMETRIC is not supported by the embedded engine');
  const low = parseLevel(g, 0);
  g.tokens.expectWord('and');
  const high = parseLevel(g, 0);
  return { kind: 'between', operand, low, high, not, span: between(operand.span, high.span) };
}

function parseIn(g: Grammar, operand: Expr, not: boolean): Expr {
  const { tokens } = g;
  tokens.expectOperator('(');
  if (opensQuery(tokens)) {
    const query = g.query();
    tokens.expectOperator(')');
    return { kind: 'inQuery', operand, query, not, span: tokens.spanFrom(operand.span.start) };
  }
  const items = commaList(tokens, () => g.expression());
  tokens.expectOperator(')');
  return { kind: 'inList', operand, items, not, span: tokens.spanFrom(operand.span.start) };
}

function parseLike(g: Grammar, operand: Expr, not: boolean, insensitive: boolean): Expr {
  if (g.tokens.isWord('any') || g.tokens.isWord('all')) {
    throw g.tokens.fail('LIKE ANY and LIKE ALL are not supported by the embedded engine: write the patterns with OR');
  }
  const pattern = parseLevel(g, 0);
  const escape = g.tokens.acceptWords('escape') ? parseLevel(g, 0) : undefined;
  const span = between(operand.span, escape?.span ?? pattern.span);
  return { kind: 'like', operand, pattern, escape, not, insensitive, span };
}

/** An expression that ends before a comparison, IN, LIKE, AND or OR. */
export function parseOperand(g: Grammar): Expr {
  return parseLevel(g, 0);
}

function parseLevel(g: Grammar, level: number): Expr {
  const table = levels[level];
  if (table === undefined) return parseUnary(g);
  let left = parseLevel(g, level + 1);
  for (let count = 0; ; count = nextInChain(g.tokens, count, 'operators')) {
    const token = g.tokens.peek();
    const op = token.kind === 'operator' && Object.hasOwn(table, token.text) ? table[token.text] : undefined;
    if (op === undefined) return left;
    g.tokens.next();
    left = binary(left, op, token.span, parseLevel(g, level + 1));
  }
}

function parseUnary(g: Grammar): Expr {
  const token = g.tokens.peek();
  if (token.kind === 'operator' && (token.text === '-' || token.text === '+')) {
    g.tokens.next();
    const operand = parseUnary(g);
    return { kind: 'unary', op: token.text, operand, span: between(token.span, operand.span) };
  }
  return parsePostfix(g);
}

function parsePostfix(g: Grammar): Expr {
  const { tokens } = g;
  let operand = parsePrimary(g);
  for (;;) {
    if (tokens.acceptOperator('::')) {
      const target = parseTypeName(tokens);
      operand = { kind: 'cast', operand, target, lenient: false, span: between(operand.span, target.span) };
    } else if (operand.kind === 'call' && tokens.acceptOperator('[')) {
      const index = g.expression();
      if (tokens.isOperator(':')) throw tokens.fail('Parts of lists are not supported by the embedded engine');
      tokens.expectOperator(']');
      operand = { kind: 'subscript', operand, index, span: tokens.spanFrom(operand.span.start) };
    } else if (tokens.isOperator('[') || tokens.isOperator('->') || tokens.isOperator('->>')) {
      throw tokens.fail('Lists, structs and JSON paths are not supported by the embedded engine');
    } else if (tokens.isWord('at') && tokens.isWord('time', 1)) {
      tokens.next();
      tokens.next();
      if (!tokens.acceptWords('zone')) throw tokens.unexpected('ZONE');
      operand = { kind: 'atTimeZone', operand, zone: parsePrimary(g), span: tokens.spanFrom(operand.span.start) };
    } else if (tokens.isWord('collate')) {
      throw tokens.fail('COLLATE is not supported by the embedded engine: text is compared by code point');
    } else return operand;
  }
}
