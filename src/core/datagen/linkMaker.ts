import type { ColumnMaker, MadeColumns, StreamOf } from './columnMaker.ts';
import type { Condition, ParentUse, ValueSource } from './generationPlan.ts';
import { permutation } from './permutation.ts';
import { popularityWeights, type Popularity } from './popularity.ts';
import { perWord, WordBlocks, type RandomStream } from './randomStream.ts';
import { sampledColumn } from './sampledColumn.ts';
import { uniformValues } from './sampler.ts';
import { weightedChoice } from './weightedChoice.ts';

/** Makes a link: for each of `rows` rows the row of its parent, NaN for none. */
export function linkMaker(
  { where, use, parent, ownGiven = 0, firstParent = 0 }: Extract<ValueSource, { kind: 'link' }>,
  rows: number,
  made: MadeColumns,
  stream: StreamOf,
): ColumnMaker {
  const eligible = eligibleRows(made, parent, where, firstParent);
  if (use.kind === 'earlier') return use.isChain ? rowBefore : anyRowBefore(eligible, stream('value'));
  const parents = eligible?.length ?? made.rows(parent);
  if (parents === 0) return ({ out }) => out.fill(NaN);
  const choose =
    use.kind === 'many'
      ? anyParent(use.popularity, parents, stream)
      : behindGiven(ownGiven, countedParent(use, rows - ownGiven, parents, stream));
  if (eligible === undefined) return choose;
  return (block) => {
    choose(block);
    toRows(block.out, eligible);
  };
}

/** The rows of a parent that may be referred to; undefined when all may. */
function eligibleRows(
  made: MadeColumns,
  parent: string,
  where: Condition | undefined,
  firstParent: number,
): Int32Array | undefined {
  if (where === undefined)
    return firstParent === 0
      ? undefined
      : Int32Array.from({ length: Math.max(made.rows(parent) - firstParent, 0) }, (_, i) => firstParent + i);
  const rows = rowsOf(made.read({ table: parent, column: where.column }), where.choice);
  return firstParent === 0 ? rows : rows.filter((row) => row >= firstParent);
}

/** A maker that counts its rows from behind the given ones. */
function behindGiven(given: number, make: ColumnMaker): ColumnMaker {
  return given === 0 ? make : (block) => make({ ...block, first: block.first - given });
}

function anyParent(popularity: Popularity | undefined, parents: number, stream: StreamOf): ColumnMaker {
  if (popularity === undefined) return sampledColumn(uniformValues(0, parents - 1), stream('value'));
  const weights = new Float64Array(parents);
  const order = new Float64Array(parents);
  permutation(parents, stream('popularity')).fill(0, order);
  popularityWeights(popularity, parents).forEach((weight, rank) => (weights[order[rank] ?? 0] = weight));
  return sampledColumn(weightedChoice(weights), stream('value'));
}

/**
 * Each parent has `max` places for rows. The rows come in a scrambled order: first they fill `min` places of each
 * parent, then any of those that are left, again in a scrambled order; so nothing is counted and nothing is held.
 */
function countedParent(
  use: Extract<ParentUse, { kind: 'counted' }>,
  rows: number,
  parents: number,
  stream: StreamOf,
): ColumnMaker {
  const linked = Math.min(use.rows, parents * use.max);
  const sure = parents * use.min;
  const ranks = permutation(rows, stream('child'));
  const places = permutation(parents * (use.max - use.min), stream('parent'));
  const place = new Float64Array(1);
  return ({ first, out }) => {
    ranks.fill(first, out);
    for (let i = 0; i < out.length; i++) {
      const rank = out[i] ?? 0;
      if (rank >= sure && rank < linked) places.fill(rank - sure, place);
      const at = rank < sure ? rank : (place[0] ?? NaN);
      // The remainder of doubles is slow, and not needed where each parent has one place.
      out[i] = rank >= linked ? NaN : at < parents ? at : at % parents;
    }
  };
}

const rowBefore: ColumnMaker = ({ first, out }) => {
  for (let i = 0; i < out.length; i++) out[i] = first + i === 0 ? NaN : first + i - 1;
};

/** Any row before, of those that may be referred to; the first has none. */
function anyRowBefore(eligible: Int32Array | undefined, stream: RandomStream): ColumnMaker {
  const blocks = new WordBlocks(stream);
  let before = 0;
  return ({ first, out }) => {
    const words = blocks.next(out.length);
    for (let i = 0; i < out.length; i++) {
      const row = first + i;
      if (eligible === undefined) before = row;
      else while ((eligible[before] ?? row) < row) before += 1;
      out[i] = before === 0 ? NaN : Math.floor((words[i] ?? 0) * perWord * before);
    }
    if (eligible !== undefined) toRows(out, eligible);
  };
}

/** Turns places in a list of rows into the rows. */
function toRows(places: Float64Array, rows: Int32Array): void {
  for (let i = 0; i < places.length; i++) {
    const place = places[i] ?? NaN;
    if (place >= 0) places[i] = rows[place] ?? NaN;
  }
}

function rowsOf(choices: Float64Array | number, choice: number): Int32Array {
  if (typeof choices === 'number') return new Int32Array(0);
  let count = 0;
  for (const one of choices) if (one === choice) count += 1;
  const rows = new Int32Array(count);
  let at = 0;
  for (let row = 0; row < choices.length; row++) if (choices[row] === choice) rows[at++] = row;
  return rows;
}
