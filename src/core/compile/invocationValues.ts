import { JinjaDict } from '../jinja/values/dict.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import { list, tuple, type JinjaValue } from '../jinja/values/value.ts';
import { isPlainList, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import type { CompileEnvironment } from './compileEnvironment.ts';

/** The flags that templates see, and what they are when nothing says otherwise (dbt-core: core/dbt/flags.py). */
const flags = {
  CACHE_SELECTED_ONLY: false,
  DEBUG: false,
  EMPTY: false,
  FAIL_FAST: false,
  FULL_REFRESH: false,
  INDIRECT_SELECTION: 'eager',
  INTROSPECT: true,
  INVOCATION_COMMAND: null,
  LOG_CACHE_EVENTS: false,
  LOG_FORMAT: 'default',
  LOG_PATH: null,
  NO_PRINT: null,
  PARTIAL_PARSE: true,
  PRINTER_WIDTH: 80,
  PROFILES_DIR: null,
  QUIET: false,
  SEND_ANONYMOUS_USAGE_STATS: true,
  STATIC_PARSER: true,
  STORE_FAILURES: false,
  TARGET_PATH: null,
  USE_COLORS: true,
  USE_EXPERIMENTAL_PARSER: false,
  VERSION_CHECK: true,
  WARN_ERROR: null,
  WARN_ERROR_OPTIONS: { error: [], warn: [], silence: [] },
  WHICH: '',
  WRITE_JSON: true,
} as const satisfies PlainMap;

/** `flags`: what the command is and how it was called. */
export function flagValues({ args = {}, fullRefresh, storeFailures, empty }: CompileEnvironment): PlainMap {
  const given = Object.keys(flags).flatMap((name): (readonly [string, PlainValue])[] => {
    const value = args[name.toLowerCase()];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...flags,
    ...Object.fromEntries(given),
    ...(fullRefresh === undefined ? {} : { FULL_REFRESH: fullRefresh }),
    ...(storeFailures === undefined ? {} : { STORE_FAILURES: storeFailures }),
    ...(empty === undefined ? {} : { EMPTY: empty }),
  };
}

/** What nodes and macros see of the call beside its flags (dbt-core: context/providers.py, ProviderContext). */
export const invocationValues = {
  invocation_args_dict: ({ args = {} }: CompileEnvironment): JinjaValue =>
    // An option that may be given more than once is a tuple.
    new JinjaDict(
      Object.entries(args).map(([name, value]) => [
        name,
        isPlainList(value) ? tuple(value.map(fromPlain)) : fromPlain(value),
      ]),
    ),
  dbt_metadata_envs: ({ customVariables = {} }: CompileEnvironment): JinjaValue => fromPlain(customVariables),
  selected_resources: ({ selected = [] }: CompileEnvironment): JinjaValue => list([...selected]),
} as const;

/** `thread_id` of what runs outside of any node: hooks of a run, operations, reading. */
export const mainThread = 'MainThread';

/** `thread_id` of nodes, which run one after another: the first that dbt starts. */
export const nodeThread = 'Thread-1 (worker)';
