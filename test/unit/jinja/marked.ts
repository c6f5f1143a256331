import type { Range } from '../../../src/core/diagnostics/text.ts';
import { positionAt } from '../../../src/core/diagnostics/text.ts';

/** A text whose interesting part stands between « and », taken apart. */
export interface Marked {
  readonly text: string;
  readonly range: Range;
}

export function marked(source: string): Marked {
  const start = source.indexOf('«');
  const end = source.indexOf('»') - 1;
  if (start === -1 || end < start) throw new Error(`no «range» in ${source}`);
  const text = source.replace('«', '').replace('»', '');
  return { text, range: { start: positionAt(text, start), end: positionAt(text, end) } };
}
