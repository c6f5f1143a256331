import { reach } from '../compile/graph.ts';
import type { Manifest } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';

/** Which tests of selected nodes join them (dbt's --indirect-selection; core/dbt/graph/selector.py). */
export const indirectSelections = ['eager', 'cautious', 'buildable', 'empty'] as const;
export type IndirectSelection = (typeof indirectSelections)[number];

/** What a selection meets, and the tests that join it when all that they read is selected in the end. */
export interface Met {
  readonly direct: ReadonlySet<UniqueId>;
  readonly waiting: ReadonlySet<UniqueId>;
}

/** The nodes `ids` with the tests that join them (dbt's expand_selection). */
export function withTests(manifest: Manifest, ids: ReadonlySet<UniqueId>, mode: IndirectSelection): Met {
  if (mode === 'empty') return { direct: ids, waiting: new Set() };
  const tests = [...new Set([...ids].flatMap((id) => manifest.graph.children.get(id) ?? []))].filter((id) =>
    isTest(manifest, id),
  );
  const isSource = (id: UniqueId): boolean => manifest.nodes.get(id)?.resourceType === 'source';
  const upstream = mode === 'buildable' ? reach(manifest.graph.parents, ids) : new Set<UniqueId>();
  const isReached = (id: UniqueId): boolean =>
    ids.has(id) || (mode === 'buildable' && (upstream.has(id) || isSource(id)));
  const joins = (test: UniqueId): boolean =>
    mode === 'eager' || (manifest.graph.parents.get(test) ?? []).every(isReached);
  return {
    direct: new Set([...ids, ...tests.filter(joins)]),
    waiting: new Set(tests.filter((test) => !joins(test))),
  };
}

function isTest({ nodes }: Manifest, id: UniqueId): boolean {
  const type = nodes.get(id)?.resourceType;
  return type === 'test' || type === 'unit_test';
}

/** What was met, with those of the tests `reachable` whose parents are all there now (incorporate_indirect_nodes). */
export function takeWaiting(
  manifest: Manifest,
  direct: ReadonlySet<UniqueId>,
  reachable: ReadonlySet<UniqueId>,
  mode: IndirectSelection,
): ReadonlySet<UniqueId> {
  if (mode === 'eager' || mode === 'empty') return direct;
  const taken = new Set(direct);
  const upstream = mode === 'buildable' ? reach(manifest.graph.parents, direct) : new Set<UniqueId>();
  for (const id of reachable) {
    const parents = manifest.graph.parents.get(id) ?? [];
    if (manifest.nodes.get(id)?.resourceType !== 'test') continue;
    if (parents.every((parent) => taken.has(parent) || upstream.has(parent))) taken.add(id);
  }
  return taken;
}
