import { reach } from '../compile/graph.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';

/** Which tests of selected nodes join them (dbt's --indirect-selection; core/dbt/graph/selector.py). */
export const indirectSelections = ['eager', 'cautious', 'buildable', 'empty'] as const;
export type IndirectSelection = (typeof indirectSelections)[number];

/** The tests that read selected nodes: those that join them, and those that do so when all they read is selected. */
export interface IndirectTests {
  readonly joined: readonly UniqueId[];
  readonly waiting: readonly UniqueId[];
}

/** The tests that read some of the nodes `ids`. */
export function indirectTests(manifest: Manifest, ids: ReadonlySet<UniqueId>, mode: IndirectSelection): IndirectTests {
  if (mode === 'empty') return { joined: [], waiting: [] };
  const tests = [...new Set([...ids].flatMap((id) => manifest.graph.children.get(id) ?? []))].filter(
    (id) => isTest(manifest, id) && !ids.has(id),
  );
  if (mode === 'eager') return { joined: tests, waiting: [] };
  const covers = coverOf(manifest, ids, mode);
  return { joined: tests.filter(covers), waiting: tests.filter((id) => !covers(id)) };
}

function isTest({ nodes }: Manifest, id: UniqueId): boolean {
  const type = nodes.get(id)?.resourceType;
  return type === 'test' || type === 'unit_test';
}

/** True for a test all of whose parents are selected, or with `buildable` are upstream of what is selected. */
export function coverOf(
  manifest: Manifest,
  ids: ReadonlySet<UniqueId>,
  mode: IndirectSelection,
): (test: UniqueId) => boolean {
  const reached = mode === 'buildable' ? new Set([...ids, ...reach(manifest.graph.parents, ids)]) : ids;
  return (test) => (manifest.graph.parents.get(test) ?? []).every((parent) => reached.has(parent));
}
