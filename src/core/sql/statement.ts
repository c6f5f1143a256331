import { tokenize, type Token } from './parse/tokens.ts';
import type { Dialect } from './translation.ts';

/** What a statement does to the database. The texts are parts of the statement as it was written. */
export type Statement =
  | { readonly kind: 'query'; readonly sql: string }
  /** `create table | view NAME as QUERY`; `replaces` for CREATE OR REPLACE. */
  | {
      readonly kind: 'createAs';
      readonly relation: 'table' | 'view';
      readonly name: string;
      readonly replaces: boolean;
      readonly temporary: boolean;
      readonly ifNotExists: boolean;
      readonly query: string;
    }
  /** `insert into NAME (…) QUERY`; `columns` with their parentheses, empty when there are none. */
  | { readonly kind: 'insert'; readonly name: string; readonly columns: string; readonly query: string }
  | { readonly kind: 'delete'; readonly name: string; readonly condition: string | undefined }
  /** `update NAME AS ALIAS set COLUMN = VALUE, … from FROM where CONDITION`; the alias is empty when there is none. */
  | {
      readonly kind: 'update';
      readonly name: string;
      readonly alias: string;
      readonly assignments: readonly Assignment[];
      /** The other tables that values and condition see. */
      readonly from: string | undefined;
      readonly condition: string | undefined;
    }
  | { readonly kind: 'drop'; readonly name: string }
  /** `alter table | view NAME rename to TO` */
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  /** What SQLite takes as it is written: CREATE TABLE with columns, ALTER TABLE. */
  | { readonly kind: 'plain'; readonly sql: string }
  /** What means nothing in the embedded database: grants, statistics, settings, transactions of the user's own. */
  | { readonly kind: 'ignored'; readonly what: string }
  | { readonly kind: 'unknown'; readonly what: string };

/** A column that is set to a value; the column without its quotes. */
export interface Assignment {
  readonly column: string;
  readonly value: string;
}

const ignored = new Set([
  'grant',
  'revoke',
  'comment',
  'analyze',
  'vacuum',
  'set',
  'reset',
  'use',
  'optimize',
  'begin',
  'commit',
  'start',
  'checkpoint',
  'install',
  'load',
  'refresh',
]);

const createWords = new Set(['temp', 'temporary', 'transient', 'unlogged', 'materialized', 'global', 'local']);

/** Cuts SQL into its statements and says what each does. Throws `SyntaxFault` at what can be no token. */
export function readStatements(sql: string, dialect: Dialect): readonly Statement[] {
  const parts: Token[][] = [[]];
  for (const token of tokenize(sql, dialect)) {
    if (token.kind === 'operator' && token.text === ';') parts.push([]);
    else if (token.kind !== 'end') parts.at(-1)?.push(token);
  }
  return parts.filter((tokens) => tokens.length > 0).map((tokens) => new StatementReader(sql, dialect, tokens).read());
}

class StatementReader {
  readonly #sql: string;
  readonly #dialect: Dialect;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(sql: string, dialect: Dialect, tokens: readonly Token[]) {
    this.#sql = sql;
    this.#dialect = dialect;
    this.#tokens = tokens;
  }

  read(): Statement {
    const [first] = this.#tokens;
    const word = first?.text ?? '';
    if (word === '(' || ['select', 'with', 'values', 'from', 'pragma', 'explain', 'show', 'describe'].includes(word))
      return { kind: 'query', sql: this.#from(0) };
    if (ignored.has(word)) return { kind: 'ignored', what: word };
    this.#at = 1;
    switch (word) {
      case 'create':
        return this.#create();
      case 'insert':
        return this.#insert();
      case 'delete':
        return this.#delete();
      case 'update':
        return this.#update();
      case 'truncate':
        this.#accept('table');
        return { kind: 'delete', name: this.#name(), condition: undefined };
      case 'drop':
        return this.#drop();
      case 'alter':
        return this.#alter();
      default:
        return this.#dialect === 'sqlite' ? { kind: 'plain', sql: this.#from(0) } : { kind: 'unknown', what: word };
    }
  }

  #alter(): Statement {
    const what = this.#word();
    if (what !== 'table' && what !== 'view') return { kind: 'ignored', what: `alter ${what}` };
    this.#at += 1;
    if (this.#accept('if')) this.#accept('exists');
    const name = this.#name();
    if (this.#accept('rename') && this.#accept('to')) return { kind: 'rename', name, to: this.#name() };
    return what === 'table' ? { kind: 'plain', sql: this.#from(0) } : { kind: 'unknown', what: 'alter view' };
  }

  #create(): Statement {
    const replaces = this.#accept('or') && this.#accept('replace');
    let temporary = false;
    for (; createWords.has(this.#word()); this.#at += 1) temporary ||= this.#word().startsWith('temp');
    const what = this.#word();
    if (what !== 'table' && what !== 'view') {
      return ['schema', 'index', 'unique', 'database', 'extension', 'sequence'].includes(what)
        ? { kind: 'ignored', what: `create ${what}` }
        : { kind: 'unknown', what: `create ${what}` };
    }
    this.#at += 1;
    const ifNotExists = this.#accept('if') && this.#accept('not') && this.#accept('exists');
    const name = this.#name();
    if (!this.#accept('as')) return { kind: 'plain', sql: this.#from(0) };
    return { kind: 'createAs', relation: what, name, replaces, temporary, ifNotExists, query: this.#from(this.#at) };
  }

  #insert(): Statement {
    if (!this.#accept('into')) return { kind: 'unknown', what: `insert ${this.#word()}` };
    const name = this.#name();
    const from = this.#at;
    // A parenthesis before a query is a query's own.
    if (this.#is('(') && !['select', 'with', 'values'].includes(this.#tokens[from + 1]?.text ?? '')) {
      while (this.#at < this.#tokens.length && !this.#is(')')) this.#at += 1;
      this.#at += 1;
    }
    return { kind: 'insert', name, columns: this.#between(from, this.#at), query: this.#from(this.#at) };
  }

  #delete(): Statement {
    if (!this.#accept('from')) return { kind: 'unknown', what: `delete ${this.#word()}` };
    const name = this.#name();
    if (this.#at >= this.#tokens.length) return { kind: 'delete', name, condition: undefined };
    if (!this.#accept('where')) return { kind: 'unknown', what: `delete … ${this.#word()}` };
    return { kind: 'delete', name, condition: this.#from(this.#at) };
  }

  #update(): Statement {
    const unknown: Statement = { kind: 'unknown', what: 'update' };
    const name = this.#name();
    this.#accept('as');
    const alias = this.#is('set') ? '' : this.#name();
    if (!this.#accept('set')) return unknown;
    const assignments: Assignment[] = [];
    do {
      const column = this.#tokens[this.#at]?.text;
      this.#at += 1;
      if (column === undefined || !this.#accept('=')) return unknown;
      const from = this.#at;
      this.#skipTo([',', 'where', 'from', 'returning']);
      assignments.push({ column, value: this.#between(from, this.#at) });
    } while (this.#accept(','));
    const start = this.#accept('from') ? this.#at : undefined;
    if (start !== undefined) this.#skipTo(['where', 'returning']);
    const from = start === undefined ? undefined : this.#between(start, this.#at);
    const update = { kind: 'update', name, alias, assignments, from } as const;
    if (this.#at >= this.#tokens.length) return { ...update, condition: undefined };
    const what = this.#word();
    return this.#accept('where')
      ? { ...update, condition: this.#from(this.#at) }
      : { kind: 'unknown', what: `update … ${what}` };
  }

  /** Goes on to the first of these words that stands in no parentheses. */
  #skipTo(words: readonly string[]): void {
    let depth = 0;
    for (; this.#at < this.#tokens.length; this.#at += 1) {
      const word = this.#word();
      // `is distinct from` is a comparison.
      const isPart = word === 'from' && this.#tokens[this.#at - 1]?.text === 'distinct';
      if (depth === 0 && words.includes(word) && !isPart) return;
      if (word === '(') depth += 1;
      if (word === ')') depth -= 1;
    }
  }

  #drop(): Statement {
    this.#accept('materialized');
    const what = this.#word();
    if (what !== 'table' && what !== 'view') return { kind: 'ignored', what: `drop ${what}` };
    this.#at += 1;
    if (this.#accept('if')) this.#accept('exists');
    return { kind: 'drop', name: this.#name() };
  }

  /** A name with its dots, as written. */
  #name(): string {
    const from = this.#tokens[this.#at];
    this.#at += 1;
    while (this.#word() === '.') this.#at += 2;
    const last = this.#tokens[Math.min(this.#at, this.#tokens.length) - 1];
    return from === undefined || last === undefined ? '' : this.#sql.slice(from.span.start, last.span.end);
  }

  #word(): string {
    const token = this.#tokens[this.#at];
    return token === undefined || token.kind === 'quoted' || token.kind === 'string' ? '' : token.text;
  }

  #is(word: string): boolean {
    return this.#word() === word;
  }

  #accept(word: string): boolean {
    if (!this.#is(word)) return false;
    this.#at += 1;
    return true;
  }

  #from(at: number): string {
    return this.#between(at, this.#tokens.length);
  }

  /** The text of these tokens, and of what stands between them. */
  #between(from: number, to: number): string {
    const start = this.#tokens[from]?.span.start;
    const end = this.#tokens[to - 1]?.span.end;
    return start === undefined || end === undefined || to <= from ? '' : this.#sql.slice(start, end);
  }
}
