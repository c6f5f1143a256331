import type { ColumnMaker } from './columnMaker.ts';
import type { ValueSource } from './generationPlan.ts';
import { perWord, WordBlocks, type RandomStream } from './randomStream.ts';
import { shareOfWords } from './sampler.ts';
import { seasonTable, type SeasonTable } from './season.ts';

/** Makes a column that is not before others: in each row from the latest of its inputs on. */
export function afterMaker(source: Extract<ValueSource, { kind: 'after' }>, stream: RandomStream): ColumnMaker {
  const { min, max, within = Infinity, gap = 0, season } = source;
  const table = season === undefined ? undefined : seasonTable(season, min, max);
  const blocks = new WordBlocks(stream);
  return ({ out, inputs }) => {
    const words = blocks.next(table === undefined ? out.length : 2 * out.length);
    const bases = latest(inputs);
    for (let i = 0; i < out.length; i++) {
      // Of an empty base, NaN, every comparison is false: it bounds nothing.
      const base = bases[i] ?? NaN;
      const from = base + gap > min ? base + gap : min;
      const to = base + within < max ? base + within : max;
      out[i] = table === undefined ? evenly(from, to, words[i] ?? 0) : inSeason(table, from, to, words, i);
    }
  };
}

function evenly(from: number, to: number, word: number): number {
  const size = to > from ? to - from + 1 : 1;
  return from + Math.floor(word * perWord * size);
}

function inSeason(table: SeasonTable, from: number, to: number, words: Uint32Array, i: number): number {
  return to > from ? table.at(from, to, shareOfWords(words, i, 2)) : from;
}

/** The largest of the inputs in each row. */
function latest([first = new Float64Array(0), ...others]: readonly Float64Array[]): Float64Array {
  if (others.length === 0) return first;
  const result = first.slice();
  for (const other of others) {
    for (let i = 0; i < result.length; i++) {
      const [value, known] = [other[i] ?? NaN, result[i] ?? NaN];
      if (value > known || Number.isNaN(known)) result[i] = value;
    }
  }
  return result;
}
