import type { Expression } from '../syntax/syntaxTree.ts';
import type { Span } from '../syntax/token.ts';
import { displayText } from '../values/display.ts';
import type { JinjaValue } from '../values/value.ts';
import type { Runtime } from './runtime.ts';

/** Where statements write to. */
export interface Sink {
  /** Text that stands in the template as it is. */
  text(text: string, span: Span): void;
  /** The value of an expression; the span is its tag's. */
  value(value: JinjaValue, span: Span, expression?: Expression): void;
}

/** Collects output as text: for macros, captured blocks and callers. */
export class TextSink implements Sink {
  readonly #runtime: Runtime;
  readonly #parts: string[] = [];
  #length = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  get result(): string {
    return this.#parts.join('');
  }

  text(text: string): void {
    this.#length += text.length;
    this.#runtime.checkText(this.#length, text.length);
    this.#parts.push(text);
  }

  value(value: JinjaValue): void {
    this.text(displayText(value));
  }
}

/** Characters of the output, and those of the template that they come from. */
export interface Segment {
  readonly outputStart: number;
  readonly outputEnd: number;
  /** Offsets in the template's `SourceText`. */
  readonly sourceStart: number;
  readonly sourceEnd: number;
  /** True for text that stands in the template as it is: character for character. */
  readonly literal: boolean;
}

/** Collects a template's output with the place each part comes from. */
export class MappedSink implements Sink {
  readonly #text: TextSink;
  readonly segments: Segment[] = [];
  #length = 0;

  constructor(runtime: Runtime) {
    this.#text = new TextSink(runtime);
  }

  get result(): string {
    return this.#text.result;
  }

  text(text: string, span: Span): void {
    this.#add(text, span, true);
  }

  value(value: JinjaValue, span: Span): void {
    this.#add(displayText(value), span, false);
  }

  #add(text: string, span: Span, literal: boolean): void {
    this.#text.text(text);
    if (text === '') return;
    const outputStart = this.#length;
    this.#length += text.length;
    this.segments.push({ outputStart, outputEnd: this.#length, sourceStart: span.start, sourceEnd: span.end, literal });
  }
}

/** A value as a template wrote it, with the expression that gave it; a text of the template has none. */
export interface WrittenValue {
  readonly value: JinjaValue;
  readonly span: Span;
  readonly expression: Expression | undefined;
}

/** Keeps the values as they are, for YAML, where `{{ 1 + 1 }}` is a number. */
export class ValueSink implements Sink {
  readonly #runtime: Runtime;
  readonly values: WrittenValue[] = [];

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  text(text: string, span: Span): void {
    this.value(text, span);
  }

  value(value: JinjaValue, span: Span, expression?: Expression): void {
    this.#runtime.checkItems(this.values.length + 1, 1);
    this.values.push({ value, span, expression });
  }
}
