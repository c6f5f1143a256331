import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by running nodes on the engine. */
export const runCodes = {
  'run.nodeFailed': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
