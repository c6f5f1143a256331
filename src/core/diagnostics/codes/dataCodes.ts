import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by reading, generating and checking data files. */
export const dataCodes = {
  'data.generationRefused': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
