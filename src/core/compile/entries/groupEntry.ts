import type { PlainMap } from '../../project/plainValue.ts';
import type { Group } from '../groups.ts';

/** A group as manifest.json shows it and templates find it. */
export function groupEntry(group: Group): PlainMap {
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
