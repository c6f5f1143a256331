import type { ColumnMaker } from './columnMaker.ts';
import { WordBlocks, type RandomStream } from './randomStream.ts';
import type { Sampler } from './sampler.ts';

/** A column of which each value is drawn on its own. */
export function sampledColumn({ wordsPerValue, fill }: Sampler, stream: RandomStream): ColumnMaker {
  const blocks = new WordBlocks(stream);
  return ({ out }) => fill(blocks.next(wordsPerValue * out.length), out);
}
