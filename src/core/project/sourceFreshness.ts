import { isPlainMap, type PlainMap, type PlainValue } from './plainValue.ts';
import { entryOf, plainMapOf, plainOf, type YamlNode } from './yamlNode.ts';

/** What dbt has where YAML says nothing of freshness: times that are not set. */
export const noFreshness: PlainMap = {
  warn_after: { count: null, period: null },
  error_after: { count: null, period: null },
  filter: null,
};

/**
 * Configs of freshness of a source's table: from the source and its config, the table and its config, each over the one
 * before (dbt-core: parser/sources.py). `freshness` is null where a level says so, and missing where none sets a time.
 */
export function freshnessConfigs(source: YamlNode, table: YamlNode): PlainMap {
  const levels = [source, entryOf(source, 'config'), table, entryOf(table, 'config')];
  const thresholds = levels.map((level) => {
    const node = entryOf(level, 'freshness');
    return node === undefined ? noFreshness : plainOf(node);
  });
  const [first = null, ...others] = thresholds.map(thresholdOf);
  const freshness = others.reduce(mergedThreshold, first);
  return {
    ...(freshness === null || isSet(freshness) ? { freshness } : {}),
    loaded_at_field: firstOf(table, source, 'loaded_at_field'),
    loaded_at_query: queryOf(table, source),
  };
}

/** The key of the nearer node, then of its config, then of the farther. */
function firstOf(near: YamlNode, far: YamlNode, key: string): PlainValue {
  const isPresent = near.kind === 'map' && near.entries.some((entry) => entry.key === key);
  const own = textAt(near, key);
  return isPresent || own !== null ? own : textAt(far, key);
}

function queryOf(table: YamlNode, source: YamlNode): PlainValue {
  const own = textAt(table, 'loaded_at_query');
  const hasField = table.kind === 'map' && table.entries.some(({ key }) => key === 'loaded_at_field');
  return own !== null || hasField ? own : textAt(source, 'loaded_at_query');
}

function textAt(node: YamlNode, key: string): PlainValue {
  return plainMapOf(node)[key] ?? plainMapOf(entryOf(node, 'config'))[key] ?? null;
}

function thresholdOf(value: PlainValue): PlainMap | null {
  if (!isPlainMap(value)) return null;
  return {
    warn_after: timeOf(value['warn_after']),
    error_after: timeOf(value['error_after']),
    filter: value['filter'] ?? null,
  };
}

function timeOf(value: PlainValue | undefined): PlainMap | null {
  if (value === null) return null;
  const { count = null, period = null } = isPlainMap(value) ? value : {};
  return { count, period };
}

function mergedThreshold(base: PlainMap | null, update: PlainMap | null): PlainMap | null {
  if (update === null) return null;
  if (base === null) return isSet(update) ? update : null;
  return {
    warn_after: mergedTime(base['warn_after'], update['warn_after']),
    error_after: mergedTime(base['error_after'], update['error_after']),
    filter: update['filter'] ?? base['filter'] ?? null,
  };
}

function mergedTime(base: PlainValue | undefined, update: PlainValue | undefined): PlainValue {
  if (update === null || update === undefined) return null;
  return isTime(update) ? update : (base ?? update);
}

/** True when one of the times is set. */
function isSet(freshness: PlainMap): boolean {
  return isTime(freshness['warn_after']) || isTime(freshness['error_after']);
}

/** True for the config of a source whose freshness is measured. */
export function hasFreshness(config: PlainMap): boolean {
  const freshness = config['freshness'];
  return isPlainMap(freshness) && isSet(freshness);
}

/** True for a time with a count and a period. */
export function isTime(value: PlainValue | undefined): value is PlainMap {
  return isPlainMap(value) && (value['count'] ?? null) !== null && (value['period'] ?? null) !== null;
}
