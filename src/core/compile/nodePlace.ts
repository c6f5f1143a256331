import type { Project } from '../project/project.ts';
import { configLevels, resourcePaths, type ConfiguredKind } from '../project/projectConfig.ts';
import { mergeConfigs, type NodeConfig } from '../project/nodeConfig.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { Drafting } from './drafting.ts';

/** dbt's fqn of a file below a resource path: the package, the folders, the name. */
export function fqnOf(packageName: string, relativePath: string, name: string): readonly [string, ...string[]] {
  return [packageName, ...relativePath.split('/').slice(0, -1), name];
}

/**
 * What a node is configured with: by dbt_project.yml, then by `nearer` (properties and its own text), and for a node of
 * a package at last by the dbt_project.yml of the project that is run (dbt-core: context/context_config.py).
 */
export function nodeConfigOf(
  { project, root }: Pick<Drafting, 'project' | 'root'>,
  kind: ConfiguredKind,
  fqn: readonly string[],
  ...nearer: readonly NodeConfig[]
): NodeConfig {
  const own = configLevels(project.config.trees[kind], fqn);
  const active = project === root ? [] : configLevels(root.config.trees[kind], fqn);
  return mergeConfigs(...own, ...nearer, ...active);
}

/**
 * A node's config as it is written, each key from the narrowest place that has it: dbt compares this between two
 * states, so that what differs by target alone is no change (core/dbt/context/context_config.py, UnrenderedConfigGenerator).
 */
export function unrenderedConfigOf(
  { project, root }: Pick<Drafting, 'project' | 'root'>,
  kind: ConfiguredKind,
  fqn: readonly string[],
  ...nearer: readonly (PlainMap | undefined)[]
): PlainMap {
  const own = configLevels(project.config.unrenderedTrees[kind], fqn);
  const active = project === root ? [] : configLevels(root.config.unrenderedTrees[kind], fqn);
  return Object.assign({}, ...own, ...nearer, ...active) as PlainMap;
}

/** The path of a file below the resource path that it stands in: `core/x.yml` for `models/core/x.yml`. */
export function belowResourcePath({ config, folder }: Project, file: string): string {
  const inPackage = file.slice(folder.length);
  const path = resourcePaths(config).find((one) => inPackage.startsWith(`${one}/`));
  return path === undefined ? inPackage : inPackage.slice(path.length + 1);
}
