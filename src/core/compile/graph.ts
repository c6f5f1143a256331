import type { UniqueId } from '../project/uniqueId.ts';

/** Who reads whom. Edges go from what is read (parent) to what reads it (child). */
export interface Graph {
  readonly parents: ReadonlyMap<UniqueId, readonly UniqueId[]>;
  readonly children: ReadonlyMap<UniqueId, readonly UniqueId[]>;
}

/** Builds the graph from each node's parents; parents that are no nodes of the graph are left out. */
export function buildGraph(dependencies: ReadonlyMap<UniqueId, readonly UniqueId[]>): Graph {
  const children = new Map<UniqueId, UniqueId[]>([...dependencies.keys()].map((id) => [id, []]));
  const parents = new Map<UniqueId, readonly UniqueId[]>();
  for (const [id, reads] of dependencies) {
    const known = [...new Set(reads)].filter((parent) => dependencies.has(parent));
    parents.set(id, known);
    for (const parent of known) children.get(parent)?.push(id);
  }
  return { parents, children };
}

/** Everything reached from `from` along one direction within `depth` steps, without the start itself. */
export function reach(
  edges: Graph['parents'],
  from: Iterable<UniqueId>,
  depth = Number.POSITIVE_INFINITY,
): ReadonlySet<UniqueId> {
  const starts = new Set(from);
  const found = new Set<UniqueId>();
  let frontier = [...starts];
  for (let step = 0; step < depth && frontier.length > 0; step += 1) {
    const next: UniqueId[] = [];
    for (const id of frontier) {
      for (const other of edges.get(id) ?? []) {
        if (found.has(other) || starts.has(other)) continue;
        found.add(other);
        next.push(other);
      }
    }
    frontier = next;
  }
  return found;
}

/** Gives every id after its parents. Ids on a cycle, and what is below one, are not given. */
export function* parentsFirst(graph: Graph): Generator<UniqueId, void> {
  const waiting = new Map([...graph.parents].map(([id, parents]) => [id, parents.length]));
  const free = [...waiting].filter(([, count]) => count === 0).map(([id]) => id);
  for (let id = free.pop(); id !== undefined; id = free.pop()) {
    yield id;
    for (const child of graph.children.get(id) ?? []) {
      const left = (waiting.get(child) ?? 1) - 1;
      waiting.set(child, left);
      if (left === 0) free.push(child);
    }
  }
}

/** The graph of some ids alone, where paths through the others still order their ends. */
export function subgraph(graph: Graph, ids: ReadonlySet<UniqueId>): Graph {
  const parentsOf = (id: UniqueId): readonly UniqueId[] => graph.parents.get(id) ?? [];
  const nearest = new Map<UniqueId, readonly UniqueId[]>();
  for (const id of parentsFirst(graph)) {
    const found = parentsOf(id).flatMap((one) => (ids.has(one) ? [one] : (nearest.get(one) ?? [])));
    nearest.set(id, [...new Set(found)]);
  }
  return buildGraph(new Map([...ids].map((id) => [id, nearest.get(id) ?? parentsOf(id)])));
}

/** The ids along one cycle of the graph, in order; undefined when there is none. */
export function findCycle(graph: Graph): readonly UniqueId[] | undefined {
  const waiting = new Set(graph.parents.keys());
  for (const id of parentsFirst(graph)) waiting.delete(id);
  // What is left reads something that is left: walking along parents of what is left must come back.
  const [start] = [...waiting].filter((id) => (graph.parents.get(id) ?? []).some((p) => waiting.has(p)));
  if (start === undefined) return undefined;
  const trail: UniqueId[] = [];
  let at: UniqueId | undefined = start;
  while (at !== undefined && !trail.includes(at)) {
    trail.push(at);
    at = (graph.parents.get(at) ?? []).find((parent) => waiting.has(parent));
  }
  return at === undefined ? undefined : trail.slice(trail.indexOf(at)).reverse();
}

/** The longest distance of each id from a root, within the ids given. The graph must have no cycle. */
export function depths(graph: Graph, ids: ReadonlySet<UniqueId>): ReadonlyMap<UniqueId, number> {
  const result = new Map<UniqueId, number>();
  const waiting = new Map<UniqueId, number>();
  for (const id of ids) waiting.set(id, (graph.parents.get(id) ?? []).filter((p) => ids.has(p)).length);
  let layer = [...ids].filter((id) => waiting.get(id) === 0);
  for (let depth = 0; layer.length > 0; depth += 1) {
    const next: UniqueId[] = [];
    for (const id of layer) {
      result.set(id, depth);
      for (const child of graph.children.get(id) ?? []) {
        if (!ids.has(child)) continue;
        const left = (waiting.get(child) ?? 1) - 1;
        waiting.set(child, left);
        if (left === 0) next.push(child);
      }
    }
    layer = next;
  }
  return result;
}
