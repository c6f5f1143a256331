import type { CodeDefinition } from './codeDefinition.ts';

/** Faults found by reading the project: its files, YAML and names. */
export const projectCodes = {
  'project.missing': {
    severity: 'error',
    message: () => 'No dbt_project.yml here. Open a folder that has one, or create the sample project.',
  },
  'project.projectName': {
    severity: 'error',
    message: (p: { readonly name: string }) =>
      p.name === ''
        ? 'dbt_project.yml needs a name: letters, digits and underscores, not beginning with a digit.'
        : `The project name "${p.name}" may only have letters, digits and underscores, and not begin with a digit.`,
  },
  'project.yamlSyntax': {
    severity: 'error',
    message: (p: { readonly detail: string }) => `This YAML cannot be read: ${p.detail}`,
  },
  'project.yamlDuplicateKey': {
    severity: 'warning',
    message: () => 'This key is written twice in one mapping: the last one counts.',
  },
  'project.selectors': {
    severity: 'error',
    message: (p: { readonly detail: string }) => `Could not read selectors.yml: ${p.detail}.`,
  },
  'project.yamlTooDeep': {
    severity: 'error',
    message: () => 'This YAML is nested too deeply, refers to itself, or repeats its parts too often.',
  },
  'project.notAMapping': {
    severity: 'error',
    message: (p: { readonly where: string }) => `A mapping (key: value) was expected in ${p.where}.`,
  },
  'project.notAList': {
    severity: 'error',
    message: (p: { readonly where: string }) => `"${p.where}" must be a list: begin each item with "- ".`,
  },
  'project.nameMissing': {
    severity: 'error',
    message: (p: { readonly where: string }) => `Each item of "${p.where}" needs a name.`,
  },
  'project.testShape': {
    severity: 'error',
    message: () => 'A test is written as its name, or as its name with a mapping of arguments below it.',
  },
  'project.versionMissing': {
    severity: 'error',
    message: (p: { readonly where: string }) => `Each of the ${p.where} needs a "v" that says which version it is.`,
  },
  'project.propertyShape': {
    severity: 'error',
    message: (p: { readonly what: string; readonly detail: string }) => `${p.what} cannot be taken: ${p.detail}.`,
  },
  'project.packagesTwice': {
    severity: 'error',
    message: () => 'Packages are declared in packages.yml or in dependencies.yml, and not in both.',
  },
  'project.varsShape': {
    severity: 'error',
    message: () => 'The vars of dbt_project.yml are a mapping (name: value).',
  },
  'project.unitTestShape': {
    severity: 'error',
    message: (p: { readonly name: string; readonly detail: string }) =>
      `The unit test "${p.name}" cannot be read: ${p.detail}.`,
  },
  'project.profilesMissing': {
    severity: 'information',
    message: (p: { readonly profileName: string }) =>
      `There is no profiles.yml for the profile "${p.profileName}": models are read as DuckDB SQL. Add a profiles.yml to this folder to choose another warehouse.`,
  },
  'project.profileMissing': {
    severity: 'information',
    message: (p: { readonly profileName: string; readonly file: string }) =>
      `${p.file} has no profile "${p.profileName}": models are read as DuckDB SQL.`,
  },
  'project.targetMissing': {
    severity: 'error',
    message: (p: { readonly name: string; readonly profileName: string; readonly names: readonly string[] }) =>
      `The profile "${p.profileName}" has no target "${p.name}".${p.names.length > 0 ? ` It has: ${p.names.join(', ')}.` : ''}`,
  },
  'project.notRun': {
    severity: 'warning',
    message: (p: { readonly kind: string; readonly names: readonly string[] }) =>
      p.kind === 'package'
        ? `These packages are not installed: ${p.names.join(', ')}. What uses them fails, the rest of the project runs. Where there is a network, dbt deps puts them into the project.`
        : `The embedded engine does not run ${p.kind}s yet (${p.names.join(', ')}): what needs them fails, the rest of the project runs.`,
  },
} as const satisfies Record<string, CodeDefinition>;
