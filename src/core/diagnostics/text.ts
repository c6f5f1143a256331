/** A place in a text: zero-based line and zero-based UTF-16 column, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** From `start` up to, not including, `end`. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The range of nothing at the start of a file: for faults of the file as a whole. */
export const fileStart: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** An empty range at one position. */
export function rangeAt(line: number, character: number, length = 0): Range {
  return { start: { line, character }, end: { line, character: character + length } };
}

/** The position of a UTF-16 offset in a text; an offset past the end gives the end. */
export function positionAt(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const line = countNewlines(before);
  return { line, character: before.length - (before.lastIndexOf('\n') + 1) };
}

function countNewlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
