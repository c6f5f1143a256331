import { manifestEntries } from '../artifacts/previousState.ts';
import type { ExistingRelations } from '../compile/compileEnvironment.ts';
import { isTableNode, type Manifest } from '../compile/manifest.ts';
import { embeddedName, type Relation } from '../compile/relation.ts';
import type { UniqueId } from '../project/uniqueId.ts';

/** What `--defer` asks for. */
export interface Deferral {
  /** The other run's manifest.json. */
  readonly manifest: string;
  /** Its relations are taken though this target has its own (`--favor-state`). */
  readonly favorsState: boolean;
}

/**
 * The relations of another run that `ref` gives in the place of this project's: of what is not selected, where this
 * target has no such relation (dbt-core: contracts/graph/manifest.py, merge_from_artifact; context/providers.py).
 */
export function deferredRelations(
  manifest: Manifest,
  { manifest: text, favorsState }: Deferral,
  selected: ReadonlySet<UniqueId>,
  existing: ExistingRelations,
): ReadonlyMap<UniqueId, Relation> {
  const found = new Map<UniqueId, Relation>();
  for (const [id, entry] of manifestEntries(text)) {
    const node = manifest.nodes.get(id);
    if (node === undefined || !isTableNode(node) || node.resourceType === 'source') continue;
    const isHere = existing.kindOf(embeddedName(node.relation, manifest.project.target)) !== undefined;
    if (selected.has(id) || (isHere && !favorsState)) continue;
    const { database, schema, alias } = entry;
    if (typeof schema !== 'string' || typeof alias !== 'string') continue;
    found.set(id, {
      database: typeof database === 'string' ? database : node.relation.database,
      schema,
      identifier: alias,
    });
  }
  return found;
}
