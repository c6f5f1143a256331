import type { Dialect } from '../translation.ts';
import type { Span } from '../span.ts';
import { SyntaxFault } from './syntaxFault.ts';

/** One token; `text` is a word in lower case, an operator, or what stands between quotes. */
export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'operator' | 'end';
  readonly text: string;
  readonly span: Span;
}

const operators = ['::', '||', '<>', '!=', '<=', '>=', '==', '**', '//', '->>', '->', ':=', '=>', '!~*', '!~', '~*'];
const longestFirst = [...operators].sort((a, b) => b.length - a.length);
const blank = /\s/u;
const wordStart = /[\p{L}_]/u;
const wordPart = /[\p{L}\p{N}_$]/u;
const digit = /[0-9]/;

/** Dialects in which `"x"` is text and names stand in backticks. */
export const backtickDialects: ReadonlySet<Dialect> = new Set<Dialect>(['bigquery', 'databricks', 'spark']);

/** Dialects in which a backslash in a string begins an escape, or may. */
const escapingDialects: ReadonlySet<Dialect> = new Set<Dialect>([
  ...backtickDialects,
  'snowflake',
  'redshift',
  'clickhouse',
]);

function refuseBackslash(token: Token | undefined): void {
  if (token?.text.includes('\\') !== true) return;
  throw new SyntaxFault('A backslash in a string is not supported for this dialect', token.span);
}

/** Cuts SQL into tokens and drops blanks and comments. Throws `SyntaxFault` at what can be no token. */
export function tokenize(sql: string, dialect: Dialect): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (kind: Token['kind'], text: string, end: number): void => {
    tokens.push({ kind, text, span: { start: at, end } });
    at = end;
  };
  while (at < sql.length) {
    const char = sql.charAt(at);
    if (blank.test(char)) at += 1;
    else if (sql.startsWith('--', at)) at = endOr(sql, sql.indexOf('\n', at));
    else if (sql.startsWith('/*', at)) at = commentEnd(sql, at);
    else if (char === "'") {
      pushQuoted(push, sql, at, 'string');
      if (escapingDialects.has(dialect)) refuseBackslash(tokens.at(-1));
    } else if (char === '"') {
      pushQuoted(push, sql, at, backtickDialects.has(dialect) ? 'string' : 'quoted');
      if (backtickDialects.has(dialect)) refuseBackslash(tokens.at(-1));
    } else if (char === '`') pushQuoted(push, sql, at, 'quoted');
    else if (char === '$' && /^\$\w*\$/u.test(sql.slice(at, at + 64))) pushDollar(push, sql, at);
    else if ((char === 'e' || char === 'E') && sql.charAt(at + 1) === "'") pushEscaped(push, sql, at);
    else if (wordStart.test(char)) {
      const end = wordEnd(sql, at);
      push('word', sql.slice(at, end).toLowerCase(), end);
    } else if (digit.test(char) || (char === '.' && digit.test(sql.charAt(at + 1)))) {
      const end = numberEnd(sql, at);
      push('number', sql.slice(at, end).replaceAll('_', ''), end);
    } else {
      const op = longestFirst.find((one) => sql.startsWith(one, at)) ?? char;
      push('operator', op, at + op.length);
    }
  }
  tokens.push({ kind: 'end', text: '', span: { start: sql.length, end: sql.length } });
  return tokens;
}

type Push = (kind: Token['kind'], text: string, end: number) => void;

function endOr(sql: string, end: number): number {
  return end === -1 ? sql.length : end;
}

/** PostgreSQL and DuckDB nest block comments and SQLite does not, so a nested one cannot be passed on. */
function commentEnd(sql: string, start: number): number {
  const end = sql.indexOf('*/', start + 2);
  if (end === -1) throw new SyntaxFault('This comment has no end: close it with */', { start, end: sql.length });
  if (sql.slice(start + 2, end).includes('/*')) {
    throw new SyntaxFault('A comment within a comment: SQLite ends at the first */', { start, end: end + 2 });
  }
  return end + 2;
}

function pushQuoted(push: Push, sql: string, start: number, kind: 'string' | 'quoted'): void {
  const quote = sql.charAt(start);
  let end = start + 1;
  for (;;) {
    end = sql.indexOf(quote, end);
    if (end === -1) throw new SyntaxFault(`This ${quote} is not closed`, { start, end: lineEnd(sql, start) });
    if (sql.charAt(end + 1) !== quote) break;
    end += 2;
  }
  push(kind, sql.slice(start + 1, end).replaceAll(quote + quote, quote), end + 1);
}

function lineEnd(sql: string, start: number): number {
  return endOr(sql, sql.indexOf('\n', start));
}

function pushDollar(push: Push, sql: string, start: number): void {
  const tag = sql.slice(start, sql.indexOf('$', start + 1) + 1);
  const end = sql.indexOf(tag, start + tag.length);
  if (end === -1) throw new SyntaxFault(`This ${tag} is not closed`, { start, end: lineEnd(sql, start) });
  push('string', sql.slice(start + tag.length, end), end + tag.length);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', '\\': '\\', "'": "'" };

function pushEscaped(push: Push, sql: string, start: number): void {
  let text = '';
  let at = start + 2;
  for (; ; at += 1) {
    const char = sql.charAt(at);
    if (char === '') throw new SyntaxFault("This ' is not closed", { start, end: lineEnd(sql, start) });
    if (char === '\\') {
      at += 1;
      const meant = escapes[sql.charAt(at)];
      if (meant === undefined) {
        throw new SyntaxFault(`The escape \\${sql.charAt(at)} is not supported`, { start: at - 1, end: at + 1 });
      }
      text += meant;
    } else if (char === "'") {
      if (sql.charAt(at + 1) !== "'") break;
      text += "'";
      at += 1;
    } else text += char;
  }
  push('string', text, at + 1);
}

function wordEnd(sql: string, start: number): number {
  let end = start + 1;
  while (end < sql.length && wordPart.test(sql.charAt(end))) end += 1;
  return end;
}

function numberEnd(sql: string, start: number): number {
  const match = /^(?:[0-9][0-9_]*)?(?:\.[0-9_]*)?(?:[eE][+-]?[0-9]+)?/.exec(sql.slice(start, start + 400));
  return start + (match?.[0].length ?? 1);
}
