import type { CodeDefinition } from './codeDefinition.ts';

/** Faults and findings of exporting a project. */
export const exportCodes = {
  'export.notPortable': {
    severity: 'warning',
    message: (p: { readonly what: string; readonly warehouse: string }) => `${p.what} does not run on ${p.warehouse}`,
  },
  'export.notCompiled': {
    severity: 'warning',
    message: (p: { readonly name: string }) =>
      `"${p.name}" asks the database while it is compiled, so its SQL could not be looked at`,
  },
  'export.occupied': {
    severity: 'error',
    message: (p: { readonly file: string }) =>
      `Nothing was exported: ${p.file} is in the way, and is no file of an earlier export`,
  },
  'export.unknownWarehouse': {
    severity: 'error',
    message: (p: { readonly name: string; readonly known: readonly string[] }) =>
      `"${p.name}" is neither a target for a warehouse in profiles.yml nor one of ${p.known.join(', ')}`,
  },
} as const satisfies Record<string, CodeDefinition>;
