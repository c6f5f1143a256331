import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by the Jinja lexer, parser and interpreter. */
export const jinjaCodes = {
  'jinja.syntax': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
