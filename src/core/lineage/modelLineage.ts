import type { Manifest, ManifestNode, TestNode, UnitTestNode } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';

/** A node of the lineage with the tests that read it. */
export interface LineageEntry {
  readonly node: Exclude<ManifestNode, TestNode | UnitTestNode>;
  readonly tests: readonly (TestNode | UnitTestNode)[];
}

/** The graph of a project as people read it: without tests, which stand with what they test. */
export interface ModelLineage {
  readonly entries: readonly LineageEntry[];
  readonly edges: readonly { readonly from: UniqueId; readonly to: UniqueId }[];
}

/**
 * A generic test stands with the node that it is written under, a singular one with every node that it reads, a unit
 * test with its model.
 */
export function modelLineage(manifest: Manifest): ModelLineage {
  const nodes = [...manifest.nodes.values()];
  const tests = new Map<UniqueId, (TestNode | UnitTestNode)[]>();
  for (const node of nodes) {
    if (node.resourceType !== 'test' && node.resourceType !== 'unit_test') continue;
    const tested =
      node.resourceType === 'unit_test' || node.generic === undefined ? node.dependsOn : [node.generic.attachedNode];
    for (const id of tested) tests.set(id, [...(tests.get(id) ?? []), node]);
  }
  const entries = nodes.flatMap((node): LineageEntry[] =>
    node.resourceType === 'test' || node.resourceType === 'unit_test'
      ? []
      : [{ node, tests: tests.get(node.uniqueId) ?? [] }],
  );
  const edges = entries.flatMap(({ node }) => node.dependsOn.map((from) => ({ from, to: node.uniqueId })));
  return { entries, edges };
}
