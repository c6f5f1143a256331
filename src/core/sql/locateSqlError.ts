import type { Range } from '../diagnostics/text.ts';
import { parseStatement } from './parse/parseStatement.ts';
import { SyntaxFault } from './parse/syntaxFault.ts';
import { tokenize, type Token } from './parse/tokens.ts';
import { rangeOf, type Span } from './span.ts';

/** How a message's subject is looked for: the token that has its name, one that is called, or a keyword. */
type Search = (sql: string, tokens: readonly Token[], subject: string) => Span | undefined;

const patterns: readonly (readonly [RegExp, Search])[] = [
  [/^no such column: (.+?)(?: - should this be a string literal in single-quotes\?)?$/, findName],
  [/^ambiguous column name: (.+)$/, findName],
  [/^no such table: (.+)$/, findName],
  [/^duplicate column name: (.+)$/, findName],
  [/^no such function: (.+)$/, findCall],
  [/^wrong number of arguments to function (.+?)\(\)$/, findCall],
  [/^misuse of (?:aggregate|window)(?: function)?:? (.+?)\(\)$/, findCall],
  [/^(?:.+? may not be used as a window function|.+? is not a window function): (.+?)\(\)$/, findCall],
  [/^near "([^]*)": syntax error$/, findNear],
  [/^unrecognized token: "([^]*)"$/, findText],
  [/^SELECTs to the left and right of (UNION|UNION ALL|INTERSECT|EXCEPT) do not/, findKeyword],
  [/^aggregate functions are not allowed in the (GROUP) BY clause$/, findKeyword],
  [/^\d+\w\w (ORDER|GROUP) BY term/, findKeyword],
  [/^(ORDER|LIMIT) (?:BY )?clause should come after/, findKeyword],
  [/^incomplete input()$/, findEnd],
];

/**
 * Where in a statement SQLite's error message points. SQLite gives names and no places, so this is the place where the
 * name stands; undefined when the message names nothing, or nothing of the statement.
 */
export function locateSqlError(message: string, sql: string): Range | undefined {
  const tokens = tokensOf(sql);
  for (const [pattern, search] of patterns) {
    const match = pattern.exec(message.trim());
    if (match === null) continue;
    const span = search(sql, tokens, match[1] ?? '');
    return span === undefined ? undefined : rangeOf(sql, span);
  }
  return undefined;
}

/** The message in the words of the translation, where the translated SQL raised it itself (`not a date: 06/05/2024`). */
export function explainSqlError(message: string): string {
  const raised = /^bad JSON path: '([^]*)'$/.exec(message.trim())?.[1];
  return raised === undefined || raised.startsWith('$') ? message : raised.replaceAll("''", "'");
}

function tokensOf(sql: string): readonly Token[] {
  try {
    return tokenize(sql, 'sqlite');
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    return [];
  }
}

function isName(token: Token | undefined): boolean {
  return token?.kind === 'word' || token?.kind === 'quoted';
}

function isOperator(token: Token | undefined, op: string): boolean {
  return token?.kind === 'operator' && token.text === op;
}

/** `a.b.c` as it stands, or, when only its last part does, that: SQLite puts the schema before a table's name. */
function findName(_sql: string, tokens: readonly Token[], subject: string): Span | undefined {
  const parts = subject.split('.').map((part) => part.replace(/^["`[]|["`\]]$/g, '').toLowerCase());
  for (let from = 0; from < parts.length; from += 1) {
    const found = findPath(tokens, parts.slice(from));
    if (found !== undefined) return found;
  }
  return undefined;
}

function findPath(tokens: readonly Token[], parts: readonly string[]): Span | undefined {
  const at = tokens.findIndex((first, i) => {
    if (isOperator(tokens[i - 1], '.') || !isName(first)) return false;
    return parts.every((part, p) => {
      const token = tokens[i + 2 * p];
      return isName(token) && token?.text.toLowerCase() === part && (p === 0 || isOperator(tokens[i + 2 * p - 1], '.'));
    });
  });
  const last = tokens[at + 2 * (parts.length - 1)];
  const first = tokens[at];
  return first === undefined || last === undefined ? undefined : { start: first.span.start, end: last.span.end };
}

function findCall(_sql: string, tokens: readonly Token[], subject: string): Span | undefined {
  const name = subject.toLowerCase();
  return tokens.find((token, i) => token.text.toLowerCase() === name && isOperator(tokens[i + 1], '('))?.span;
}

/** The token at which SQLite stopped. When it stands more than once, the parser is asked where it would stop. */
function findNear(sql: string, tokens: readonly Token[], subject: string): Span | undefined {
  const all = tokens.filter(
    (token) => sql.slice(token.span.start, token.span.end).toLowerCase() === subject.toLowerCase(),
  );
  if (all.length > 1) {
    const parsed = parseStatement(sql, 'sqlite');
    const here = parsed.kind === 'fault' ? all.find((token) => token.span.start === parsed.span.start) : undefined;
    if (here !== undefined) return here.span;
  }
  return all[0]?.span ?? findText(sql, tokens, subject);
}

function findText(sql: string, _tokens: readonly Token[], subject: string): Span | undefined {
  const start = sql.indexOf(subject);
  return start === -1 || subject === '' ? undefined : { start, end: start + subject.length };
}

function findKeyword(_sql: string, tokens: readonly Token[], subject: string): Span | undefined {
  const word = subject.toLowerCase().split(' ')[0];
  return tokens.find((token) => token.kind === 'word' && token.text === word)?.span;
}

function findEnd(sql: string): Span {
  return { start: sql.trimEnd().length, end: sql.trimEnd().length };
}
