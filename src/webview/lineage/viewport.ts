import { cardSize, type Point } from './layout.ts';

/** What React Flow calls a viewport: where the graph's origin is on the page, and its scale. */
export interface Viewport extends Point {
  readonly zoom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Below this scale names cannot be read, so the first view does not go there by itself. */
export const readableZoom = 0.7;
/** Below this scale not even shapes of words remain: cards are drawn as plain blocks. */
export const blockZoom = 0.3;
/** How far the Fit button and the wheel may go. */
export const zoomRange = { min: 0.01, max: 1.5 } as const;
const margin = 16;

/** The extent of the cards at some points. */
function extent(points: readonly Point[]): Point & Size {
  const x = Math.min(...points.map((point) => point.x));
  const y = Math.min(...points.map((point) => point.y));
  return {
    x,
    y,
    width: Math.max(...points.map((point) => point.x)) + cardSize.width - x,
    height: Math.max(...points.map((point) => point.y)) + cardSize.height - y,
  };
}

/** Shows all cards in the middle of the page, never larger than life. */
export function fitAll(points: readonly Point[], page: Size): Viewport {
  const { x, y, width, height } = extent(points);
  const zoom = clamp(
    Math.min((page.width - 2 * margin) / width, (page.height - 2 * margin) / height),
    zoomRange.min,
    1,
  );
  return { x: (page.width - width * zoom) / 2 - x * zoom, y: (page.height - height * zoom) / 2 - y * zoom, zoom };
}

/**
 * The view to begin with: everything where that can be read; otherwise readable cards, with `focus` in the middle, or
 * from where the lineage begins.
 */
export function firstView(points: readonly Point[], page: Size, focus: Point | undefined): Viewport {
  const all = fitAll(points, page);
  if (all.zoom >= readableZoom) return all;
  const { x, y, width, height } = extent(points);
  const zoom = readableZoom;
  const along = (start: number, length: number, room: number, at: number | undefined, card: number): number => {
    if (length * zoom + 2 * margin <= room) return (room - length * zoom) / 2 - start * zoom;
    const wanted = at === undefined ? margin - start * zoom : room / 2 - (at + card / 2) * zoom;
    return clamp(wanted, room - margin - (start + length) * zoom, margin - start * zoom);
  };
  return {
    x: along(x, width, page.width, focus?.x, cardSize.width),
    y: along(y, height, page.height, focus?.y, cardSize.height),
    zoom,
  };
}

/** The smallest move of the view that shows a whole card; the same view when it is shown already. */
export function reveal(view: Viewport, card: Point, page: Size): Viewport {
  const along = (offset: number, at: number, length: number, room: number): number => {
    const start = at * view.zoom + offset;
    const end = start + length * view.zoom;
    if (start < margin) return offset + margin - start;
    return end > room - margin ? offset + Math.max(room - margin - end, margin - start) : offset;
  };
  return {
    ...view,
    x: along(view.x, card.x, cardSize.width, page.width),
    y: along(view.y, card.y, cardSize.height, page.height),
  };
}

/** Scales the view around the middle of the page, within the range. */
export function zoomAround(view: Viewport, factor: number, page: Size): Viewport {
  const zoom = clamp(view.zoom * factor, zoomRange.min, zoomRange.max);
  const by = zoom / view.zoom;
  const along = (offset: number, room: number) => room / 2 - (room / 2 - offset) * by;
  return { x: along(view.x, page.width), y: along(view.y, page.height), zoom };
}

const clamp = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);
