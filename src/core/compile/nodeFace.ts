import { textConfig } from '../project/nodeConfig.ts';
import { plainMapAt } from '../project/plainValue.ts';
import { accessOf } from './groups.ts';
import { isTableNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';

const faces = new WeakMap<NodeDraft, string>();

/**
 * What other nodes and the project as a whole can see of a draft, as a text to compare: how it is named and where, who
 * may read it, and where it is built. What it reads and what its code says is not of its face: as long as all faces are
 * the same, every ref means the same.
 */
export function faceOf(draft: NodeDraft): string {
  const known = faces.get(draft);
  if (known !== undefined) return known;
  const { node, enabled } = draft;
  const model = node.resourceType === 'model' ? [node.version, accessOf(node), node.materialized] : [];
  const face = JSON.stringify([
    node.uniqueId,
    node.fqn,
    enabled,
    node.resourceType === 'test' && node.generic !== undefined,
    model,
    textConfig(node.config, 'group'),
    plainMapAt(node.config, 'grants'),
    isTableNode(node) ? node.relation : undefined,
  ]);
  faces.set(draft, face);
  return face;
}
