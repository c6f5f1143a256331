import type { Manifest } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { Json } from './json.ts';

/** What each node reads; tests that were left out are shown with what is there of it. */
export function parentMap({ graph, unlinked, operations }: Manifest): Json {
  const left = unlinked.map(({ uniqueId, dependsOn }) => [uniqueId, dependsOn] as const);
  return Object.fromEntries([...graph.parents, ...left, ...unread(operations)]);
}

/** What reads each node; tests that were left out are children of what they do read. */
export function childMap({ graph, unlinked, operations }: Manifest): Json {
  const children = new Map<UniqueId, readonly UniqueId[]>(graph.children);
  for (const { uniqueId, dependsOn } of unlinked) {
    children.set(uniqueId, []);
    for (const parent of dependsOn) children.set(parent, [...(children.get(parent) ?? []), uniqueId]);
  }
  return Object.fromEntries([...children, ...unread(operations)]);
}

/** The hooks of a run are in the maps, though nothing reads them. */
function unread(operations: Manifest['operations']): readonly (readonly [UniqueId, Json])[] {
  return operations.map(({ uniqueId }) => [uniqueId, []]);
}
