import type { DocBlock } from '../compile/docBlocks.ts';
import { groupOf } from '../compile/groups.ts';
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

/** The ids of the nodes of each group (dbt-core: contracts/graph/manifest.py, build_group_map). */
export function groupMap({ groups, nodes }: Manifest): Json {
  const grouped = [...nodes.values()].filter(
    (node) => node.resourceType !== 'source' && node.resourceType !== 'exposure',
  );
  const members = (name: string): readonly string[] =>
    grouped.filter((node) => groupOf(node, nodes) === name).map(({ uniqueId }) => uniqueId);
  return Object.fromEntries(groups.map(({ name }) => [name, members(name)]));
}
