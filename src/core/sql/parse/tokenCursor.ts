import type { Identifier } from '../tree.ts';
import type { Dialect } from '../translation.ts';
import type { Span } from '../span.ts';
import { SyntaxFault } from './syntaxFault.ts';
import { tokenize, type Token } from './tokens.ts';

/** Words that cannot be a name without quotes, nor an alias without `as`. */
const reserved: ReadonlySet<string> = new Set(
  (
    'all and any as asc between by case cast cross desc distinct else end except exists false fetch for from full ' +
    'group having in inner intersect into is join lateral left like limit natural not null offset on or order outer ' +
    'qualify right select some tablesample then true union using values when where window with ilike similar ' +
    'semi anti asof positional pivot unpivot'
  ).split(' '),
);

/** Reads tokens in order. What is expected and not there is a `SyntaxFault` at the token that stands there instead. */
export class TokenCursor {
  readonly sql: string;
  readonly dialect: Dialect;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(sql: string, dialect: Dialect) {
    this.sql = sql;
    this.dialect = dialect;
    this.#tokens = tokenize(sql, dialect);
  }

  peek(ahead = 0): Token {
    const last = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#at + ahead, last)];
    if (token === undefined) throw new Error('a token list ends with its end token');
    return token;
  }

  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** End of the token before this one: where a node that is now complete ends. */
  get lastEnd(): number {
    return this.#tokens[this.#at - 1]?.span.end ?? 0;
  }

  spanFrom(start: number): Span {
    return { start, end: this.lastEnd };
  }

  isWord(word: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text === word;
  }

  isOperator(op: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'operator' && token.text === op;
  }

  /** Steps over these words when they stand here in this order. */
  acceptWords(...words: readonly string[]): boolean {
    if (!words.every((word, i) => this.isWord(word, i))) return false;
    this.#at += words.length;
    return true;
  }

  acceptOperator(op: string): boolean {
    if (!this.isOperator(op)) return false;
    this.#at += 1;
    return true;
  }

  expectWord(word: string): Token {
    if (!this.isWord(word)) throw this.unexpected(word.toUpperCase());
    return this.next();
  }

  expectOperator(op: string): Token {
    if (!this.isOperator(op)) throw this.unexpected(op);
    return this.next();
  }

  /** A quoted name, or a word that is not reserved. */
  isName(ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'quoted' || (token.kind === 'word' && !reserved.has(token.text));
  }

  expectName(what: string): Identifier {
    if (!this.isName()) throw this.unexpected(what);
    return this.identifier();
  }

  /** After `as` and after a dot every word is a name. */
  expectLabel(what: string): Identifier {
    const { kind } = this.peek();
    if (kind !== 'word' && kind !== 'quoted') throw this.unexpected(what);
    return this.identifier();
  }

  identifier(): Identifier {
    const token = this.next();
    const quoted = token.kind === 'quoted';
    const name = quoted ? token.text : this.sql.slice(token.span.start, token.span.end);
    return { name, quoted, span: token.span };
  }

  unexpected(expected: string): SyntaxFault {
    const token = this.peek();
    const found = token.kind === 'end' ? 'the end of the query' : this.sql.slice(token.span.start, token.span.end);
    return new SyntaxFault(`Expected ${expected}, found ${found}`, token.span);
  }

  fail(message: string, span: Span = this.peek().span): SyntaxFault {
    return new SyntaxFault(message, span);
  }
}
