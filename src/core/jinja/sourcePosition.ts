import type { Position } from '../diagnostics/text.ts';
import type { Rendered } from './render.ts';

/**
 * The place in the template that a character of the output comes from: its own place for text that stands there as it
 * is, the start of the tag for what an expression gave. An offset past the end gives the end of the last part.
 */
export function sourcePosition(rendered: Rendered, outputOffset: number): Position {
  const { segments, template } = rendered;
  let low = 0;
  let high = segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((segments[middle]?.outputStart ?? 0) <= outputOffset) low = middle;
    else high = middle - 1;
  }
  const segment = segments[low];
  if (segment === undefined) return { line: 0, character: 0 };
  if (!segment.literal) {
    return template.source.position(outputOffset >= segment.outputEnd ? segment.sourceEnd : segment.sourceStart);
  }
  const offset = segment.sourceStart + Math.max(0, outputOffset - segment.outputStart);
  return template.source.position(Math.min(offset, segment.sourceEnd));
}
