import type { CodeDefinition } from './codeDefinition.ts';

const suggestion = (one: string | undefined): string => (one === undefined ? '' : `. Did you mean "${one}"?`);

/** Faults found by the SQL layer: parsing, translating to SQLite, and refusing what would be silently wrong. */
export const sqlCodes = {
  'sql.syntax': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
  'sql.empty': { severity: 'error', message: () => 'There is no query here: write a SELECT' },
  'sql.notAQuery': {
    severity: 'error',
    message: (p: { readonly found: string }) => `Expected a query (SELECT or WITH), found ${p.found}`,
  },
  'sql.manyStatements': {
    severity: 'error',
    message: () => 'A second statement starts here: a model is one query',
  },
  'sql.tooDeep': {
    severity: 'error',
    message: () => 'This SQL is nested too deeply: write its parts as CTEs',
  },
  'sql.unsupported': {
    severity: 'error',
    message: (p: { readonly what: string; readonly instead?: string | undefined }) =>
      `${p.what} is not supported by the embedded engine${p.instead === undefined ? '' : `: ${p.instead}`}`,
  },
  'sql.unknownFunction': {
    severity: 'error',
    message: (p: { readonly name: string; readonly suggestion?: string | undefined }) =>
      `The function ${p.name} is not known to the embedded engine${suggestion(p.suggestion)}`,
  },
  'sql.wrongArguments': {
    severity: 'error',
    message: (p: { readonly name: string; readonly expected: string }) => `${p.name} takes ${p.expected}`,
  },
  'sql.unknownColumn': {
    severity: 'error',
    message: (p: { readonly name: string; readonly suggestion?: string | undefined }) =>
      `There is no column "${p.name}"${suggestion(p.suggestion)}`,
  },
  'sql.ambiguousColumn': {
    severity: 'error',
    message: (p: { readonly name: string; readonly tables: readonly string[] }) =>
      `The column "${p.name}" is in ${p.tables.join(' and in ')}: write which one, as ${p.tables[0] ?? ''}.${p.name}`,
  },
  'sql.unknownTable': {
    severity: 'error',
    message: (p: { readonly name: string; readonly suggestion?: string | undefined }) =>
      `Nothing in FROM is named "${p.name}"${suggestion(p.suggestion)}`,
  },
  'sql.notGrouped': {
    severity: 'error',
    message: (p: { readonly name: string }) =>
      `The column "${p.name}" is neither in GROUP BY nor within an aggregate function`,
  },
  'sql.typeMismatch': { severity: 'error', message: (p: { readonly detail: string }) => p.detail },
} as const satisfies Record<string, CodeDefinition>;
