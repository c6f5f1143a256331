import { positionAt, type Range } from '../diagnostics/text.ts';

/** From `start` up to, not including, `end`: UTF-16 offsets in the SQL that was given. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span as lines and columns of the text it is in. */
export function rangeOf(text: string, span: Span): Range {
  return { start: positionAt(text, span.start), end: positionAt(text, span.end) };
}

/** From the first span's start to the last one's end. */
export function between(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}
