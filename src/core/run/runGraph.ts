import { buildGraph, reach, subgraph, type Graph } from '../compile/graph.ts';
import {
  isSqlNode,
  type ExposureNode,
  type Manifest,
  type ManifestNode,
  type RunnableNode,
  type SourceNode,
  type UnitTestNode,
} from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { Schedule } from './schedule.ts';

/** A dbt command that runs nodes, or `prepare`: building what a preview reads. */
export type RunCommand = 'build' | 'run' | 'seed' | 'snapshot' | 'test' | 'prepare';

/** The nodes that `compile` goes through; dbt counts seeds among them, which have no code. */
export type CompilableNode = Exclude<ManifestNode, SourceNode | ExposureNode | UnitTestNode>;

/** The nodes of a selection that a command runs, the graph among them, and the sources to load for them. */
export interface RunGraph {
  /** What is run, and the ephemeral models among it: nothing is built for these, but others wait for their turn. */
  readonly ids: ReadonlySet<UniqueId>;
  readonly graph: Graph;
  /** Of a first `build`: the unit tests of each model, which are run just before it. They are not among `ids`. */
  readonly unitTests: ReadonlyMap<UniqueId, readonly UniqueId[]>;
  /** Of a first `build`: how many unit tests are selected, also those whose model is not built. */
  readonly selectedUnitTests: number;
  readonly sources: readonly SourceNode[];
}

const kindsOf: Readonly<Record<RunCommand, readonly ManifestNode['resourceType'][]>> = {
  build: ['model', 'snapshot', 'seed', 'test', 'exposure'],
  run: ['model'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  test: ['test', 'unit_test'],
  prepare: ['model', 'snapshot', 'seed'],
};

/** True for a model that is inlined into what reads it. */
export function isInlined(node: RunnableNode): boolean {
  return node.resourceType === 'model' && node.materialized === 'ephemeral';
}

/**
 * The part of the graph that a command runs. Paths through nodes that are not run still order their ends. In `build`
 * a node also waits for the tests of everything upstream of it, unless a test reads something that is not upstream
 * (dbt-core: core/dbt/compilation.py, add_test_edges). A `build` that is retried takes unit tests for nodes like the
 * others, which come after their models (core/dbt/task/retry.py, get_graph_queue).
 */
export function runGraph(
  manifest: Manifest,
  selected: ReadonlySet<UniqueId>,
  command: RunCommand,
  isRetried = false,
): RunGraph {
  const { nodes, graph } = manifest;
  const isApart = command === 'build' && !isRetried;
  const kinds = command === 'build' && isRetried ? [...kindsOf.build, 'unit_test'] : kindsOf[command];
  const run = [...selected].filter((id) => {
    const node = nodes.get(id);
    if (node === undefined || !kinds.includes(node.resourceType)) return false;
    // What is read by a preview is asked for by name, and an empty file is then said to be one.
    return command === 'prepare' || !isEmpty(node);
  });
  const ids = new Set(run);
  const held = subgraph(command === 'build' ? withGates(manifest) : graph, ids);
  // What is prepared for a preview may be a source itself.
  const unitTests = isApart ? unitTestsOf(manifest, selected, ids) : new Map<UniqueId, UniqueId[]>();
  const read = command === 'prepare' ? selected : new Set([...ids, ...[...unitTests.values()].flat()]);
  const isUnitTest = (id: UniqueId): boolean => nodes.get(id)?.resourceType === 'unit_test';
  const selectedUnitTests = isApart ? [...selected].filter(isUnitTest).length : 0;
  return { ids, graph: held, unitTests, selectedUnitTests, sources: sourcesOf(manifest, read) };
}

/** True for a file without code: it is a node, but never run nor compiled (dbt-core: core/dbt/graph/selector.py). */
function isEmpty(node: ManifestNode): boolean {
  return isSqlNode(node) && node.rawCode.trim() === '';
}

/** The selected nodes in the order in which dbt compiles them. */
export function compileOrder({ nodes, graph }: Manifest, selected: ReadonlySet<UniqueId>): readonly CompilableNode[] {
  const found = new Map(
    [...selected].flatMap((id) => {
      const node = nodes.get(id);
      return node !== undefined && isCompilable(node) && !isEmpty(node) ? [[id, node] as const] : [];
    }),
  );
  const ids = new Set(found.keys());
  const order = new Schedule(subgraph(graph, ids), ids);
  const ordered: CompilableNode[] = [];
  for (let id = order.next(); id !== undefined; id = order.next()) {
    const node = found.get(id);
    if (node !== undefined) ordered.push(node);
    order.done(id);
  }
  return ordered;
}

/** True for a node that `compile` goes through. */
export function isCompilable(node: ManifestNode): node is CompilableNode {
  return !['source', 'exposure', 'unit_test'].includes(node.resourceType);
}

/** The selected unit tests by their models; those whose model is not built are left out (dbt-core: task/build.py). */
function unitTestsOf(
  { nodes }: Manifest,
  selected: ReadonlySet<UniqueId>,
  ids: ReadonlySet<UniqueId>,
): ReadonlyMap<UniqueId, readonly UniqueId[]> {
  const found = new Map<UniqueId, UniqueId[]>();
  for (const id of [...selected].sort()) {
    const node = nodes.get(id);
    const [model] = node?.resourceType === 'unit_test' ? node.dependsOn : [];
    if (model === undefined || !ids.has(model)) continue;
    found.set(model, [...(found.get(model) ?? []), id]);
  }
  return found;
}

/** Tests hold back what is built; dbt lets neither tests nor exposures wait for them. */
function isGated(node: ManifestNode | undefined): boolean {
  return node?.resourceType === 'model' || node?.resourceType === 'seed' || node?.resourceType === 'snapshot';
}

/** The sources that the nodes read, directly or through others, in the order of their ids. */
function sourcesOf(manifest: Manifest, ids: ReadonlySet<UniqueId>): readonly SourceNode[] {
  return [...new Set([...ids, ...reach(manifest.graph.parents, ids)])]
    .sort()
    .map((id) => manifest.nodes.get(id))
    .filter((node): node is SourceNode => node?.resourceType === 'source');
}

/**
 * The whole graph with edges from each test to what it holds back: the nodes downstream of all that it reads, of which
 * only the first need the edge, since the others wait for these. A node that is not run holds back what it would have.
 */
function withGates({ nodes, graph }: Manifest): Graph {
  const parents = new Map([...graph.parents].map(([id, own]) => [id, [...own]]));
  const isHeld = (id: UniqueId): boolean => isGated(nodes.get(id));
  for (const test of nodes.values()) {
    if (test.resourceType !== 'test' || test.dependsOn.length === 0) continue;
    const firsts = firstBelow(graph.children, new Set(test.dependsOn), isHeld);
    for (const first of firsts) parents.get(first)?.push(test.uniqueId);
  }
  return buildGraph(parents);
}

/** The nodes that are wanted and downstream of all of `reads`, without those downstream of another of them. */
function firstBelow(
  children: Graph['children'],
  reads: ReadonlySet<UniqueId>,
  isWanted: (id: UniqueId) => boolean,
): readonly UniqueId[] {
  const [one, ...others] = reads;
  if (one === undefined) return [];
  const below = others.map((other) => reach(children, [other]));
  const found: UniqueId[] = [];
  const seen = new Set<UniqueId>();
  const left = [...(children.get(one) ?? [])];
  for (let id = left.pop(); id !== undefined; id = left.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (isWanted(id) && below.every((other) => other.has(id))) found.push(id);
    else left.push(...(children.get(id) ?? []));
  }
  return found;
}
