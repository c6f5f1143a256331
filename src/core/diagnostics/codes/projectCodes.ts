import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by reading the project: its files, YAML and names. */
export const projectCodes = {
  'project.unreadable': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
