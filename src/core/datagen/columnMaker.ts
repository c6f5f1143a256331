import { afterMaker } from './afterMaker.ts';
import { distributedValues } from './distribution.ts';
import type { ColumnAddress, ColumnPlan, ValueSource } from './generationPlan.ts';
import { linkMaker } from './linkMaker.ts';
import { ordinalMaker } from './ordinalMaker.ts';
import { permutation, type Permutation } from './permutation.ts';
import { randomStream, WordBlocks, type RandomStream } from './randomStream.ts';
import { sampledColumn } from './sampledColumn.ts';
import { uniformValues } from './sampler.ts';
import { seasonalValues } from './season.ts';
import { takenTest } from './takenValues.ts';
import { totalParts } from './totalParts.ts';
import { weightedChoice } from './weightedChoice.ts';

/** A part of a column: `out` holds the rows from `first` on, and each input the same rows of another column. */
export interface ColumnBlock {
  readonly first: number;
  readonly out: Float64Array;
  /** In the order of `sameRowInputs`. */
  readonly inputs: readonly Float64Array[];
}

/** Makes a column block by block, in order, each block once. */
export type ColumnMaker = (block: ColumnBlock) => void;

/** What a maker asks of other tables: columns that are held whole. */
export interface MadeColumns {
  /** The numbers of a column's rows; for a sequence, its first number. */
  read(address: ColumnAddress): Float64Array | number;
  rows(table: string): number;
}

/** The maker of a column. Its streams of randomness are named by the seed, the table and the column alone. */
export function columnMaker(plan: ColumnPlan, seed: string, rows: number, made: MadeColumns): ColumnMaker {
  const stream = (purpose: string): RandomStream => randomStream(seed, plan.table, plan.column, purpose);
  const make = sourceMaker(plan.source, rows, made, stream);
  if (plan.nullRate === 0) return make;
  const blocks = new WordBlocks(stream('null'));
  const threshold = plan.nullRate * 2 ** 32;
  return (block) => {
    make(block);
    const { out } = block;
    const words = blocks.next(out.length);
    for (let i = 0; i < out.length; i++) if ((words[i] ?? 0) < threshold) out[i] = NaN;
  };
}

/** The stream of one purpose of a column. */
export type StreamOf = (purpose: string) => RandomStream;

function sourceMaker(source: ValueSource, rows: number, made: MadeColumns, stream: StreamOf): ColumnMaker {
  switch (source.kind) {
    case 'sequence':
      return ({ first, out }) => {
        for (let i = 0; i < out.length; i++) out[i] = source.first + first + i;
      };
    case 'choice':
      return sampledColumn(weightedChoice(source.weights), stream('value'));
    case 'uniform':
      return sampledColumn(uniformValues(source.min, source.max), stream('value'));
    case 'distinct':
      return makeDistinct(source, stream('value'));
    case 'seasonal':
      return sampledColumn(seasonalValues(source.season, source.min, source.max), stream('value'));
    case 'distributed':
      return makeDistributed(source, stream('value'));
    case 'after':
      return afterMaker(source, stream('value'));
    case 'copy':
      return ({ out, inputs: [base] }) => {
        if (base !== undefined) out.set(base);
      };
    case 'part': {
      const { first, size, step } = source;
      return ({ out, inputs: [base] }) => {
        for (let i = 0; i < out.length; i++) out[i] = first + (Math.floor((base?.[i] ?? NaN) / step) % size);
      };
    }
    case 'ordinal':
      return ordinalMaker(source, stream);
    case 'link':
      return linkMaker(source, rows, made, stream);
    case 'lookup':
      return makeLookup(made.read(source.column));
    case 'partOfTotal':
      return wholeColumn(makeParts(source, made, stream('value')));
    case 'linkedRow':
      return wholeColumn(linkedValues(made.read(source.link), made.read(source.column), rows));
  }
}

function makeDistinct(
  { min, max, taken }: Extract<ValueSource, { kind: 'distinct' }>,
  stream: RandomStream,
): ColumnMaker {
  const order = permutation(max - min + 1, stream);
  if (taken !== undefined) return makeUntaken(min, order, takenTest(taken));
  return ({ first, out }) => {
    order.fill(first, out);
    for (let i = 0; i < out.length; i++) out[i] = min + (out[i] ?? 0);
  };
}

/** Goes through the values in the same order and leaves out the taken ones. */
function makeUntaken(min: number, order: Permutation, isTaken: (value: number) => boolean): ColumnMaker {
  const next = new Float64Array(1);
  let at = 0;
  return ({ out }) => {
    for (let i = 0; i < out.length; i++) {
      do order.fill(at++, next);
      while (isTaken(min + (next[0] ?? 0)));
      out[i] = min + (next[0] ?? 0);
    }
  };
}

function makeDistributed(source: Extract<ValueSource, { kind: 'distributed' }>, stream: RandomStream): ColumnMaker {
  const { distribution, min, max } = source;
  const unit = 10 ** source.scale;
  const make = sampledColumn(distributedValues(distribution, min / unit, max / unit), stream);
  return (block) => {
    make(block);
    const { out } = block;
    for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(Math.round((out[i] ?? 0) * unit), min), max);
  };
}

function makeLookup(values: Float64Array | number): ColumnMaker {
  if (typeof values === 'number') {
    return ({ out, inputs: [links] }) => {
      for (let i = 0; i < out.length; i++) out[i] = values + (links?.[i] ?? NaN);
    };
  }
  return ({ out, inputs: [links] }) => {
    for (let i = 0; i < out.length; i++) {
      const row = links?.[i] ?? NaN;
      out[i] = row >= 0 ? (values[row] ?? NaN) : NaN;
    }
  };
}

/** A column of which all rows are made at once. */
function wholeColumn(values: Float64Array): ColumnMaker {
  return ({ first, out }) => out.set(values.subarray(first, first + out.length));
}

function makeParts(
  { link, total }: Extract<ValueSource, { kind: 'partOfTotal' }>,
  made: MadeColumns,
  stream: RandomStream,
): Float64Array {
  const [links, totals] = [made.read(link), made.read(total)];
  if (typeof links === 'number') throw new Error(`${link.column} is no link`);
  const totalOf = (row: number): number => (typeof totals === 'number' ? totals + row : (totals[row] ?? NaN));
  return totalParts(links, totalOf, made.rows(total.table), stream);
}

/** For each parent row the value of the row that links to it; empty where none does. */
function linkedValues(links: Float64Array | number, values: Float64Array | number, rows: number): Float64Array {
  const found = new Float64Array(rows).fill(NaN);
  if (typeof links === 'number') return found;
  for (let child = 0; child < links.length; child++) {
    const parent = links[child] ?? NaN;
    if (parent >= 0) found[parent] = typeof values === 'number' ? values + child : (values[child] ?? NaN);
  }
  return found;
}

/**
 * Changes as few rows of a whole column as it takes for each choice to occur as often as other tables need among the
 * rows that are not given.
 * Where one row is enough, chance has given it to all but the smallest tables.
 */
export function meetCounts(plan: ColumnPlan, seed: string, values: Float64Array): void {
  if (plan.source.kind !== 'choice' || plan.source.atLeast.length === 0) return;
  const given = plan.given?.length ?? 0;
  const counts = new Int32Array(plan.source.weights.length);
  for (const value of values.subarray(given)) if (value >= 0) counts[value] = (counts[value] ?? 0) + 1;
  const needed = new Map(plan.source.atLeast.map((need) => [need.choice, need.rows]));
  if ([...needed].every(([choice, rows]) => (counts[choice] ?? 0) >= rows)) return;
  const order = new Float64Array(values.length);
  permutation(values.length, randomStream(seed, plan.table, plan.column, 'counts')).fill(0, order);
  for (const [choice, rows] of needed) {
    for (const at of order) {
      if ((counts[choice] ?? 0) >= rows) break;
      if (at < given) continue;
      const old = values[at] ?? NaN;
      if (old === choice || (counts[old] ?? 1) <= (needed.get(old) ?? 0)) continue;
      if (old >= 0) counts[old] = (counts[old] ?? 0) - 1;
      counts[choice] = (counts[choice] ?? 0) + 1;
      values[at] = choice;
    }
  }
}
