import { quantileTable } from './distribution.ts';
import type { ChoiceCount, ColumnAddress, ColumnPlan, ValueSource } from './generationPlan.ts';
import { permutation } from './permutation.ts';
import { drawBelow, drawUnit, randomStream, type RandomStream } from './randomStream.ts';
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
  const isNull = stream('null');
  return (block) => {
    make(block);
    const { out } = block;
    for (let i = 0; i < out.length; i++) if (drawUnit(isNull) < plan.nullRate) out[i] = NaN;
  };
}

type StreamOf = (purpose: string) => RandomStream;

function sourceMaker(source: ValueSource, rows: number, made: MadeColumns, stream: StreamOf): ColumnMaker {
  switch (source.kind) {
    case 'sequence':
      return ({ first, out }) => {
        for (let i = 0; i < out.length; i++) out[i] = source.first + first + i;
      };
    case 'choice':
      return makeChoice(source.weights, stream('value'));
    case 'uniform':
      return makeUniform(source.min, source.max, stream('value'));
    case 'distinct':
      return makeDistinct(source.min, source.max, stream('value'));
    case 'distributed':
      return makeDistributed(source, stream('value'));
    case 'after':
      return makeAfter(source, stream('value'));
    case 'copy':
      return ({ out, inputs: [base] }) => {
        if (base !== undefined) out.set(base);
      };
    case 'link':
      return makeLink(source, rows, made, stream);
    case 'lookup':
      return makeLookup(made.read(source.column));
    case 'linkedRow': {
      const values = linkedValues(made.read(source.link), made.read(source.column), rows);
      return ({ first, out }) => out.set(values.subarray(first, first + out.length));
    }
  }
}

function makeChoice(weights: readonly number[], stream: RandomStream): ColumnMaker {
  const choose = weightedChoice(weights);
  return ({ out }) => {
    for (let i = 0; i < out.length; i++) out[i] = choose(drawUnit(stream));
  };
}

function makeUniform(min: number, max: number, stream: RandomStream): ColumnMaker {
  const size = max - min + 1;
  return ({ out }) => {
    for (let i = 0; i < out.length; i++) out[i] = min + drawBelow(stream, size);
  };
}

function makeDistinct(min: number, max: number, stream: RandomStream): ColumnMaker {
  const permute = permutation(max - min + 1, stream);
  return ({ first, out }) => {
    for (let i = 0; i < out.length; i++) out[i] = min + permute(first + i);
  };
}

function makeDistributed(source: Extract<ValueSource, { kind: 'distributed' }>, stream: RandomStream): ColumnMaker {
  const { distribution, min, max } = source;
  const unit = 10 ** source.scale;
  const quantile = quantileTable(distribution, min / unit, max / unit);
  return ({ out }) => {
    for (let i = 0; i < out.length; i++) {
      const value = Math.round(quantile(drawUnit(stream)) * unit);
      out[i] = value < min ? min : value > max ? max : value;
    }
  };
}

function makeAfter(source: Extract<ValueSource, { kind: 'after' }>, stream: RandomStream): ColumnMaker {
  const { min, max, within = Infinity } = source;
  return ({ out, inputs }) => {
    for (let i = 0; i < out.length; i++) {
      let from = min;
      let to = max;
      for (const input of inputs) {
        const base = input[i] ?? NaN;
        if (base >= from) from = base;
        // An empty base bounds nothing.
        if (base + within < to) to = base + within;
      }
      out[i] = from + drawBelow(stream, Math.max(to, from) - from + 1);
    }
  };
}

function makeLink(
  source: Extract<ValueSource, { kind: 'link' }>,
  rows: number,
  made: MadeColumns,
  stream: StreamOf,
): ColumnMaker {
  const { where, use, parent } = source;
  const eligible =
    where === undefined ? undefined : rowsOf(made.read({ table: parent, column: where.column }), where.choice);
  const parents = eligible?.length ?? made.rows(parent);
  const rowOf = (index: number): number => (eligible === undefined ? index : (eligible[index] ?? NaN));
  if (parents === 0) return ({ out }) => out.fill(NaN);
  if (use.kind === 'many') {
    const value = stream('value');
    return ({ out }) => {
      for (let i = 0; i < out.length; i++) out[i] = rowOf(drawBelow(value, parents));
    };
  }
  const linked = Math.min(use.rows, parents);
  const rank = permutation(rows, stream('child'));
  const partner = permutation(parents, stream('parent'));
  return ({ first, out }) => {
    for (let i = 0; i < out.length; i++) {
      const place = rank(first + i);
      out[i] = place < linked ? rowOf(partner(place)) : NaN;
    }
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

function rowsOf(choices: Float64Array | number, choice: number): Int32Array {
  if (typeof choices === 'number') return new Int32Array(0);
  let count = 0;
  for (const one of choices) if (one === choice) count += 1;
  const rows = new Int32Array(count);
  let at = 0;
  for (let row = 0; row < choices.length; row++) if (choices[row] === choice) rows[at++] = row;
  return rows;
}

/**
 * Changes as few rows of a whole column as it takes for each choice to occur as often as other tables need.
 * Where one row is enough, chance has given it to all but the smallest tables.
 */
export function meetCounts(plan: ColumnPlan, seed: string, values: Float64Array): void {
  if (plan.source.kind !== 'choice' || plan.source.atLeast.length === 0) return;
  const shuffled = permutation(values.length, randomStream(seed, plan.table, plan.column, 'counts'));
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const spare = (value: number, needs: readonly ChoiceCount[]): boolean =>
    (counts.get(value) ?? 0) > (needs.find((need) => need.choice === value)?.rows ?? 0);
  for (const { choice, rows } of plan.source.atLeast) {
    for (let i = 0; i < values.length && (counts.get(choice) ?? 0) < rows; i++) {
      const at = shuffled(i);
      const old = values[at] ?? NaN;
      if (old === choice || !spare(old, plan.source.atLeast)) continue;
      counts.set(old, (counts.get(old) ?? 0) - 1);
      counts.set(choice, (counts.get(choice) ?? 0) + 1);
      values[at] = choice;
    }
  }
}
