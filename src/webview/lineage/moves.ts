import type { GraphIndex } from './graphIndex.ts';
import type { Point } from './layout.ts';

/** Keys that move between nodes of the graph: across along edges, up and down within a column. */
export type Move = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown' | 'Home' | 'End';

export const isMove = (key: string): key is Move =>
  ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'].includes(key);

/** The node a key leads to; the same node where there is none. */
export function moveFrom(id: string, move: Move, index: GraphIndex, positions: ReadonlyMap<string, Point>): string {
  const here = positions.get(id);
  if (here === undefined) return id;
  switch (move) {
    case 'ArrowLeft':
      return nearest(index.parents.get(id), here, positions) ?? id;
    case 'ArrowRight':
      return nearest(index.children.get(id), here, positions) ?? id;
    case 'ArrowUp':
      return inColumn(here, positions, -1) ?? id;
    case 'ArrowDown':
      return inColumn(here, positions, 1) ?? id;
    case 'Home':
      return index.nodes[0]?.id ?? id;
    case 'End':
      return index.nodes.at(-1)?.id ?? id;
  }
}

/** Of several neighbours, the one whose row is closest. */
function nearest(
  ids: readonly string[] | undefined,
  here: Point,
  positions: ReadonlyMap<string, Point>,
): string | undefined {
  return closest(
    (ids ?? []).flatMap((id) => {
      const point = positions.get(id);
      return point === undefined ? [] : [{ id, distance: Math.abs(point.y - here.y) }];
    }),
  );
}

function inColumn(here: Point, positions: ReadonlyMap<string, Point>, direction: 1 | -1): string | undefined {
  return closest(
    [...positions]
      .filter(([, point]) => point.x === here.x && (point.y - here.y) * direction > 0)
      .map(([id, point]) => ({ id, distance: Math.abs(point.y - here.y) })),
  );
}

function closest(candidates: readonly { readonly id: string; readonly distance: number }[]): string | undefined {
  return candidates.reduce<(typeof candidates)[number] | undefined>(
    (best, one) => (best === undefined || one.distance < best.distance ? one : best),
    undefined,
  )?.id;
}
