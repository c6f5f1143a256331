import type { SourceText } from './sourceText.ts';
import { decodeString } from './stringLiteral.ts';
import type { Token, TokenFault, TokenKind } from './token.ts';

const opening = /\{\{|\{%|\{#/g;
const rawBegin = /\{%[-+]?\s*raw\s*(-%\}|%\})/y;
const rawEnd = /\{%([-+]?)\s*endraw\s*(\+%\}|-%\}|%\})/g;
const spaces = /\s*/y;
const name = /[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*/uy;
const float = /\d+(?:_\d+)*(?:(?:\.\d+(?:_\d+)*)?e[+-]?\d+(?:_\d+)*|\.\d+(?:_\d+)*)/iy;
const integer = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const string = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/y;
const operator = /\/\/|\*\*|==|!=|>=|<=|[-+*/%~[\](){}<>=.:|,;]/y;
const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Splits a template into tokens as Jinja2 3.1 does with dbt's settings: default delimiters, no line statements,
 * `trim_blocks`, `lstrip_blocks` and `keep_trailing_newline` off. Faults become `invalid` tokens.
 */
export function tokenize(source: SourceText): readonly Token[] {
  return new Lexer(source.text).run();
}

class Lexer {
  readonly #text: string;
  readonly #end: number;
  readonly #tokens: Token[] = [];
  #at = 0;
  /** The tag that ended before asked for the white space after it to go. */
  #trimNext = false;

  constructor(text: string) {
    this.#text = text;
    this.#end = text.endsWith('\n') ? text.length - 1 : text.length;
  }

  run(): readonly Token[] {
    while (this.#at < this.#end) this.#next();
    this.#push('end', '', this.#end, this.#end);
    return this.#tokens;
  }

  #next(): void {
    opening.lastIndex = this.#at;
    const match = opening.exec(this.#text);
    const start = match === null || match.index >= this.#end ? this.#end : match.index;
    const sign = this.#text.charAt(start + 2);
    this.#pushText(this.#at, start, start < this.#end && sign === '-');
    this.#at = start;
    if (match === null || start >= this.#end) return;
    if (match[0] === '{#') this.#comment(start);
    else if (match[0] === '{%' && this.#match(rawBegin) !== undefined) this.#raw(start);
    else this.#tag(start, match[0] === '{{' ? 'variable' : 'block');
  }

  #pushText(from: number, to: number, trimEnd: boolean): void {
    let start = from;
    let end = to;
    if (this.#trimNext) {
      while (start < end && /\s/.test(this.#text.charAt(start))) start += 1;
      this.#trimNext = false;
    }
    if (trimEnd) while (end > start && /\s/.test(this.#text.charAt(end - 1))) end -= 1;
    if (end > start) this.#push('text', this.#text.slice(start, end), start, end);
  }

  #comment(start: number): void {
    const from = /[-+]/.test(this.#text.charAt(start + 2)) ? start + 3 : start + 2;
    const end = this.#text.indexOf('#}', from);
    if (end === -1 || end + 2 > this.#end) {
      this.#invalid(start, start + 2, { code: 'jinja.unclosedTag', params: { open: '{#', close: '#}' } });
      this.#at = this.#end;
      return;
    }
    this.#trimNext = end > from && this.#text.charAt(end - 1) === '-';
    this.#at = end + 2;
  }

  #raw(start: number): void {
    rawBegin.lastIndex = start;
    const begin = rawBegin.exec(this.#text);
    const from = start + (begin?.[0].length ?? 0);
    rawEnd.lastIndex = from;
    const end = rawEnd.exec(this.#text);
    if (end === null) {
      this.#invalid(start, from, { code: 'jinja.unclosedBlock', params: { tag: 'raw', endTag: 'endraw' } });
      this.#at = this.#end;
      return;
    }
    this.#trimNext = begin?.[1] === '-%}';
    this.#pushText(from, end.index, end[1] === '-');
    this.#trimNext = end[2] === '-%}';
    this.#at = end.index + end[0].length;
  }

  #tag(start: number, kind: 'variable' | 'block'): void {
    const close = kind === 'variable' ? '}}' : '%}';
    const signed = /[-+]/.test(this.#text.charAt(start + 2));
    this.#at = start + (signed ? 3 : 2);
    this.#push(
      kind === 'variable' ? 'variableBegin' : 'blockBegin',
      this.#text.slice(start, start + 2),
      start,
      this.#at,
    );
    const brackets: string[] = [];
    while (true) {
      this.#at += this.#match(spaces)?.length ?? 0;
      if (this.#at >= this.#end) {
        this.#invalid(start, start + 2, {
          code: 'jinja.unclosedTag',
          params: { open: this.#text.slice(start, start + 2), close },
        });
        return;
      }
      if (brackets.length === 0 && this.#closes(kind, close)) return;
      this.#inside(brackets, close);
    }
  }

  #closes(kind: 'variable' | 'block', close: string): boolean {
    const sign = this.#text.charAt(this.#at);
    const signed = sign === '-' || (sign === '+' && kind === 'block');
    const at = signed ? this.#at + 1 : this.#at;
    if (!this.#text.startsWith(close, at) || at + 2 > this.#end) return false;
    this.#push(kind === 'variable' ? 'variableEnd' : 'blockEnd', close, this.#at, at + 2);
    this.#trimNext = sign === '-';
    this.#at = at + 2;
    return true;
  }

  #inside(brackets: string[], close: string): void {
    const first = this.#text.charAt(this.#at);
    const afterDot = this.#text.charAt(this.#at - 1) === '.';
    if (first === "'" || first === '"') this.#string();
    else if (!afterDot && this.#take('float', float)) return;
    else if (this.#take('integer', integer) || this.#take('name', name)) return;
    else if (this.#take('operator', operator)) this.#bracket(this.#tokens.at(-1)?.value ?? '', brackets, close);
    else {
      const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
      const end = this.#at + character.length;
      this.#invalid(this.#at, end, { code: 'jinja.unexpectedCharacter', params: { character } });
      this.#at = end;
    }
  }

  #bracket(value: string, brackets: string[], close: string): void {
    const closer = closers[value];
    if (closer !== undefined) {
      brackets.push(closer);
      return;
    }
    if (value !== ')' && value !== ']' && value !== '}') return;
    const expected = brackets.pop();
    if (expected !== value) this.#wrongBracket(value, expected, close);
    // What is open cannot be told after a wrong bracket, so that the tag's own end counts again.
    if (expected !== value) brackets.length = 0;
  }

  #wrongBracket(value: string, expected: string | undefined, close: string): void {
    this.#tokens.pop();
    const start = this.#at - 1;
    // The tag's own end shows that the bracket was forgotten; it ends the tag nevertheless.
    const isEnd = value === '}' && (this.#text.startsWith(close, start) || this.#text.startsWith(close, start - 1));
    if (expected === undefined || !isEnd) {
      const single = value === '}' ? `A single "}" closes nothing here: end the tag with "${close}".` : undefined;
      const detail =
        expected === undefined
          ? (single ?? `This "${value}" closes nothing: remove it, or open it before.`)
          : `Found "${value}" where "${expected}" must close the bracket opened before.`;
      this.#invalid(start, this.#at, { code: 'jinja.invalidSyntax', params: { detail } });
      return;
    }
    const from = this.#text.startsWith(close, start) ? start : start - 1;
    if (from < start) this.#tokens.pop();
    const detail = `Found "${close}" where "${expected}" must close the bracket opened before.`;
    this.#invalid(from, from + close.length, { code: 'jinja.invalidSyntax', params: { detail } });
    this.#at = from;
  }

  #string(): void {
    const literal = this.#match(string);
    const start = this.#at;
    if (literal === undefined || start + literal.length > this.#end) {
      const lineEnd = this.#text.indexOf('\n', start);
      const end = lineEnd === -1 ? this.#end : Math.min(lineEnd, this.#end);
      this.#invalid(start, end, { code: 'jinja.unclosedString', params: undefined });
      this.#at = end;
      return;
    }
    this.#at += literal.length;
    const value = decodeString(literal.slice(1, -1));
    if (value !== undefined) this.#push('string', value, start, this.#at);
    else {
      const detail = 'This string has a broken escape: write \\\\ for a backslash, or complete the escape.';
      this.#invalid(start, this.#at, { code: 'jinja.invalidSyntax', params: { detail } });
    }
  }

  #take(kind: TokenKind, pattern: RegExp): boolean {
    const value = this.#match(pattern);
    if (value === undefined || value === '') return false;
    this.#push(kind, value, this.#at, this.#at + value.length);
    this.#at += value.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0];
  }

  #push(kind: TokenKind, value: string, start: number, end: number): void {
    this.#tokens.push({ kind, value, start, end });
  }

  #invalid(start: number, end: number, fault: TokenFault): void {
    this.#tokens.push({ kind: 'invalid', value: this.#text.slice(start, end), start, end, fault });
  }
}
