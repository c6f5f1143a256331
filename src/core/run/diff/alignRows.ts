import { cellText, type DiffCell, type DiffRow, type DiffTables, type RowPair } from './diffTable.ts';

/** Rows that belong together, in the order in which they are shown, and the columns by which they were found. */
export interface Alignment {
  readonly pairs: readonly RowPair[];
  readonly keyColumns: ReadonlySet<number>;
}

/** Keys are made of no more columns than these. */
const mostKeyColumns = 5;

/**
 * Finds the rows of two tables that belong together, as daff does, which dbt draws with: by every combination of
 * columns in turn, rows whose values in them occur once on either side; then the neighbours of such rows that are
 * equal in all columns (daff: CompareTable).
 */
export function alignRows({ columns, before, after }: DiffTables): Alignment {
  const header: DiffRow = columns.map((name): DiffCell => ({ text: name, alone: name, order: name }));
  const aligner = new Aligner([header, ...before], [header, ...after]);
  return aligner.align(columns.length);
}

class Aligner {
  readonly #a: readonly DiffRow[];
  readonly #b: readonly DiffRow[];
  readonly #aToB = new Map<number, number>();
  readonly #bToA = new Map<number, number>();

  constructor(a: readonly DiffRow[], b: readonly DiffRow[]) {
    this.#a = a;
    this.#b = b;
  }

  align(width: number): Alignment {
    const candidates = this.#candidates(width);
    const keyColumns = new Set<number>();
    const combinations = 2 ** candidates.length;
    let whole: Keys | undefined;
    let used = 0;
    for (let mask = 1; mask < combinations && this.#aToB.size < this.#a.length; mask += 1) {
      const active = candidates.filter((_, bit) => (mask >> bit) % 2 === 1);
      for (const column of active) keyColumns.add(column);
      const keys = keysOf(this.#a, this.#b, active);
      const isLast = mask === combinations - 1;
      if (isLast) whole = keys;
      const height = Math.max(this.#a.length, this.#b.length, 1);
      if (keys.mostEqual / (height + 20) >= 0.1 && (used > 0 || !isLast)) continue;
      used += 1;
      this.#linkUnique(keys);
    }
    if (whole !== undefined) this.#linkNeighbours(whole);
    this.#link(0, 0);
    return { pairs: this.#ordered(), keyColumns };
  }

  /** All columns, or of many those with the most different values. */
  #candidates(width: number): readonly number[] {
    const all = Array.from({ length: width }, (_, column) => column);
    if (width <= mostKeyColumns) return all;
    const distinct = (rows: readonly DiffRow[], column: number): number =>
      new Set(rows.map((row) => cellText(row[column]))).size;
    const counts = all.map((column) => distinct(this.#a, column) + distinct(this.#b, column));
    return [...all].sort((x, y) => (counts[y] ?? 0) - (counts[x] ?? 0) || x - y).slice(0, mostKeyColumns);
  }

  #link(a: number, b: number): void {
    this.#aToB.set(a, b);
    this.#bToA.set(b, a);
  }

  #linkUnique({ a, b, rowsOfA, rowsOfB }: Keys): void {
    for (const [row, key] of a.entries()) {
      if (this.#aToB.has(row) || key === '' || rowsOfA.get(key)?.length !== 1) continue;
      const [other, ...more] = rowsOfB.get(key) ?? [];
      if (other !== undefined && more.length === 0 && !this.#bToA.has(other)) this.#link(row, other);
      else if (b.length === 0) return;
    }
  }

  /** From rows that are linked on to the rows beside them: downwards, then upwards, from either side. */
  #linkNeighbours({ a, b }: Keys): void {
    const link = (x: number, y: number): void => this.#link(x, y);
    const linkBack = (x: number, y: number): void => this.#link(y, x);
    for (const step of [1, -1]) walk(a, b, this.#aToB, this.#bToA, step, link);
    for (const step of [1, -1]) walk(b, a, this.#bToA, this.#aToB, step, linkBack);
  }

  /** Rows of the second table in their order; what is gone stands before the row that follows it in the first. */
  #ordered(): readonly RowPair[] {
    const here = this.#b.map((_, after): RowPair => ({ before: this.#bToA.get(after), after }));
    const gone = this.#a.map((_, before): RowPair => ({ before, after: undefined }));
    const left = gone.filter(({ before }) => before !== undefined && !this.#aToB.has(before));
    const pairs: RowPair[] = [];
    for (const pair of here) {
      while (left[0]?.before !== undefined && (pair.before ?? -1) > left[0].before) pairs.push(...left.splice(0, 1));
      pairs.push(pair);
    }
    return [...pairs, ...left];
  }
}

/** The texts that rows are found by. */
interface Keys {
  readonly a: readonly string[];
  readonly b: readonly string[];
  readonly rowsOfA: ReadonlyMap<string, readonly number[]>;
  readonly rowsOfB: ReadonlyMap<string, readonly number[]>;
  /** How many rows of one table have the same key at most. */
  readonly mostEqual: number;
}

function keysOf(tableA: readonly DiffRow[], tableB: readonly DiffRow[], columns: readonly number[]): Keys {
  const key = (row: DiffRow, at: number): string => {
    const texts = columns.map((column) => cellText(row[column])).map((text) => (isEmpty(text) ? '' : text));
    return (at === 0 ? '_' : '') + texts.join(' // ');
  };
  const [a, b] = [tableA.map(key), tableB.map(key)];
  const [rowsOfA, rowsOfB] = [rowsByKey(a), rowsByKey(b)];
  const counts = [...rowsOfA.values(), ...rowsOfB.values()].map((rows) => rows.length);
  return { a, b, rowsOfA, rowsOfB, mostEqual: Math.max(0, ...counts) };
}

function isEmpty(text: string): boolean {
  return text === 'null' || text === 'undefined';
}

function rowsByKey(keys: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, key] of keys.entries()) {
    const known = rows.get(key);
    if (known === undefined) rows.set(key, [row]);
    else known.push(row);
  }
  return rows;
}

function walk(
  from: readonly string[],
  to: readonly string[],
  links: ReadonlyMap<number, number>,
  back: ReadonlyMap<number, number>,
  step: number,
  link: (from: number, to: number) => void,
): void {
  let beside = step === -1 && to.length > 0 ? to.length - 1 : undefined;
  for (let i = 0; i < from.length; i += 1) {
    const row = step === 1 ? i : from.length - 1 - i;
    const linked = links.get(row);
    if (linked !== undefined) beside = linked + step;
    else if (beside === undefined || from[row] !== to[beside] || back.has(beside)) continue;
    else {
      link(row, beside);
      beside += step;
    }
    if (beside >= to.length || beside < 0) return;
  }
}
