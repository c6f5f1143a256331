import type { CodeParams } from '../../diagnostics/codes.ts';
import { diagnostic, type Diagnostic, type DiagnosticExtras } from '../../diagnostics/diagnostic.ts';
import type { SourceText } from './sourceText.ts';
import type { Span, SyntaxCode, Token, TokenKind } from './token.ts';

/** Thrown within the parser to give up the tag at hand; the fault is already recorded. */
class TagAbandoned extends Error {}

/** Deeper than any real template, and shallow enough for the JavaScript stack. */
const maxNesting = 64;

/** The parser's place in the tokens, and the faults found so far. */
export class TokenStream {
  readonly source: SourceText;
  readonly diagnostics: Diagnostic[] = [];
  readonly #tokens: readonly Token[];
  #at = 0;
  #nesting = 0;
  #gaveUp = false;

  constructor(source: SourceText, tokens: readonly Token[]) {
    this.source = source;
    this.#tokens = tokens;
  }

  get current(): Token {
    return this.peek(0);
  }

  /** True when the rest of the file was not read, so that blocks may only seem unclosed. */
  get gaveUp(): boolean {
    return this.#gaveUp;
  }

  /** Reads nothing more of the file. */
  giveUp(): void {
    this.#gaveUp = true;
    this.#at = this.#tokens.length - 1;
  }

  /** End of the token before the current one. */
  get previousEnd(): number {
    return this.#tokens[this.#at - 1]?.end ?? 0;
  }

  peek(distance: number): Token {
    const token = this.#tokens[Math.min(this.#at + distance, this.#tokens.length - 1)];
    if (token === undefined) throw new Error('a token list without an end');
    return token;
  }

  next(): Token {
    const token = this.current;
    if (token.kind === 'invalid') this.#failInvalid(token);
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  is(kind: TokenKind, value?: string): boolean {
    return this.current.kind === kind && (value === undefined || this.current.value === value);
  }

  /** Takes the operator if it stands here. */
  skip(operator: string): boolean {
    const found = this.is('operator', operator);
    if (found) this.#at += 1;
    return found;
  }

  /** Takes the name if it stands here. */
  skipName(name: string): boolean {
    const found = this.is('name', name);
    if (found) this.#at += 1;
    return found;
  }

  expectOperator(operator: string): Token {
    if (!this.is('operator', operator)) this.unexpected(`"${operator}"`);
    return this.next();
  }

  expectName(expected: string): Token {
    if (!this.is('name')) this.unexpected(expected);
    return this.next();
  }

  /** Reports that something else was expected here, and gives up the tag. */
  unexpected(expected: string): never {
    const token = this.current;
    if (token.kind === 'invalid') this.#failInvalid(token);
    this.fail('jinja.unexpectedToken', { found: describe(token), expected }, token);
  }

  report<C extends SyntaxCode>(code: C, params: CodeParams<C>, span: Span, extras?: DiagnosticExtras): Diagnostic {
    const { file } = this.source;
    const made = diagnostic(code, params, { file, range: this.source.range(span.start, span.end) }, extras);
    this.diagnostics.push(made);
    return made;
  }

  /** Reports, and gives up the tag at hand. */
  fail<C extends SyntaxCode>(code: C, params: CodeParams<C>, span: Span): never {
    this.report(code, params, span);
    throw new TagAbandoned();
  }

  /** Runs a parse that may call itself, and refuses nesting that could exhaust the stack. */
  nested<T>(parse: () => T): T {
    this.#nesting += 1;
    try {
      if (this.#nesting > maxNesting) {
        const span = this.current;
        this.giveUp();
        this.fail('jinja.nestingTooDeep', { limit: maxNesting }, span);
      }
      return parse();
    } finally {
      this.#nesting -= 1;
    }
  }

  /** Runs a parse; when it gives up, goes on before the tag's end and gives the fallback. */
  recover<T>(parse: () => T, fallback: () => T): T {
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof TagAbandoned)) throw error;
      while (!this.is('variableEnd') && !this.is('blockEnd') && !this.is('text') && !this.is('end')) this.#at += 1;
      return fallback();
    }
  }

  /** Takes the tag's end; whatever stands before it is reported once. */
  expectTagEnd(kind: 'variableEnd' | 'blockEnd'): void {
    // An unclosed tag was reported when its last token was met.
    if (this.is('end')) return;
    this.recover(
      () => {
        if (!this.is(kind)) this.unexpected(kind === 'variableEnd' ? '"}}"' : '"%}"');
      },
      () => undefined,
    );
    if (this.is('variableEnd') || this.is('blockEnd')) this.#at += 1;
  }

  /** Skips an invalid token between tags (an unclosed comment or raw block), after reporting it. */
  skipInvalid(): void {
    if (this.current.kind !== 'invalid') return;
    this.#reportInvalid(this.current);
    this.#at += 1;
  }

  #failInvalid(token: Token): never {
    this.#reportInvalid(token);
    throw new TagAbandoned();
  }

  #reportInvalid(token: Token): Diagnostic {
    const { fault } = token;
    switch (fault?.code) {
      case undefined:
        throw new Error('an invalid token without a fault');
      case 'jinja.unclosedString':
        return this.report(fault.code, {}, token);
      case 'jinja.unclosedTag':
        this.#gaveUp = true;
        return this.report(fault.code, fault.params, token);
      case 'jinja.unclosedBlock':
        this.#gaveUp = true;
        return this.report(fault.code, fault.params, token);
      case 'jinja.unexpectedCharacter':
        return this.report(fault.code, fault.params, token);
      case 'jinja.invalidSyntax':
        return this.report(fault.code, fault.params, token);
    }
  }
}

function describe(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end of the file';
    case 'text':
      return 'text';
    case 'variableEnd':
    case 'blockEnd':
    case 'variableBegin':
    case 'blockBegin':
    case 'name':
    case 'operator':
    case 'integer':
    case 'float':
    case 'invalid':
      return `"${token.value}"`;
    case 'string':
      return 'a string';
  }
}
