import type { NumberedColumn } from './numberedColumn.ts';
import type { Pieces } from './pieces.ts';

/** A number for each row of both sides: rows with the same values have the same. */
export interface NumberedRows {
  /** Of the left rows, then of the right ones. */
  readonly numbers: Int32Array;
  /** Numbers begin at 0, in the order in which rows are first there. */
  readonly count: number;
}

/** What a row costs whatever its width. */
const workOfRow = 16;

/** Numbers rows by their values in some columns. */
export async function numberedRows(
  columns: readonly NumberedColumn[],
  rowCount: number,
  pieces: Pieces,
): Promise<NumberedRows> {
  const known = new RowNumbers(
    columns.map((column) => column.numbers),
    rowCount,
  );
  const numbers = new Int32Array(rowCount);
  for (let row = 0; row < rowCount; row += 1) {
    numbers[row] = known.of(row);
    if (pieces.isFull(workOfRow + columns.length)) await pieces.pause();
  }
  return { numbers, count: known.count };
}

/** The numbers that rows were given so far, in a hash table of their values. */
class RowNumbers {
  count = 0;
  readonly #columns: readonly Int32Array[];
  /** The first row of each number. */
  readonly #first: Int32Array;
  /** Numbers and 1 more, each where its row's hash says or behind that; 0 is a free slot. */
  readonly #slots: Int32Array;

  constructor(columns: readonly Int32Array[], mostRows: number) {
    this.#columns = columns;
    this.#first = new Int32Array(mostRows);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * mostRows + 1)));
  }

  of(row: number): number {
    const last = this.#slots.length - 1;
    let slot = this.#hashOf(row) & last;
    for (;;) {
      const number = (this.#slots[slot] ?? 0) - 1;
      if (number === -1) return this.#added(row, slot);
      if (this.#areEqual(this.#first[number] ?? 0, row)) return number;
      slot = (slot + 1) & last;
    }
  }

  #added(row: number, slot: number): number {
    this.#first[this.count] = row;
    this.count += 1;
    this.#slots[slot] = this.count;
    return this.count - 1;
  }

  #areEqual(one: number, other: number): boolean {
    for (const column of this.#columns) if (column[one] !== column[other]) return false;
    return true;
  }

  #hashOf(row: number): number {
    let hash = 0;
    for (const column of this.#columns) {
      hash = Math.imul(hash ^ (column[row] ?? 0), 0x85ebca6b);
      hash ^= hash >>> 15;
    }
    return hash;
  }
}
