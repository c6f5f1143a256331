import type { SeedFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { SeedNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fileNode, tableProperties } from './fileNode.ts';
import { hookUses } from './hooks.ts';
import { fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';

/** Reads what YAML says of a seed; its rows are read when it is loaded. */
export function draftSeed(drafting: Drafting, file: SeedFile, properties: NodeProperties | undefined): NodeDraft {
  const { project, names } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const config = nodeConfigOf(drafting, 'seeds', fqn, properties?.config ?? {});
  const named = { resourceType: 'seed' as const, ...fileNode('seed', file, fqn, config) };
  const relation = names.relationOf(named, config);
  const node: SeedNode = {
    ...named,
    unrenderedConfig: unrenderedConfigOf(drafting, 'seeds', fqn, properties?.config),
    ...tableProperties(relation, properties),
  };
  const hooks = hookUses(drafting, config, { node: named, relation });
  return { node, ...hooks, reads: [], enabled: isEnabled(config) };
}
