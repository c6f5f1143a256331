import type { Span } from '../span.ts';

/** How the parser leaves off. It never leaves `parseStatement`, which turns it into a value. */
export class SyntaxFault extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.name = 'SyntaxFault';
    this.span = span;
  }
}
