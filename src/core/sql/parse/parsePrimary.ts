import { between, type Span } from '../span.ts';
import type { CaseExpr, Expr, Identifier } from '../tree.ts';
import { opensQuery, type Grammar } from './grammar.ts';
import { parseCall } from './parseCall.ts';
import { parseTypeName } from './parseTypeName.ts';

/** Functions that the standard writes as one word. */
const wordFunctions: ReadonlySet<string> = new Set(['current_date', 'current_timestamp', 'localtimestamp']);

/** Types whose name before a string makes a literal: date '2024-01-01'. */
const literalTypes: ReadonlySet<string> = new Set(['date', 'timestamp', 'timestamptz', 'time', 'decimal', 'numeric']);

/** What an operator can stand beside: a literal, a column, a call, CASE, CAST, something in parentheses. */
export function parsePrimary(g: Grammar): Expr {
  const { tokens } = g;
  const token = tokens.peek();
  if (token.kind === 'number' || token.kind === 'string') {
    tokens.next();
    return { kind: 'literal', type: token.kind, value: token.text, span: token.span };
  }
  if (tokens.isOperator('(')) return parseParenthesis(g);
  if (tokens.isOperator('[')) throw tokens.fail('Lists are not supported by the embedded engine');
  if (token.kind === 'quoted') return parseReference(g);
  if (token.kind !== 'word') throw tokens.unexpected('an expression');
  return parseWord(g, token.text, token.span);
}

function parseWord(g: Grammar, word: string, span: Span): Expr {
  const { tokens } = g;
  const opens = tokens.isOperator('(', 1);
  switch (word) {
    case 'null':
    case 'true':
    case 'false':
      tokens.next();
      return { kind: 'literal', type: word === 'null' ? 'null' : 'boolean', value: word, span };
    case 'case':
      return parseCase(g);
    case 'exists':
      return parseExists(g);
    case 'interval':
      if (['string', 'number'].includes(tokens.peek(1).kind) || (opens && !tokens.isOperator(')', 2))) {
        return parseInterval(g);
      }
      break;
    case 'cast':
    case 'try_cast':
    case 'safe_cast':
      if (opens) return parseCast(g, word !== 'cast');
      break;
    case 'extract':
      if (opens) return parseExtract(g);
      break;
    case 'array':
    case 'struct':
    case 'row':
    case 'map':
      if (opens || tokens.isOperator('[', 1) || tokens.isOperator('{', 1)) {
        throw tokens.fail('Lists, structs and maps are not supported by the embedded engine');
      }
      break;
    default:
      break;
  }
  if (wordFunctions.has(word) && !opens) return parseCall(g, tokens.identifier());
  if (literalTypes.has(word) && tokens.peek(1).kind === 'string') return parseTypedLiteral(g);
  return parseReference(g);
}

function parseParenthesis(g: Grammar): Expr {
  const { tokens } = g;
  const open = tokens.expectOperator('(');
  if (opensQuery(tokens)) {
    const query = g.query();
    tokens.expectOperator(')');
    return { kind: 'scalarQuery', query, span: tokens.spanFrom(open.span.start) };
  }
  const inner = g.expression();
  if (tokens.isOperator(',')) throw tokens.fail('Rows in parentheses are not supported by the embedded engine');
  tokens.expectOperator(')');
  return { kind: 'paren', inner, span: tokens.spanFrom(open.span.start) };
}

/** A column, with or without a qualifier, or a call. */
function parseReference(g: Grammar): Expr {
  const { tokens } = g;
  const path: Identifier[] = [tokens.isOperator('(', 1) ? tokens.identifier() : tokens.expectName('an expression')];
  while (tokens.isOperator('.') && !tokens.isOperator('*', 1)) {
    tokens.next();
    path.push(tokens.expectLabel('a name'));
  }
  const name = path.at(-1);
  const first = path[0];
  if (name === undefined || first === undefined) throw tokens.unexpected('an expression');
  if (tokens.isOperator('(')) {
    if (path.length > 1) {
      throw tokens.fail(`The function ${path.map((one) => one.name).join('.')} is not known to the embedded engine`, {
        start: first.span.start,
        end: name.span.end,
      });
    }
    return parseCall(g, name);
  }
  return { kind: 'column', qualifier: path.slice(0, -1), name, span: between(first.span, name.span) };
}

function parseCase(g: Grammar): Expr {
  const { tokens } = g;
  const { start } = tokens.expectWord('case').span;
  const operand = tokens.isWord('when') ? undefined : g.expression();
  const whens: { when: Expr; then: Expr }[] = [];
  while (tokens.acceptWords('when')) {
    const when = g.expression();
    tokens.expectWord('then');
    whens.push({ when, then: g.expression() });
  }
  if (whens.length === 0) throw tokens.unexpected('WHEN');
  const otherwise = tokens.acceptWords('else') ? g.expression() : undefined;
  tokens.expectWord('end');
  return { kind: 'case', operand, whens, otherwise, span: tokens.spanFrom(start) } satisfies CaseExpr;
}

function parseExists(g: Grammar): Expr {
  const { tokens } = g;
  const { start } = tokens.expectWord('exists').span;
  tokens.expectOperator('(');
  const query = g.query();
  tokens.expectOperator(')');
  return { kind: 'exists', query, span: tokens.spanFrom(start) };
}

function parseCast(g: Grammar, lenient: boolean): Expr {
  const { tokens } = g;
  const { start } = tokens.next().span;
  tokens.expectOperator('(');
  const operand = g.expression();
  tokens.expectWord('as');
  const target = parseTypeName(tokens);
  tokens.expectOperator(')');
  return { kind: 'cast', operand, target, lenient, span: tokens.spanFrom(start) };
}

function parseTypedLiteral(g: Grammar): Expr {
  const { tokens } = g;
  const target = parseTypeName(tokens);
  const text = tokens.next();
  const operand: Expr = { kind: 'literal', type: 'string', value: text.text, span: text.span };
  return { kind: 'cast', operand, target, lenient: false, span: between(target.span, text.span) };
}

function parseExtract(g: Grammar): Expr {
  const { tokens } = g;
  const { start } = tokens.expectWord('extract').span;
  tokens.expectOperator('(');
  const field = tokens.next();
  if (field.kind !== 'word' && field.kind !== 'string') throw tokens.fail('Expected a part of a date', field.span);
  tokens.expectWord('from');
  const operand = g.expression();
  tokens.expectOperator(')');
  return { kind: 'extract', field: field.text.toLowerCase(), operand, span: tokens.spanFrom(start) };
}

/** interval '3 months', interval 3 month, interval (n) day, interval '3' month. */
function parseInterval(g: Grammar): Expr {
  const { tokens } = g;
  const { start } = tokens.expectWord('interval').span;
  const amount = parsePrimary(g);
  const unit = /^(year|quarter|month|week|day|hour|minute|second|millisecond|microsecond)s?$/.test(tokens.peek().text)
    ? tokens.next().text
    : undefined;
  return { kind: 'interval', amount, unit, span: tokens.spanFrom(start) };
}
