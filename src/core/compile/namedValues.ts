import type { NodeConfig } from '../project/nodeConfig.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { pathInPackage, type Project } from '../project/project.ts';
import type { ModelVersion } from '../project/properties.ts';
import type { NodeBase } from './manifest.ts';

/** What is known of a node before it is rendered. */
export type NamedNode = Pick<NodeBase, 'name' | 'packageName' | 'path' | 'originalFilePath' | 'fqn'> &
  Partial<Pick<NodeBase, 'uniqueId' | 'description'>> & {
    readonly resourceType: string;
    /** Version of a model that has some. */
    readonly version?: ModelVersion | undefined;
  };

/** A node under dbt's names, as far as it is known before it is rendered. */
export function namedValues(project: Project, node: NamedNode, config: NodeConfig): PlainMap {
  return {
    unique_id: node.uniqueId ?? null,
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: pathInPackage(project, node.packageName, node.originalFilePath),
    fqn: node.fqn,
    description: node.description ?? '',
    config,
    tags: config['tags'] ?? [],
    meta: config['meta'] ?? {},
    version: node.version ?? null,
  };
}
