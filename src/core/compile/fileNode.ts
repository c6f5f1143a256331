import { fileStart } from '../diagnostics/text.ts';
import { tagsOf, type NodeConfig } from '../project/nodeConfig.ts';
import type { SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { Described, NodeBase } from './manifest.ts';
import type { Relation } from './relation.ts';

/** What every node that is a file has in common, before it is linked. */
export type FileNode = Omit<NodeBase, 'description' | 'unrenderedConfig'>;

/**
 * A node of a file of a package; the package is the first part of its fqn. The tags of `first` come before those of
 * `config`: dbt reads properties after the code, and adds what is new (dbt-core: parser/base.py, update_parsed_node_config).
 */
export function fileNode(
  resourceType: 'model' | 'snapshot' | 'analysis' | 'seed' | 'test',
  { name, path, relativePath }: SeedFile,
  fqn: readonly [string, ...string[]],
  config: NodeConfig,
  first: NodeConfig = {},
): FileNode {
  const [packageName] = fqn;
  return {
    uniqueId: uniqueId(resourceType, packageName, name),
    name,
    packageName,
    path: relativePath,
    originalFilePath: path,
    range: fileStart,
    fqn,
    config,
    tags: [...new Set([...tagsOf(first), ...tagsOf(config)])],
    dependsOn: [],
  };
}

/** What properties YAML adds to a node that has a table. */
export type TableProperties = Described & Pick<NodeBase, 'description'>;

export function tableProperties(relation: Relation, properties: NodeProperties | undefined): TableProperties {
  return {
    description: properties?.description ?? '',
    relation,
    columns: properties?.columns ?? [],
    docBlocks: properties?.docBlocks ?? [],
    patchPath: properties?.file,
  };
}
