import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by the SQL layer: parsing, translating to SQLite, and refusing what would be silently wrong. */
export const sqlCodes = {
  'sql.notParsed': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
