import { fileStart } from '../diagnostics/text.ts';
import type { SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { hookWarnings, isEnabled, type Drafting } from './drafting.ts';
import type { SeedNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fileNode, tableProperties } from './fileNode.ts';
import { fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';

/** Reads what YAML says of a seed; its rows are read when it is loaded. */
export function draftSeed(drafting: Drafting, file: SeedFile, properties: NodeProperties | undefined): NodeDraft {
  const { project, names } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const config = nodeConfigOf(drafting, 'seeds', fqn, properties?.config ?? {});
  const named = fileNode('seed', file, fqn, config);
  const node: SeedNode = {
    resourceType: 'seed',
    ...named,
    unrenderedConfig: unrenderedConfigOf(drafting, 'seeds', fqn, properties?.config),
    ...tableProperties(names.relationOf({ resourceType: 'seed', ...named }, config), properties),
  };
  const diagnostics = hookWarnings(config, { file: file.path, range: fileStart });
  return { node, refs: [], sources: [], reads: [], enabled: isEnabled(config), diagnostics };
}
