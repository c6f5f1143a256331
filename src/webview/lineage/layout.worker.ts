import { Graph, layout } from '@dagrejs/dagre';
import type { LayoutReply, LayoutRequest, Point } from './layout.ts';

/** The worker's own scope; the page's types are those of a window. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<LayoutRequest>) => void) | null;
  postMessage(reply: LayoutReply): void;
}

const scope = self as unknown as WorkerScope;

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage({ id: data.id, positions: place(data) });
  } catch (error) {
    scope.postMessage({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
  }
};

/**
 * Left to right. `longest-path` takes a second at a thousand nodes, the default ranker twenty. It lines up the nodes
 * that nothing leaves and pulls the others towards them; with every edge turned round and the drawing mirrored, that
 * puts all sources into the first column and every model right after what it reads.
 */
function place({ nodeCount, edges, width, height }: LayoutRequest): readonly Point[] {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'RL', ranker: 'longest-path', nodesep: 12, ranksep: 40 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (let number = 0; number < nodeCount; number++) graph.setNode(String(number), { width, height });
  for (const [from, to] of edges) graph.setEdge(String(to), String(from));
  layout(graph);
  return Array.from({ length: nodeCount }, (_, number) => {
    const { x, y } = graph.node(String(number)) as Point;
    return { x: Math.round(x - width / 2), y: Math.round(y - height / 2) };
  });
}
