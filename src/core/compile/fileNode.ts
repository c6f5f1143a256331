import { fileStart, type Range } from '../diagnostics/text.ts';
import { tagsOf, type NodeConfig } from '../project/nodeConfig.ts';
import type { SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';
import type { Relation } from './relation.ts';

/** What every node that is a file has in common, before it is linked. */
export interface FileNode {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly packageName: string;
  readonly path: string;
  readonly originalFilePath: string;
  readonly range: Range;
  readonly fqn: readonly string[];
  readonly config: NodeConfig;
  readonly tags: readonly string[];
  readonly dependsOn: readonly UniqueId[];
}

/** A node of a file of a package; the package is the first part of its fqn. */
export function fileNode(
  resourceType: 'model' | 'seed' | 'test',
  { name, path, relativePath }: SeedFile,
  fqn: readonly [string, ...string[]],
  config: NodeConfig,
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
    tags: tagsOf(config),
    dependsOn: [],
  };
}

/** What properties YAML adds to a node that has a table. */
export interface TableProperties {
  readonly description: string;
  readonly relation: Relation;
  readonly columns: NodeProperties['columns'];
  readonly patchPath: string | undefined;
}

export function tableProperties(relation: Relation, properties: NodeProperties | undefined): TableProperties {
  return {
    description: properties?.description ?? '',
    relation,
    columns: properties?.columns ?? [],
    patchPath: properties?.file,
  };
}
