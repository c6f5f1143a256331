import { fileStart } from '../diagnostics/text.ts';
import { mergeConfigs } from '../project/nodeConfig.ts';
import { textList } from '../project/plainValue.ts';
import type { SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { uniqueId } from '../project/uniqueId.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { SeedNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fqnOf, projectConfigOf, relationOf } from './nodePlace.ts';

/** Reads what YAML says of a seed; its rows are read when it is loaded. */
export function draftSeed(drafting: Drafting, file: SeedFile, properties: NodeProperties | undefined): NodeDraft {
  const { project } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const config = mergeConfigs(projectConfigOf(project, 'seeds', fqn), properties?.config ?? {});
  const node: SeedNode = {
    resourceType: 'seed',
    uniqueId: uniqueId('seed', project.config.name, file.name),
    name: file.name,
    packageName: project.config.name,
    path: file.relativePath,
    originalFilePath: file.path,
    range: fileStart,
    fqn,
    description: properties?.description ?? '',
    config,
    tags: textList(config['tags']),
    dependsOn: [],
    relation: relationOf(project, file.name, config),
    columns: properties?.columns ?? [],
    patchPath: properties?.file,
  };
  return { node, refs: [], sources: [], reads: [], enabled: isEnabled(config), diagnostics: [] };
}
