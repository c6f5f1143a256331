import type { Project } from '../project/project.ts';
import { configLevels, type ConfiguredKind } from '../project/projectConfig.ts';
import { mergeConfigs, textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import type { Relation } from './relation.ts';

/** dbt's fqn of a file below a resource path: the package, the folders, the name. */
export function fqnOf(packageName: string, relativePath: string, name: string): readonly [string, ...string[]] {
  return [packageName, ...relativePath.split('/').slice(0, -1), name];
}

/** What dbt_project.yml configures for a node. */
export function projectConfigOf(project: Project, kind: ConfiguredKind, fqn: readonly string[]): NodeConfig {
  return mergeConfigs(...configLevels(project.config.trees[kind], fqn));
}

/**
 * Where a node is built: its alias or name, and the target's schema with the custom one behind it
 * (dbt's default generate_schema_name and generate_alias_name).
 */
export function relationOf(project: Project, name: string, config: NodeConfig): Relation {
  const { target } = project;
  const custom = textConfig(config, 'schema')?.trim();
  return {
    database: textConfig(config, 'database') ?? target.database,
    schema: custom === undefined || custom === '' ? target.schema : `${target.schema}_${custom}`,
    identifier: textConfig(config, 'alias') ?? name,
  };
}
