import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { isRefable } from './linkNodes.ts';
import type { ManifestNode } from './manifest.ts';

/**
 * Where in the list a node stands again that was there before. Models, seeds and sources of one name are a fault; the
 * same test twice is run once.
 */
export function duplicates(nodes: readonly ManifestNode[]): Outcome<ReadonlySet<number>> {
  const kept = new Map<UniqueId, ManifestNode>();
  const refable = new Map<string, ManifestNode[]>();
  const doubled = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  for (const [at, node] of nodes.entries()) {
    const namesakes = isRefable(node) ? (refable.get(node.name) ?? []) : [];
    const first = kept.get(node.uniqueId) ?? namesakes.find((one) => isSameToRef(one, node));
    if (first === undefined) {
      kept.set(node.uniqueId, node);
      if (isRefable(node)) refable.set(node.name, [...namesakes, node]);
      continue;
    }
    doubled.add(at);
    const place = { file: node.originalFilePath, range: node.range };
    if (node.resourceType === 'test' && node.generic !== undefined) {
      diagnostics.push(diagnostic('compile.duplicateTest', { name: node.name }, place));
    } else {
      const params = { kind: `${node.resourceType}s`, name: node.name, others: [first.originalFilePath] };
      diagnostics.push(diagnostic('compile.duplicateName', params, place));
    }
  }
  return { value: doubled, diagnostics };
}

/** What ref may name is one, whether it is a model, a seed or a snapshot: the ids differ in the first part only. */
function isSameToRef(a: ManifestNode, b: ManifestNode): boolean {
  const rest = ({ uniqueId }: ManifestNode): string => uniqueId.slice(uniqueId.indexOf('.'));
  return rest(a) === rest(b);
}
