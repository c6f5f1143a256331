import { reach } from '../compile/graph.ts';
import type { Manifest } from '../compile/manifest.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { takeWaiting, withTests, type IndirectSelection, type Met } from './indirectTests.ts';
import { matchesMethod } from './matchMethod.ts';
import type { Combination, Criterion, Selection } from './selection.ts';

/** What a selection is evaluated against. */
export interface SelectionScope {
  readonly manifest: Manifest;
  /** What the command line says of the tests that join. */
  readonly indirect: IndirectSelection;
}

/**
 * What a selection meets, with the tests that join it (dbt-core: core/dbt/graph/selector.py, select_nodes_recursively).
 * Words of the command line that meet nothing are warnings.
 */
export function evaluateSelection(scope: SelectionScope, selection: Selection): Outcome<Met> {
  return selection.kind === 'criterion'
    ? { value: criterionMet(scope, selection), diagnostics: [] }
    : combinationMet(scope, selection);
}

function criterionMet(scope: SelectionScope, criterion: Criterion): Met {
  const { nodes, graph } = scope.manifest;
  const met = [...nodes.values()].filter((node) => matchesMethod(node, criterion)).map((node) => node.uniqueId);
  const result = new Set(met);
  const add = (ids: Iterable<UniqueId>): void => {
    for (const id of ids) result.add(id);
  };
  if (criterion.parents !== undefined) add(reach(graph.parents, met, criterion.parents));
  if (criterion.children !== undefined) add(reach(graph.children, met, criterion.children));
  if (criterion.childrensParents) {
    const children = [...met, ...reach(graph.children, met)];
    add(children);
    add(reach(graph.parents, children));
  }
  return withTests(scope.manifest, result, criterion.indirect ?? scope.indirect);
}

function combinationMet(scope: SelectionScope, combination: Combination): Outcome<Met> {
  const { kind, takesWaiting, expected } = combination;
  const read = combination.of.map((one) => evaluateSelection(scope, one));
  const parts = read.map((one) => one.value);
  const combined = combine(
    kind,
    parts.map(({ direct }) => direct),
  );
  const reachable = combine(
    kind,
    parts.map(({ direct, waiting }) => new Set([...direct, ...waiting])),
  );
  const direct = takesWaiting ? takeWaiting(scope.manifest, combined, reachable, scope.indirect) : combined;
  const diagnostics = read.flatMap((one) => one.diagnostics);
  if (expected !== undefined && direct.size === 0)
    diagnostics.push(diagnostic('compile.selectsNothing', { raw: expected }, { file: '--select' }));
  return { value: { direct, waiting: new Set([...reachable].filter((id) => !direct.has(id))) }, diagnostics };
}

function combine(kind: Combination['kind'], sets: readonly ReadonlySet<UniqueId>[]): ReadonlySet<UniqueId> {
  const [first = new Set<UniqueId>(), ...others] = sets;
  switch (kind) {
    case 'union':
      return new Set(sets.flatMap((one) => [...one]));
    case 'intersection':
      return new Set([...first].filter((id) => others.every((other) => other.has(id))));
    case 'difference':
      return new Set([...first].filter((id) => !others.some((other) => other.has(id))));
  }
}
