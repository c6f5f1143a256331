import { mergeConfigs } from './nodeConfig.ts';
import { isPlainList, type PlainMap } from './plainValue.ts';
import type { ColumnProperties, ModelVersion } from './properties.ts';
import { entryOf, plainOf, type YamlNode } from './yamlNode.ts';

/** A version as written; undefined for what is neither text nor a number. */
export function versionOf(node: YamlNode | undefined): ModelVersion | undefined {
  const value = plainOf(node);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
}

/** As numbers where both are numbers, else as texts (dbt-core: contracts/graph/unparsed.py, UnparsedVersion). */
export function compareVersions(a: ModelVersion, b: ModelVersion): number {
  const [x, y] = [Number(a), Number(b)];
  const isNumeric = String(a).trim() !== '' && String(b).trim() !== '' && !Number.isNaN(x) && !Number.isNaN(y);
  if (isNumeric) return x - y;
  const [first, second] = [String(a), String(b)];
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

/** The highest of the versions; undefined when there are none. */
export function latestVersion(versions: readonly ModelVersion[]): ModelVersion | undefined {
  return [...versions].sort(compareVersions).at(-1);
}

/** A version's configs over those of the whole model: of lists the version's items come first. */
export function versionConfig(whole: PlainMap, own: PlainMap): PlainMap {
  const lists = Object.entries(own).flatMap(([key, value]) => {
    const other = whole[key];
    return isPlainList(value) && isPlainList(other) ? [[key, [...value, ...other]] as const] : [];
  });
  return { ...mergeConfigs(whole, own), ...Object.fromEntries(lists) };
}

/** The list of a version's columns without the entry that says which of the whole model's columns it has. */
export function ownColumns(list: YamlNode | undefined): YamlNode | undefined {
  if (list?.kind !== 'list') return list;
  return { ...list, items: list.items.filter((item) => !isInclusion(item)) };
}

/** The columns that a version has of the whole model, and then its own (unparsed.py, get_columns_for_version). */
export function versionColumns(
  whole: readonly ColumnProperties[],
  own: readonly ColumnProperties[],
  written: readonly YamlNode[],
): readonly ColumnProperties[] {
  const inclusion = written.find(isInclusion);
  const include = inclusion === undefined ? 'all' : plainOf(entryOf(inclusion, 'include'));
  const exclude = plainOf(entryOf(inclusion, 'exclude'));
  const isAll = include === 'all' || include === '*';
  const kept = whole.filter(
    ({ name }) =>
      (isAll || (isPlainList(include) && include.includes(name))) && !(isPlainList(exclude) && exclude.includes(name)),
  );
  return [...kept, ...own];
}

function isInclusion(node: YamlNode): boolean {
  return entryOf(node, 'include') !== undefined;
}
