import type { LineageEdge, LineageNode } from '../../protocol/lineageProtocol.ts';

/** A snapshot's graph, ready to be walked. Ids are dbt unique ids. */
export interface GraphIndex {
  /** Nodes in topological order; within that, in the order of the snapshot. */
  readonly nodes: readonly LineageNode[];
  readonly byId: ReadonlyMap<string, LineageNode>;
  /** Edges whose ends are both there. */
  readonly edges: readonly LineageEdge[];
  readonly parents: ReadonlyMap<string, readonly string[]>;
  readonly children: ReadonlyMap<string, readonly string[]>;
}

/** Indexes a graph. Edges to unknown nodes are left out, and a cycle's nodes come last: a view shows what it can. */
export function indexGraph(nodes: readonly LineageNode[], edges: readonly LineageEdge[]): GraphIndex {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const known = edges.filter(({ from, to }) => from !== to && byId.has(from) && byId.has(to));
  const parents = groupBy(
    known,
    (edge) => edge.to,
    (edge) => edge.from,
  );
  const children = groupBy(
    known,
    (edge) => edge.from,
    (edge) => edge.to,
  );
  return { nodes: inOrder(nodes, byId, parents, children), byId, edges: known, parents, children };
}

function groupBy(
  edges: readonly LineageEdge[],
  key: (edge: LineageEdge) => string,
  value: (edge: LineageEdge) => string,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const edge of edges) {
    const group = groups.get(key(edge));
    if (group === undefined) groups.set(key(edge), [value(edge)]);
    else group.push(value(edge));
  }
  return groups;
}

type Neighbours = ReadonlyMap<string, readonly string[]>;

function inOrder(
  nodes: readonly LineageNode[],
  byId: ReadonlyMap<string, LineageNode>,
  parents: Neighbours,
  children: Neighbours,
): readonly LineageNode[] {
  const waitsFor = new Map(nodes.map((node) => [node.id, parents.get(node.id)?.length ?? 0]));
  const ordered = new Set(nodes.filter((node) => waitsFor.get(node.id) === 0));
  // A set is walked in the order of insertion, what is added on the way included.
  for (const node of ordered) {
    for (const child of children.get(node.id) ?? []) {
      const left = (waitsFor.get(child) ?? 0) - 1;
      waitsFor.set(child, left);
      const childNode = byId.get(child);
      if (left === 0 && childNode !== undefined) ordered.add(childNode);
    }
  }
  for (const node of nodes) ordered.add(node);
  return [...ordered];
}

/** A node, all that it reads from and all that reads from it, at most `hops` edges away. */
export function relatedTo(index: GraphIndex, id: string, hops = Infinity): ReadonlySet<string> {
  return new Set([...walk(id, index.parents, hops), ...walk(id, index.children, hops)]);
}

function walk(start: string, next: Neighbours, hops: number): ReadonlySet<string> {
  const distance = new Map([[start, 0]]);
  for (const [id, far] of distance) {
    if (far >= hops) continue;
    for (const other of next.get(id) ?? []) if (!distance.has(other)) distance.set(other, far + 1);
  }
  return new Set(distance.keys());
}

/** The part of a graph that consists of some of its nodes. */
export function subgraph(index: GraphIndex, ids: ReadonlySet<string>): GraphIndex {
  return indexGraph(
    index.nodes.filter((node) => ids.has(node.id)),
    index.edges,
  );
}

/** Nodes whose name, or the name of whose source, contains the text; without regard to case. */
export function findNodes(index: GraphIndex, text: string): readonly LineageNode[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  return index.nodes.filter((node) => fullName(node).toLowerCase().includes(wanted));
}

/** `raw.players` for a source table, otherwise the name. */
export function fullName(node: LineageNode): string {
  return node.sourceName === undefined ? node.name : `${node.sourceName}.${node.name}`;
}
