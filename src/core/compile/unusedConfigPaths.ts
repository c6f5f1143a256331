import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { fileStart, type Range } from '../diagnostics/text.ts';
import { isPlainMap, type PlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import { configuredKinds, type ConfiguredKind } from '../project/projectConfig.ts';
import type { YamlEntry, YamlNode } from '../project/yamlNode.ts';
import type { ManifestNode } from './manifest.ts';

const kindOf: Readonly<Partial<Record<ManifestNode['resourceType'], ConfiguredKind>>> = {
  model: 'models',
  seed: 'seeds',
  snapshot: 'snapshots',
  source: 'sources',
  test: 'data_tests',
  unit_test: 'unit_tests',
  exposure: 'exposures',
};

/**
 * Warns once of the paths below `models:` and its like in dbt_project.yml below which there is no node of that kind,
 * nor a disabled one of any kind (dbt-core: config/runtime.py, warn_for_unused_resource_config_paths).
 */
export function unusedConfigPaths(
  { config }: Project,
  nodes: readonly ManifestNode[],
  disabled: readonly ManifestNode[],
): readonly Diagnostic[] {
  const unused = configuredKinds.flatMap((kind) => {
    const paths = configuredPaths(config.trees[kind]);
    if (paths.length === 0) return [];
    const fqns = [...nodes.filter((node) => kindOf[node.resourceType] === kind), ...disabled].map(({ fqn }) => fqn);
    const isUsed = (path: readonly string[]): boolean =>
      fqns.some((fqn) => path.length <= fqn.length && path.every((part, at) => part === fqn[at]));
    return paths.filter((path) => !isUsed(path)).map((path) => [kind, ...path]);
  });
  const [first] = unused;
  if (first === undefined) return [];
  const paths = unused.map((one) => one.join('.'));
  const place = { file: config.file, range: keyRangeOf(config.root, first) ?? fileStart };
  return [diagnostic('compile.unusedConfigPaths', { paths }, place)];
}

/** Where the last key of a path is written. `data_tests` may be written `tests`. */
function keyRangeOf(root: YamlNode, path: readonly string[]): Range | undefined {
  let at: YamlNode | undefined = root;
  let range: Range | undefined;
  for (const key of path) {
    const entries: readonly YamlEntry[] = at?.kind === 'map' ? at.entries : [];
    const entry = entries.find((one) => one.key === key) ?? entries.find((one) => `data_${one.key}` === key);
    range = entry?.keyRange ?? range;
    at = entry?.value;
  }
  return range;
}

/** The paths of a tree at which something is configured, each once. */
function configuredPaths(tree: PlainMap, path: readonly string[] = []): readonly (readonly string[])[] {
  const found: (readonly string[])[] = [];
  let configures = false;
  for (const [key, value] of Object.entries(tree)) {
    if (isPlainMap(value) && !key.startsWith('+')) found.push(...configuredPaths(value, [...path, key]));
    else configures = true;
  }
  return configures ? [path, ...found] : found;
}
