import type { OptionName } from './optionTable.ts';

/** Options of dbt that are taken as dbt takes them and change nothing here, each with why. */
export const withoutEffect = {
  'cache-selected-only': 'the embedded engine knows its tables without a cache',
  'populate-cache': 'the embedded engine knows its tables without a cache',
  'log-cache-events': 'the embedded engine knows its tables without a cache',
  'log-file-max-bytes': 'no log file is written',
  'log-format-file': 'no log file is written',
  'log-level-file': 'no log file is written',
  'log-path': 'no log file is written',
  'use-colors-file': 'no log file is written',
  'use-colors': 'lines are not coloured',
  'macro-debugging': 'errors name the line of a macro without it',
  'partial-parse': 'files are read anew with every command',
  'partial-parse-file-diff': 'files are read anew with every command',
  'partial-parse-file-path': 'files are read anew with every command',
  'static-parser': 'there is one parser',
  'use-experimental-parser': 'there is one parser',
  'use-fast-test-edges': 'the order of nodes is the same with it',
  sqlparse: 'SQL is read by another parser, which needs no such limits',
  'show-all-deprecations': 'what dbt deprecates is not told',
  'send-anonymous-usage-stats': 'nothing is ever sent',
  'upload-to-artifacts-ingest-api': 'nothing is ever sent',
  'single-threaded': 'nodes run one after another, as on one thread',
  threads: 'nodes run one after another, as on one thread',
  'version-check': 'the version of dbt that a project asks for is not compared',
  'export-saved-queries': 'saved queries are not run',
  'include-saved-query': 'saved queries are not run',
} as const satisfies Partial<Record<OptionName, string>>;

/** Options of dbt that would change what is done and are not offered, each with why; `no-` where only that form is refused. */
export const refusedOptions: Partial<Record<OptionName | `no-${OptionName}`, string>> = {
  'no-inject-ephemeral-ctes': 'compiled code always holds the ephemeral models that it reads',
  'no-introspect': 'compiling may always look at the database',
  'record-timing-info': 'no profile of the run is recorded',
  sample: 'samples by event time are not taken; --empty runs without rows',
  show: "a table's rows are shown by 'show --select NAME'",
  static: 'no documentation website is made; manifest.json and catalog.json are what dbt serves it from',
};
