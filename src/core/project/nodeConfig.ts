import { isPlainList, isPlainMap, textList, type PlainMap, type PlainValue } from './plainValue.ts';

/** What a node is configured with, merged from everywhere that dbt reads it. Keys are dbt's own. */
export type NodeConfig = PlainMap;

const appended = new Set(['tags', 'pre-hook', 'post-hook']);
const merged = new Set(['meta', 'docs', 'grants', 'persist_docs', 'quoting', 'column_types']);
const spelledOtherwise: Readonly<Record<string, string>> = { pre_hook: 'pre-hook', post_hook: 'post-hook' };

/**
 * Lays configs over one another, later ones last: tags and hooks append, meta and its like merge, the rest replaces
 * (dbt-core: core/dbt/artifacts/resources/v1/config.py, merge behaviours).
 */
export function mergeConfigs(...configs: readonly PlainMap[]): NodeConfig {
  const result: Record<string, PlainValue> = {};
  for (const config of configs) {
    for (const [key, value] of Object.entries(config)) {
      const name = spelledOtherwise[key] ?? key;
      result[name] = mergeValue(name, result[name], value);
    }
  }
  return result;
}

/** Lays a config over what is written so far: a list's first value stays as it is given (context_config.py, _add_config_call). */
export function addWritten(before: PlainMap, config: PlainMap): NodeConfig {
  const first = Object.entries(config).map(([key, value]) => [spelledOtherwise[key] ?? key, value] as const);
  const fresh = first.filter(([key]) => !Object.hasOwn(before, key));
  return { ...mergeConfigs(before, config), ...Object.fromEntries(fresh) };
}

function mergeValue(key: string, before: PlainValue | undefined, value: PlainValue): PlainValue {
  if (appended.has(key)) return [...asList(before), ...asList(value)];
  if (merged.has(key) && isPlainMap(before) && isPlainMap(value)) return { ...before, ...value };
  return value;
}

function asList(value: PlainValue | undefined): readonly PlainValue[] {
  if (value === undefined) return [];
  return isPlainList(value) ? value : [value];
}

/** A node's tags, each once: the config has one as often as it was given. */
export function tagsOf(config: NodeConfig): readonly string[] {
  return [...new Set(textList(config['tags']))];
}

/** A config that is text; undefined when it is missing, null or something else. */
export function textConfig(config: NodeConfig, key: string): string | undefined {
  const value = config[key];
  return typeof value === 'string' ? value : undefined;
}
