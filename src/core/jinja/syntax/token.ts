import type { DiagnosticCode, CodeParams } from '../../diagnostics/codes.ts';

/** Characters of the template from `start` up to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type TokenKind =
  | 'text'
  | 'variableBegin'
  | 'variableEnd'
  | 'blockBegin'
  | 'blockEnd'
  | 'name'
  | 'string'
  | 'integer'
  | 'float'
  | 'operator'
  | 'invalid'
  | 'end';

/** One piece of a template. */
export interface Token extends Span {
  readonly kind: TokenKind;
  /** Text as it is output, name, operator, digits, or a string's decoded content. */
  readonly value: string;
  /** Why an `invalid` token is none. */
  readonly fault?: TokenFault;
}

/** A fault that the lexer found; the parser reports it when it comes there. */
export type TokenFault =
  | { readonly code: 'jinja.unexpectedCharacter'; readonly params: CodeParams<'jinja.unexpectedCharacter'> }
  | { readonly code: 'jinja.unclosedString'; readonly params: undefined }
  | { readonly code: 'jinja.unclosedTag'; readonly params: CodeParams<'jinja.unclosedTag'> }
  | { readonly code: 'jinja.unclosedBlock'; readonly params: CodeParams<'jinja.unclosedBlock'> }
  | { readonly code: 'jinja.invalidSyntax'; readonly params: CodeParams<'jinja.invalidSyntax'> };

/** Codes that syntax faults may carry. */
export type SyntaxCode = Extract<DiagnosticCode, `jinja.${string}`>;
