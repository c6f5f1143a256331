import type { GraphIndex } from './graphIndex.ts';

/** Pixels of a card; lineage.css draws it in this size. */
export const cardSize = { width: 280, height: 52 } as const;

/** What is laid out: nodes by number, edges as pairs of numbers. */
export interface LayoutRequest {
  readonly id: number;
  readonly nodeCount: number;
  readonly edges: readonly (readonly [from: number, to: number])[];
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Top left corners by number, or why there are none. */
export type LayoutReply =
  { readonly id: number; readonly positions: readonly Point[] } | { readonly id: number; readonly failure: string };

/** The request of a graph; node numbers are positions in `index.nodes`. */
export function layoutRequest(id: number, index: GraphIndex): LayoutRequest {
  const numbers = new Map(index.nodes.map((node, number) => [node.id, number]));
  return {
    id,
    nodeCount: index.nodes.length,
    edges: index.edges.map(({ from, to }) => [numbers.get(from) ?? 0, numbers.get(to) ?? 0]),
    ...cardSize,
  };
}

/** Equal for graphs that are laid out alike: a change of status moves nothing. */
export function layoutKey(index: GraphIndex): string {
  return JSON.stringify([index.nodes.map((node) => node.id), index.edges.map(({ from, to }) => [from, to])]);
}
