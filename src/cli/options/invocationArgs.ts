import type { PlainMap, PlainValue } from '../../core/project/plainValue.ts';
import { selectionOf } from '../selectionOptions.ts';
import { optionsOf, type CommandName } from './commandOptions.ts';
import { optionDefinition, type OptionName } from './optionTable.ts';
import type { Options } from './resolveOptions.ts';
import { readVars } from './varsOption.ts';
import { warningRules } from './warningOption.ts';

/** dbt's words for commands that have another name for `which`. */
const commandWords: Partial<Record<CommandName, string>> = {
  'docs generate': 'generate',
  'source freshness': 'freshness',
  'source snapshot-freshness': 'freshness',
};

/** What dbt's options are when nothing gives them (core/dbt/cli/params.py); the others are then no arguments. */
const defaults: Partial<Record<OptionName, PlainValue>> = {
  'cache-selected-only': false,
  compile: true,
  defer: false,
  empty: false,
  'empty-catalog': false,
  'exclude-resource-type': [],
  'export-saved-queries': false,
  'favor-state': false,
  'include-saved-query': false,
  'indirect-selection': 'eager',
  'inject-ephemeral-ctes': true,
  introspect: true,
  limit: 5,
  'log-file-max-bytes': 10_485_760,
  'log-format': 'default',
  'log-format-file': 'debug',
  'log-level': 'info',
  'log-level-file': 'debug',
  'macro-debugging': false,
  'output-keys': [],
  'partial-parse': true,
  'partial-parse-file-diff': true,
  'populate-cache': true,
  print: true,
  'printer-width': 80,
  quiet: false,
  'resource-type': [],
  'send-anonymous-usage-stats': true,
  show: false,
  'show-all-deprecations': false,
  static: false,
  'static-parser': true,
  'upload-to-artifacts-ingest-api': false,
  'use-colors': true,
  'use-colors-file': true,
  'use-fast-test-edges': false,
  'version-check': true,
  'write-json': true,
};

/** Options that are read elsewhere, or that make no difference to what is run. */
const apart: readonly OptionName[] = [
  'args',
  'exclude',
  'help',
  'models',
  'profiles-dir',
  'project-dir',
  'select',
  'vars',
  'version',
  'warn-error-options',
];

/** Switches that are no arguments while they are off (core/dbt/utils/utils.py, args_to_dict). */
const onlyWhenOn: readonly OptionName[] = [
  'debug',
  'fail-fast',
  'full-refresh',
  'log-cache-events',
  'single-threaded',
  'store-failures',
  'use-experimental-parser',
  'warn-error',
];

/** Where a command is called, and how it was written. */
export interface CallPlace {
  readonly projectFolder: string;
  /** Folder in which profiles.yml is looked for first. */
  readonly profilesFolder: string;
  readonly written: string;
}

/** The arguments of a command by dbt's names, as run_results.json and `invocation_args_dict` have them. */
export function invocationArgs(options: Options, { projectFolder, profilesFolder, written }: CallPlace): PlainMap {
  const names = optionsOf(options.command);
  const own = names
    .filter((name) => !apart.includes(name))
    .flatMap((name): (readonly [string, PlainValue])[] => {
      const value = argumentOf(options, name);
      return value === undefined ? [] : [[argumentName(name), value]];
    });
  const { select, exclude } = selectionOf(options);
  return {
    which: commandWords[options.command] ?? options.command,
    ...Object.fromEntries(own),
    ...(names.includes('select') ? { select, exclude } : {}),
    vars: readVars(options.value('vars')),
    warn_error_options: { error: [], warn: [], silence: [], ...warningOptions(options) },
    project_dir: projectFolder,
    profiles_dir: profilesFolder,
    invocation_command: written,
  };
}

function warningOptions(options: Options): PlainMap {
  const rules = options.has('warn-error') ? undefined : warningRules(options);
  return rules === undefined ? {} : { ...rules };
}

/** What stands in the plural in dbt, though its option does not. */
function argumentName(name: OptionName): string {
  const written = name.replaceAll('-', '_');
  return name === 'resource-type' || name === 'exclude-resource-type' ? `${written}s` : written;
}

function argumentOf(options: Options, name: OptionName): PlainValue | undefined {
  const text = options.value(name);
  if (text === undefined) return defaults[name];
  const { kind, isInteger } = optionDefinition(name);
  if (kind === 'many') return options.list(name);
  if (kind === 'one') return isInteger === true ? Number(text) : text;
  const isOn = options.has(name);
  return !isOn && onlyWhenOn.includes(name) ? undefined : isOn;
}
