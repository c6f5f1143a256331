import type { Position, Range } from '../../diagnostics/text.ts';

/** The file that dbt's own macros are said to stand in. Nobody can open it: no diagnostic points into it. */
export const builtinFile = 'macros/builtin.sql';

/** A template's text with its line starts, so that offsets become positions quickly. */
export class SourceText {
  /** Project-relative path, for diagnostics. */
  readonly file: string;
  /** Line ends are `\n`: offsets count in this text, positions are those of the file. */
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(file: string, source: string) {
    this.file = file;
    this.text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  }

  position(offset: number): Position {
    this.#lineStarts ??= lineStarts(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: Math.min(offset, this.text.length) - (starts[low] ?? 0) };
  }

  range(start: number, end: number): Range {
    return { start: this.position(start), end: this.position(end) };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
