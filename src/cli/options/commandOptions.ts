import { options, type OptionName } from './optionTable.ts';

/** What a command takes on the command line. */
export interface CommandForm {
  /** Options beside those of every command. */
  readonly options: readonly OptionName[];
  /** The values of its `--output`. */
  readonly outputs?: readonly string[];
  /** The word that it takes behind its name, as its usage shows it. */
  readonly argument?: string;
  /** True where `--target` names what is written for: the project is read with its own. */
  readonly writesForTarget?: true;
  /** True for a command that needs the database: the engine is started while the project is read. */
  readonly needsDatabase?: true;
  /** True for a command of Modelyard's that reads no project. */
  readonly isAlone?: true;
}

const names = Object.keys(options) as readonly OptionName[];

/** Options that stand before or after any command's name. */
export const globalOptions: readonly OptionName[] = names.slice(0, names.indexOf('profiles-dir'));

const ofProjects: readonly OptionName[] = ['profiles-dir', 'project-dir', 'target-path', 'vars', 'threads'];
const selection: readonly OptionName[] = ['select', 'models', 'exclude', 'selector'];
const types: readonly OptionName[] = ['resource-type', 'exclude-resource-type'];

/** The commands and their options (dbt-core: core/dbt/cli/main.py). */
export const commandForms = {
  build: {
    needsDatabase: true,
    options: [
      ...selection,
      ...types,
      'empty',
      'event-time-end',
      'event-time-start',
      'export-saved-queries',
      'full-refresh',
      'include-saved-query',
      'sample',
      'show',
      'sqlparse',
      'store-failures',
    ],
  },
  run: {
    needsDatabase: true,
    options: [...selection, 'empty', 'event-time-end', 'event-time-start', 'full-refresh', 'sample', 'sqlparse'],
  },
  test: { needsDatabase: true, options: [...selection, ...types, 'sqlparse', 'store-failures'] },
  seed: { needsDatabase: true, options: [...selection, 'full-refresh', 'show', 'sqlparse'] },
  snapshot: { needsDatabase: true, options: [...selection, 'empty', 'sqlparse'] },
  retry: { needsDatabase: true, options: ['full-refresh'] },
  ls: { options: [...selection, ...types, 'output', 'output-keys'], outputs: ['json', 'name', 'path', 'selector'] },
  list: { options: [...selection, ...types, 'output', 'output-keys'], outputs: ['json', 'name', 'path', 'selector'] },
  compile: {
    options: [
      ...selection,
      'empty',
      'full-refresh',
      'inject-ephemeral-ctes',
      'inline',
      'introspect',
      'output',
      'sqlparse',
    ],
    outputs: ['json', 'text'],
  },
  show: {
    needsDatabase: true,
    options: [...selection, 'full-refresh', 'inline', 'introspect', 'limit', 'output', 'sqlparse'],
    outputs: ['json', 'text'],
  },
  'source freshness': { needsDatabase: true, options: [...selection, 'output', 'sqlparse'] },
  'source snapshot-freshness': { needsDatabase: true, options: [...selection, 'output', 'sqlparse'] },
  parse: { options: [] },
  deps: { options: [] },
  'docs generate': { needsDatabase: true, options: [...selection, 'compile', 'empty-catalog', 'sqlparse', 'static'] },
  'run-operation': { needsDatabase: true, options: ['args'], argument: 'MACRO' },
  create: { options: [], argument: 'DIR', isAlone: true },
  generate: { options: ['rows', 'table', 'seed', 'format', 'out', 'no-tests', 'extend', 'defects'] },
  check: { needsDatabase: true, options: ['format'] },
  simulate: { needsDatabase: true, options: ['days', 'from', 'format'] },
  export: { options: [], argument: 'DIR', writesForTarget: true },
  'export airflow': {
    options: [...selection, 'schedule', 'tasks'],
    argument: 'DIR',
    writesForTarget: true,
  },
  clean: { options: ['out', 'yes', 'repair', 'clean-project-files-only'] },
} as const satisfies Record<string, CommandForm>;

export type CommandName = keyof typeof commandForms;

/** A command's form, as wide as any may be. */
export function commandForm(name: CommandName): CommandForm {
  return commandForms[name];
}

/** All options that a command takes. */
export function optionsOf(name: CommandName): readonly OptionName[] {
  const { options: own, isAlone } = commandForm(name);
  return [...globalOptions, ...(isAlone === true ? [] : ofProjects), ...own];
}

/** Names of commands whose name is two words, by their first, which may be a command by itself. */
export const commandGroups: Readonly<Record<string, readonly string[]>> = {
  export: ['airflow'],
  docs: ['generate'],
  source: ['freshness', 'snapshot-freshness'],
};
