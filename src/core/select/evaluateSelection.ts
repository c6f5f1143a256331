import { reach } from '../compile/graph.ts';
import type { Manifest } from '../compile/manifest.ts';
import { diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { takeWaiting, withTests, type IndirectSelection, type Met } from './indirectTests.ts';
import { matchesMethod } from './matchMethod.ts';
import type { Combination, Criterion, Method, Selection } from './selection.ts';

/** What a selection is evaluated against. */
export interface SelectionScope {
  readonly manifest: Manifest;
  /** What the command line says of the tests that join. */
  readonly indirect: IndirectSelection;
  /** The nodes that a criterion names by another run's artifacts, or why it cannot be said. */
  readonly byState?: StateLookup | undefined;
}

/** The methods that compare with the artifacts of another run. */
export type StateMethod = Extract<Method, 'state' | 'result' | 'source_status'>;

/** What `state:`, `result:` and `source_status:` name. */
export type StateLookup = (method: StateMethod, value: string) => Outcome<ReadonlySet<UniqueId>>;

/**
 * What a selection meets, with the tests that join it (dbt-core: core/dbt/graph/selector.py, select_nodes_recursively).
 * Words of the command line that meet nothing are warnings.
 */
export function evaluateSelection(scope: SelectionScope, selection: Selection): Outcome<Met> {
  return selection.kind === 'criterion' ? criterionMet(scope, selection) : combinationMet(scope, selection);
}

function criterionMet(scope: SelectionScope, criterion: Criterion): Outcome<Met> {
  const { graph } = scope.manifest;
  const { value: met, diagnostics } = namedBy(scope, criterion);
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
  return { value: withTests(scope.manifest, result, criterion.indirect ?? scope.indirect), diagnostics };
}

/** The nodes that a criterion names itself, without those around them. */
function namedBy({ manifest, byState }: SelectionScope, criterion: Criterion): Outcome<readonly UniqueId[]> {
  const { nodes } = manifest;
  switch (criterion.method) {
    case 'state':
    case 'result':
    case 'source_status': {
      const found = byState?.(criterion.method, criterion.value) ?? withoutState();
      return { value: [...found.value].filter((id) => nodes.has(id)), diagnostics: found.diagnostics };
    }
    default: {
      const { name: rootName } = manifest.project.config;
      const met = [...nodes.values()].filter((node) => matchesMethod(node, criterion, rootName));
      return { value: met.map((node) => node.uniqueId), diagnostics: [] };
    }
  }
}

function withoutState(): Outcome<ReadonlySet<UniqueId>> {
  const detail = 'Got a state selector method, but no comparison manifest';
  return { value: new Set(), diagnostics: [diagnostic('compile.withoutState', { detail }, { file: '--state' })] };
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
