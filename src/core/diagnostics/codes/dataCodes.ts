import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by reading, generating and checking data files. */
export const dataCodes = {
  'data.noTimes': {
    severity: 'error',
    message: () =>
      'No data file has a column that says when its rows arrived: days cannot be told apart. Name one as loaded_at_field of a source, or give a column a date or timestamp as its data_type.',
  },

  'data.daysWithoutEnd': {
    severity: 'error',
    message: (params: { readonly from: string; readonly days: number }) =>
      `${String(params.days)} days from ${params.from} on go beyond the year 9999: simulate fewer, or begin earlier.`,
  },

  'data.noColumns': {
    severity: 'warning',
    message: (p: { readonly table: string }) =>
      `The table ${p.table} lists no columns and no model names any, so no rows are made for it. List its columns under the source.`,
  },
  'data.nothingToMake': {
    severity: 'error',
    message: () =>
      'There is nothing to generate: the project declares no source, and no seed that properties describe lacks its file. Declare the tables under sources: in a YAML file.',
  },
  'data.badRowCount': {
    severity: 'error',
    message: (p: { readonly table: string; readonly rows: number }) =>
      `${String(p.rows)} is no number of rows for the table ${p.table}: it must be a whole number, 0 or more.`,
  },
  'data.unknownTable': {
    severity: 'error',
    message: (p: { readonly table: string; readonly known: string }) =>
      `Rows were asked for a table ${p.table}, which no source declares. Declared are ${p.known}.`,
  },
  'data.unknownHint': {
    severity: 'error',
    message: (p: { readonly subject: string; readonly hint: string; readonly known: string }) =>
      `${p.subject}: unknown hint "${p.hint}" under meta.modelyard. Known are ${p.known}.`,
  },
  'data.badHint': {
    severity: 'error',
    message: (p: { readonly subject: string; readonly hint: string; readonly expected: string }) =>
      `${p.subject}: the hint "${p.hint}" must be ${p.expected}.`,
  },
  'data.contradiction': {
    severity: 'error',
    message: (p: { readonly subject: string; readonly detail: string }) => `${p.subject}: ${p.detail}`,
  },
  'data.impossible': {
    severity: 'error',
    message: (p: { readonly subject: string; readonly detail: string }) =>
      `${p.subject} cannot be generated: ${p.detail}`,
  },
  'data.unknownReference': {
    severity: 'error',
    message: (p: { readonly subject: string; readonly reference: string }) =>
      `${p.subject} refers to ${p.reference}, which no source declares.`,
  },
  'data.cycle': {
    severity: 'error',
    message: (p: { readonly trail: string }) =>
      `These columns wait for each other, so none can be made first: ${p.trail}.`,
  },
  'data.circularReference': {
    severity: 'information',
    message: (p: { readonly subject: string; readonly reference: string }) =>
      `${p.subject} is made on its own: by its name it would take the values of ${p.reference}, which come from it.`,
  },
  'data.notJudged': {
    severity: 'information',
    message: (p: { readonly reason: string }) =>
      `The project's tests were not run on the new rows by the embedded engine: ${p.reason}.`,
  },
  'data.notClean': {
    severity: 'error',
    message: (p: { readonly rows: number; readonly file: string; readonly line: number; readonly reason: string }) =>
      `Only clean rows are extended, and ${p.rows === 1 ? 'one breaks' : `${String(p.rows)} break`} a rule (${p.file}:${String(p.line)}: ${p.reason}). Clean the data first: modelyard clean.`,
  },
  'data.changedMeanwhile': {
    severity: 'error',
    message: (p: { readonly file: string }) =>
      `${p.file} has changed since it was checked, so nothing was written. Clean the data again.`,
  },
  'data.notRejects': {
    severity: 'error',
    message: (p: { readonly file: string }) =>
      `${p.file} is a file of another kind, and what is rejected would be written there. Rename it, or name a folder (--out).`,
  },
  'data.wouldOverwrite': {
    severity: 'error',
    message: (p: { readonly file: string }) =>
      `${p.file} is there already, so nothing was written. Say yes (--yes) to overwrite it, or name another folder (--out).`,
  },
  'data.ruleNotFollowed': {
    severity: 'warning',
    message: (p: { readonly table: string; readonly rule: string }) =>
      `${p.table}: rows are made without regard to this ${p.rule}, which the generator cannot read or cannot bring together with what else is asked. The project's tests tell whether they keep it.`,
  },
  'data.sameFile': {
    severity: 'error',
    message: (p: { readonly table: string; readonly other: string; readonly path: string }) =>
      `${p.table} and ${p.other} have their rows in one file, ${p.path}: give one of them a place of its own by meta.external_location.`,
  },
  'data.noCsvPlace': {
    severity: 'error',
    message: (p: { readonly table: string; readonly place: string }) =>
      `The rows of ${p.table} are in ${p.place}, which is no CSV file in the project's folder, so they cannot be written there. \`modelyard generate --out\` writes them elsewhere.`,
  },
} as const satisfies Record<string, CodeDefinition>;
