import type { Dialect } from '../translation.ts';
import type { Span } from '../span.ts';
import type { Query } from '../tree.ts';
import type { Grammar } from './grammar.ts';
import { parseExpression, parseOperand } from './parseExpression.ts';
import { parseQuery } from './parseQuery.ts';
import { SyntaxFault } from './syntaxFault.ts';
import { TokenCursor } from './tokenCursor.ts';

export type ParseOutcome =
  | { readonly kind: 'query'; readonly query: Query }
  | {
      readonly kind: 'fault';
      readonly reason: 'syntax' | 'empty' | 'notAQuery' | 'manyStatements' | 'tooDeep';
      readonly message: string;
      readonly span: Span;
    };

/**
 * Parses the one query that a model is. A semicolon may end it; a second statement, or one that is no query, is a
 * fault. It reads the grammar of PostgreSQL and DuckDB, which other warehouses share for the most part.
 */
export function parseStatement(sql: string, dialect: Dialect): ParseOutcome {
  try {
    return parseTokens(new TokenCursor(sql, dialect));
  } catch (error) {
    if (error instanceof RangeError)
      return { kind: 'fault', reason: 'tooDeep', message: '', span: { start: 0, end: 1 } };
    if (!(error instanceof SyntaxFault)) throw error;
    return { kind: 'fault', reason: 'syntax', message: error.message, span: error.span };
  }
}

function parseTokens(tokens: TokenCursor): ParseOutcome {
  const first = tokens.peek();
  if (first.kind === 'end') return { kind: 'fault', reason: 'empty', message: '', span: first.span };
  const startsQuery = ['select', 'with', 'values'].includes(first.text) || tokens.isOperator('(');
  if (!startsQuery) {
    const message = tokens.sql.slice(first.span.start, first.span.end);
    return { kind: 'fault', reason: 'notAQuery', message, span: first.span };
  }
  const grammar: Grammar = {
    tokens,
    expression: () => parseExpression(grammar),
    operand: () => parseOperand(grammar),
    query: () => parseQuery(grammar),
  };
  const query = parseQuery(grammar);
  const ended = tokens.acceptOperator(';');
  while (tokens.acceptOperator(';'));
  const rest = tokens.peek();
  if (rest.kind === 'end') return { kind: 'query', query };
  if (!ended) throw tokens.unexpected('the end of the query');
  return { kind: 'fault', reason: 'manyStatements', message: '', span: rest.span };
}
