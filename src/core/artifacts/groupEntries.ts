import type { DocBlock } from '../compile/docBlocks.ts';
import { groupOf, type Group } from '../compile/groups.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { Json } from './json.ts';

/** A docs block in the manifest. */
export function docEntry(block: DocBlock): Json {
  return {
    name: block.name,
    resource_type: 'doc',
    package_name: block.packageName,
    path: block.path,
    original_file_path: block.originalFilePath,
    unique_id: block.uniqueId,
    block_contents: block.contents,
  };
}

/** A group in the manifest. */
export function groupEntry(group: Group): Json {
  return {
    name: group.name,
    resource_type: 'group',
    package_name: group.packageName,
    path: group.path,
    original_file_path: group.originalFilePath,
    unique_id: group.uniqueId,
    owner: { email: null, ...group.owner },
    description: group.description === '' ? null : group.description,
    config: group.config,
  };
}

/** The ids of the nodes of each group (dbt-core: contracts/graph/manifest.py, build_group_map). */
export function groupMap({ groups, nodes }: Manifest): Json {
  const grouped = [...nodes.values()].filter(
    (node) => node.resourceType !== 'source' && node.resourceType !== 'exposure',
  );
  const members = (name: string): readonly string[] =>
    grouped.filter((node) => groupOf(node, nodes) === name).map(({ uniqueId }) => uniqueId);
  return Object.fromEntries(groups.map(({ name }) => [name, members(name)]));
}
