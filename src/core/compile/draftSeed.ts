import { fileStart } from '../diagnostics/text.ts';
import { mergeConfigs } from '../project/nodeConfig.ts';
import type { SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { hookWarnings, isEnabled, type Drafting } from './drafting.ts';
import type { SeedNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fileNode, tableProperties } from './fileNode.ts';
import { fqnOf, projectConfigOf, relationOf } from './nodePlace.ts';

/** Reads what YAML says of a seed; its rows are read when it is loaded. */
export function draftSeed(drafting: Drafting, file: SeedFile, properties: NodeProperties | undefined): NodeDraft {
  const { project } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const config = mergeConfigs(projectConfigOf(project, 'seeds', fqn), properties?.config ?? {});
  const node: SeedNode = {
    resourceType: 'seed',
    ...fileNode('seed', file, fqn, config),
    ...tableProperties(relationOf(project, file.name, config), properties),
  };
  const diagnostics = hookWarnings(config, { file: file.path, range: fileStart });
  return { node, refs: [], sources: [], reads: [], enabled: isEnabled(config), diagnostics };
}
