import { pathInPackage } from '../project/project.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { Drafting } from './drafting.ts';
import type { Group } from './groups.ts';
import { belowResourcePath, fqnOf, nodeConfigOf } from './nodePlace.ts';

/** The groups that a project's YAML declares. dbt configures them with the tree of models:, too. */
export function draftGroups(drafting: Drafting): readonly Group[] {
  const { project } = drafting;
  const packageName = project.config.name;
  return project.properties.groups.map(({ name, description, owner, config, file }) => {
    const path = belowResourcePath(project, file);
    return {
      uniqueId: uniqueId('group', packageName, name),
      name,
      packageName,
      path,
      originalFilePath: pathInPackage(project, packageName, file),
      description,
      owner,
      config: { meta: {}, ...nodeConfigOf(drafting, 'models', fqnOf(packageName, path, name), config) },
    };
  });
}
