import { pathInPackage } from '../project/project.ts';
import { batchName, batchSizeOf, type Batch } from './batch.ts';
import {
  versionedName,
  type Manifest,
  type ModelNode,
  type OperationNode,
  type SqlNode,
  type UnitTestNode,
} from './manifest.ts';

/** Where a node's compiled code is written, from the project's folder (dbt-core: core/dbt/contracts/graph/nodes.py). */
export function compiledPath(
  manifest: Manifest,
  node: SqlNode | UnitTestNode | OperationNode,
  folder = 'compiled',
): string {
  const { targetPath } = manifest.project.config;
  const file = pathInPackage(manifest.project, node.packageName, node.originalFilePath);
  if (node.resourceType === 'unit_test') {
    const beside = file.split('/').slice(0, -1);
    const path = [file, ...beside, `${versionedName(node)}.sql`].join('/');
    return `${targetPath}/${folder}/${node.packageName}/${path}`;
  }
  const inYaml = /\.ya?ml$/.test(file);
  // What stands in a YAML file has a folder of that name, with tests and snapshots side by side in it.
  const path = inYaml ? `${file}/${node.resourceType === 'snapshot' ? `${node.name}.sql` : node.path}` : file;
  return `${targetPath}/${folder}/${node.packageName}/${path}`;
}

/** Where the code of a batch is written: in a folder with the name of the model's own file (get_target_write_path). */
export function batchPath(manifest: Manifest, node: ModelNode, { start }: Batch, folder = 'compiled'): string {
  const size = batchSizeOf(node.config);
  const suffix = size === undefined ? '' : `_${batchName(start, size)}`;
  return compiledPath(manifest, node, folder).replace(/([^/]+?)(\.[^./]+)?$/, `$1/$1${suffix}$2`);
}

/** Where the code of SQL is written that stands in no file: dbt takes it for one from a remote system. */
export function inlinePath({ project }: Pick<Manifest, 'project'>): string {
  const { targetPath, name } = project.config;
  return `${targetPath}/compiled/${name}/from remote system.sql/sql/inline_query`;
}

/** The same as dbt tells it: what stands in dbt_project.yml has `./` before that name. */
export function toldPath(manifest: Manifest, node: SqlNode | UnitTestNode | OperationNode): string {
  const path = compiledPath(manifest, node);
  return node.resourceType === 'operation' ? path.replace(/(?=dbt_project\.yml\/hooks\/)/, './') : path;
}

/** Where the code is written that stands for a table in a unit test. */
export function givenPath(manifest: Manifest, node: UnitTestNode, name: string): string {
  const { targetPath } = manifest.project.config;
  return `${targetPath}/compiled/${node.packageName}/${node.originalFilePath}/${name}.sql`;
}
