import { indirectSelections } from '../../core/select/indirectTests.ts';

/**
 * How an option is written: `flag` alone, `switch` alone or with `no-` before its name, `one` with a value, `many` with
 * all words up to the next option.
 */
export interface OptionDefinition {
  readonly kind: 'flag' | 'switch' | 'one' | 'many';
  /** Other names that mean the same, with two dashes when longer than a letter. */
  readonly aliases?: readonly string[];
  /** The environment variable that gives it when the command line does not. */
  readonly env?: string;
  /** The values that it takes; undefined for any. */
  readonly choices?: readonly string[];
  readonly isInteger?: true;
  /** Given more than once, all its values count, and not the last alone. */
  readonly isRepeated?: true;
}

const resourceTypes = [
  'metric',
  'semantic_model',
  'saved_query',
  'source',
  'analysis',
  'function',
  'model',
  'test',
  'unit_test',
  'exposure',
  'snapshot',
  'seed',
  'default',
  'all',
] as const;

const logFormats = ['text', 'debug', 'json', 'default'] as const;
const logLevels = ['debug', 'info', 'warn', 'error', 'none'] as const;

/** dbt's options and Modelyard's own, by name (dbt-core: core/dbt/cli/params.py). */
export const options = {
  // Of every command, before or after its name.
  'cache-selected-only': { kind: 'switch', env: 'DBT_CACHE_SELECTED_ONLY' },
  debug: { kind: 'switch', aliases: ['d'], env: 'DBT_DEBUG' },
  defer: { kind: 'switch', env: 'DBT_DEFER' },
  'defer-state': { kind: 'one', env: 'DBT_DEFER_STATE' },
  'fail-fast': { kind: 'switch', aliases: ['x'], env: 'DBT_FAIL_FAST' },
  'favor-state': { kind: 'switch', env: 'DBT_FAVOR_STATE' },
  'indirect-selection': { kind: 'one', env: 'DBT_INDIRECT_SELECTION', choices: indirectSelections },
  'log-cache-events': { kind: 'switch', env: 'DBT_LOG_CACHE_EVENTS' },
  'log-file-max-bytes': { kind: 'one', env: 'DBT_LOG_FILE_MAX_BYTES', isInteger: true },
  'log-format': { kind: 'one', env: 'DBT_LOG_FORMAT', choices: logFormats },
  'log-format-file': { kind: 'one', env: 'DBT_LOG_FORMAT_FILE', choices: logFormats },
  'log-level': { kind: 'one', env: 'DBT_LOG_LEVEL', choices: logLevels },
  'log-level-file': { kind: 'one', env: 'DBT_LOG_LEVEL_FILE', choices: logLevels },
  'log-path': { kind: 'one', env: 'DBT_LOG_PATH' },
  'macro-debugging': { kind: 'switch', env: 'DBT_MACRO_DEBUGGING' },
  'partial-parse': { kind: 'switch', env: 'DBT_PARTIAL_PARSE' },
  'partial-parse-file-diff': { kind: 'switch', env: 'DBT_PARTIAL_PARSE_FILE_DIFF' },
  'partial-parse-file-path': { kind: 'one', env: 'DBT_PARTIAL_PARSE_FILE_PATH' },
  'populate-cache': { kind: 'switch', env: 'DBT_POPULATE_CACHE' },
  print: { kind: 'switch', env: 'DBT_PRINT' },
  'printer-width': { kind: 'one', env: 'DBT_PRINTER_WIDTH', isInteger: true },
  profile: { kind: 'one', env: 'DBT_PROFILE' },
  quiet: { kind: 'switch', aliases: ['q'], env: 'DBT_QUIET' },
  'record-timing-info': { kind: 'one', aliases: ['r'] },
  'send-anonymous-usage-stats': { kind: 'switch', env: 'DBT_SEND_ANONYMOUS_USAGE_STATS' },
  'show-all-deprecations': { kind: 'switch' },
  'single-threaded': { kind: 'switch', env: 'DBT_SINGLE_THREADED' },
  state: { kind: 'one', env: 'DBT_STATE' },
  'static-parser': { kind: 'switch', env: 'DBT_STATIC_PARSER' },
  target: { kind: 'one', aliases: ['t'], env: 'DBT_TARGET' },
  'upload-to-artifacts-ingest-api': { kind: 'switch', env: 'DBT_UPLOAD_TO_ARTIFACTS_INGEST_API' },
  'use-colors': { kind: 'switch', env: 'DBT_USE_COLORS' },
  'use-colors-file': { kind: 'switch', env: 'DBT_USE_COLORS_FILE' },
  'use-experimental-parser': { kind: 'switch', env: 'DBT_USE_EXPERIMENTAL_PARSER' },
  'use-fast-test-edges': { kind: 'switch', env: 'DBT_USE_FAST_TEST_EDGES' },
  'version-check': { kind: 'switch', env: 'DBT_VERSION_CHECK' },
  'warn-error': { kind: 'flag', env: 'DBT_WARN_ERROR' },
  'warn-error-options': { kind: 'one', env: 'DBT_WARN_ERROR_OPTIONS' },
  'write-json': { kind: 'switch', env: 'DBT_WRITE_JSON' },
  version: { kind: 'flag', aliases: ['V', 'v'] },
  help: { kind: 'flag', aliases: ['h'] },

  // Of every command, after its name.
  'profiles-dir': { kind: 'one', env: 'DBT_PROFILES_DIR' },
  'project-dir': { kind: 'one', env: 'DBT_PROJECT_DIR' },
  'target-path': { kind: 'one', env: 'DBT_TARGET_PATH' },
  threads: { kind: 'one', isInteger: true },
  vars: { kind: 'one' },
  args: { kind: 'one' },

  // Of dbt's commands.
  'clean-project-files-only': { kind: 'switch', env: 'DBT_CLEAN_PROJECT_FILES_ONLY' },
  compile: { kind: 'switch' },
  empty: { kind: 'switch', env: 'DBT_EMPTY' },
  'empty-catalog': { kind: 'flag' },
  'event-time-end': { kind: 'one', env: 'DBT_EVENT_TIME_END' },
  'event-time-start': { kind: 'one', env: 'DBT_EVENT_TIME_START' },
  exclude: { kind: 'many' },
  'exclude-resource-type': {
    kind: 'many',
    aliases: ['exclude-resource-types'],
    env: 'DBT_EXCLUDE_RESOURCE_TYPES',
    choices: resourceTypes.filter((type) => type !== 'all'),
  },
  'export-saved-queries': { kind: 'switch', env: 'DBT_EXPORT_SAVED_QUERIES' },
  'full-refresh': { kind: 'flag', aliases: ['f'], env: 'DBT_FULL_REFRESH' },
  'include-saved-query': { kind: 'switch', env: 'DBT_INCLUDE_SAVED_QUERY' },
  'inject-ephemeral-ctes': { kind: 'switch' },
  inline: { kind: 'one' },
  introspect: { kind: 'switch', env: 'DBT_INTROSPECT' },
  limit: { kind: 'one', isInteger: true },
  models: { kind: 'many', aliases: ['m', 'model'] },
  output: { kind: 'one', aliases: ['o'] },
  'output-keys': { kind: 'many' },
  'resource-type': {
    kind: 'many',
    aliases: ['resource-types'],
    env: 'DBT_RESOURCE_TYPES',
    choices: resourceTypes,
  },
  sample: { kind: 'one', env: 'DBT_SAMPLE' },
  select: { kind: 'many', aliases: ['s'] },
  selector: { kind: 'one' },
  show: { kind: 'flag' },
  sqlparse: { kind: 'one', env: 'DBT_ENGINE_SQLPARSE' },
  static: { kind: 'flag' },
  'store-failures': { kind: 'flag', env: 'DBT_STORE_FAILURES' },

  // Of Modelyard's own commands.
  days: { kind: 'one', isInteger: true },
  defects: { kind: 'one' },
  extend: { kind: 'flag' },
  format: { kind: 'one' },
  from: { kind: 'one' },
  out: { kind: 'one' },
  repair: { kind: 'many' },
  rows: { kind: 'one', isInteger: true },
  schedule: { kind: 'one' },
  seed: { kind: 'one' },
  table: { kind: 'one', isRepeated: true },
  tasks: { kind: 'one', choices: ['commands', 'nodes', 'cosmos'] },
  'no-tests': { kind: 'flag' },
  yes: { kind: 'flag', aliases: ['y'] },
} as const satisfies Record<string, OptionDefinition>;

export type OptionName = keyof typeof options;

/** The definition of an option, as wide as any may be. */
export function optionDefinition(name: OptionName): OptionDefinition {
  return options[name];
}
