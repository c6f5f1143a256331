import type { PlainMap, PlainValue } from './plainValue.ts';
import { isPlainMap } from './plainValue.ts';
import type { YamlNode } from './yamlNode.ts';

/** The resource types that dbt_project.yml can configure, under the key of that name. */
export const configuredKinds = [
  'models',
  'seeds',
  'snapshots',
  'sources',
  'data_tests',
  'unit_tests',
  'exposures',
] as const;
export type ConfiguredKind = (typeof configuredKinds)[number];

/** Where `adapter.dispatch` looks for the macros of a namespace: names of packages, the first first. */
export interface DispatchOrder {
  readonly macroNamespace: string;
  readonly searchOrder: readonly string[];
}

/** dbt_project.yml, with the defaults of dbt 1.11 filled in. */
export interface ProjectConfig {
  readonly file: string;
  readonly text: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly profile: string | undefined;
  readonly modelPaths: readonly string[];
  readonly seedPaths: readonly string[];
  readonly testPaths: readonly string[];
  readonly macroPaths: readonly string[];
  readonly snapshotPaths: readonly string[];
  readonly analysisPaths: readonly string[];
  /** Where Markdown files are read: below all other paths, unless they are given. */
  readonly docsPaths: readonly string[];
  readonly targetPath: string;
  /** Folder of the installed packages. */
  readonly packagesPath: string;
  readonly dispatch: readonly DispatchOrder[];
  /** What `dbt clean` removes, from the project's folder. */
  readonly cleanTargets: readonly string[];
  /** Hooks of a run, as written: they are rendered when they are run. */
  readonly onRunStart: PlainValue;
  readonly onRunEnd: PlainValue;
  readonly vars: PlainMap;
  readonly trees: Readonly<Record<ConfiguredKind, PlainMap>>;
  /** The same as they are written, before their Jinja is rendered: what dbt compares between two states. */
  readonly unrenderedTrees: Readonly<Record<ConfiguredKind, PlainMap>>;
  readonly root: YamlNode;
}

/** Every path below which the project has resources, each once. */
export function resourcePaths(config: ProjectConfig): readonly string[] {
  const paths = [
    ...config.modelPaths,
    ...config.seedPaths,
    ...config.testPaths,
    ...config.macroPaths,
    ...config.snapshotPaths,
    ...config.analysisPaths,
  ];
  return [...new Set(paths)];
}

/**
 * The configs that a tree of dbt_project.yml gives to a node, from the widest to the narrowest level.
 * A key with `+` is a config, and so is one whose value is no mapping; other mappings are folders or names of the
 * node's fqn (dbt-core: core/dbt/context/context_config.py).
 */
export function configLevels(tree: PlainMap, fqn: readonly string[]): readonly PlainMap[] {
  const levels: PlainMap[] = [];
  let at: PlainMap | undefined = tree;
  for (let depth = 0; at !== undefined; depth += 1) {
    levels.push(configsOf(at));
    const part: string | undefined = fqn[depth];
    const next: PlainValue | undefined = part === undefined ? undefined : at[part];
    at = isPlainMap(next) ? next : undefined;
  }
  return levels.filter((level) => Object.keys(level).length > 0);
}

function configsOf(level: PlainMap): PlainMap {
  const entries = Object.entries(level).flatMap(([key, value]): [string, PlainValue][] => {
    if (key.startsWith('+')) return [[key.slice(1), value]];
    return isPlainMap(value) ? [] : [[key, value]];
  });
  return Object.fromEntries(entries);
}
