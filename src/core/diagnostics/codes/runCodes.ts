import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by running nodes on the engine. */
export const runCodes = {
  'run.databaseError': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'run.notBuilt': {
    severity: 'error',
    message: (p: { readonly kind: string; readonly name: string }) =>
      `The ${p.kind} "${p.name}" has no table yet: ${p.kind === 'seed' ? 'load' : 'build'} it first, or run this with all that it reads.`,
  },
  'run.testFailed': {
    severity: 'error',
    message: (p: { readonly name: string; readonly failures: number; readonly condition: string }) =>
      `Test ${p.name} failed: got ${p.failures} ${p.failures === 1 ? 'result' : 'results'}, configured to fail if ${p.condition}.`,
  },
  'run.contractWithoutTypes': {
    severity: 'error',
    message: (p: { readonly columns: readonly string[] }) =>
      `A model with a contract needs the data_type of each of its columns: add it for ${p.columns.join(', ')}.`,
  },
  'run.contractBroken': {
    severity: 'error',
    message: (p: { readonly table: string }) =>
      `This model has an enforced contract that failed.\nPlease ensure the name, data_type, and number of columns in your contract match the columns in your model's definition.\n\n${p.table}\n`,
  },
  'run.contractNotEnforced': {
    severity: 'warning',
    message: (p: { readonly adapter: string }) => `Model contracts cannot be enforced by ${p.adapter}!`,
  },
  'run.constraintBroken': {
    severity: 'error',
    message: (p: { readonly constraint: string; readonly value: string }) =>
      `A row breaks the constraint ${p.constraint}. It has: ${p.value}.`,
  },
  'run.constraintNotEnforced': {
    severity: 'warning',
    message: (p: { readonly types: readonly string[] }) =>
      `The embedded engine does not enforce constraints of the type ${p.types.join(' or ')}.`,
  },
  'run.unitTestFailed': {
    severity: 'error',
    message: (p: { readonly name: string; readonly difference: string }) =>
      `Unit test ${p.name} failed, since what the model gives differs from what is expected:\n${p.difference}`,
  },
  'run.testWarned': {
    severity: 'warning',
    message: (p: { readonly name: string; readonly failures: number; readonly condition: string }) =>
      `Test ${p.name} warns: got ${p.failures} ${p.failures === 1 ? 'result' : 'results'}, configured to warn if ${p.condition}.`,
  },
  'run.schemaChanged': {
    severity: 'error',
    message: (p: { readonly detail: string }) =>
      `The columns of this incremental model are not those of its table (${p.detail}), and on_schema_change is "fail". Run it with --full-refresh, or set another on_schema_change.`,
  },
  'run.unknownKey': {
    severity: 'error',
    message: (p: { readonly detail: string }) =>
      `The unique_key "${p.detail}" is not a column that this query gives; the embedded engine takes names of columns, alone or in a list.`,
  },
  'run.snapshotColumns': {
    severity: 'error',
    message: (p: { readonly detail: string }) => `This snapshot cannot be taken: ${p.detail}.`,
  },
  'run.mergeDuplicates': {
    severity: 'error',
    message: (p: { readonly detail: string }) =>
      `Two new rows have the unique_key (${p.detail}) of one row of the table: a merge cannot tell which one is to be kept.`,
  },
  'run.sourceWithoutData': {
    severity: 'error',
    message: (p: { readonly source: string; readonly file: string | undefined }) =>
      p.file === undefined
        ? `Source ${p.source} has no data: name its CSV under config.meta.external_location ("data/{name}.csv").`
        : `Source ${p.source} has no data: there is no file ${p.file}. Generate sample data, or put the file there.`,
  },
  'run.noLoadedAt': {
    severity: 'error',
    message: (p: { readonly source: string; readonly adapter: string }) =>
      `Could not compute freshness for source ${p.source}: no 'loaded_at_field' provided and ${p.adapter} adapter does not support metadata-based freshness checks.`,
  },
  'run.loadedAtNoTime': {
    severity: 'error',
    message: (p: { readonly source: string; readonly value: string }) =>
      `The loaded_at_field of source ${p.source} must give a timestamp, and gave ${p.value}: cast it to one.`,
  },
  'run.locationNotRead': {
    severity: 'error',
    message: (p: { readonly location: string }) =>
      `The embedded engine reads CSV files of the project; it cannot read "${p.location}".`,
  },
  'run.csvFault': {
    severity: 'error',
    message: (p: { readonly detail: string }) => p.detail,
  },
  'run.unknownAdapter': {
    severity: 'error',
    message: (p: { readonly type: string }) =>
      `The embedded engine does not know the SQL of the adapter "${p.type}". Choose another target in profiles.yml.`,
  },
  'run.warehouseUnreadable': {
    severity: 'warning',
    message: (p: { readonly detail: string }) =>
      `The database file could not be read (${p.detail}) and is made anew by this run.`,
  },
} as const satisfies Record<string, CodeDefinition>;
