import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by compiling models: refs, sources, configs and the graph. */
export const compileCodes = {
  'compile.macroFailed': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
