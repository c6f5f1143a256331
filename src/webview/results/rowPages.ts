import type { Page, PageRequest, ResultsValue } from '../../protocol/resultsProtocol.ts';

/** A row in column order. */
export type Row = readonly ResultsValue[];

/** Rows that are asked for together, and pages that are kept (20,000 rows in all). */
export const pageSize = 200;
const keptPages = 100;

/** The reply was of rows that are no longer shown. */
export class StaleRowsError extends Error {
  constructor() {
    super('the rows were replaced by newer ones');
    this.name = 'StaleRowsError';
  }
}

/** The rows of one generation, fetched by pages as they are looked at; the pages looked at last are kept. */
export class RowPages {
  readonly #generation: number;
  readonly #ask: (request: PageRequest) => Promise<Page>;
  readonly #pages = new Map<number, Promise<readonly Row[]>>();
  readonly #loaded = new Map<number, readonly Row[]>();

  constructor(generation: number, ask: (request: PageRequest) => Promise<Page>) {
    this.#generation = generation;
    this.#ask = ask;
  }

  /** Rows `from` up to `to`, from as many pages as that takes. Rejects with `StaleRowsError` or the host's failure. */
  async rows(from: number, to: number): Promise<readonly Row[]> {
    const first = Math.floor(from / pageSize);
    const numbers = Array.from({ length: Math.ceil(to / pageSize) - first }, (_, at) => first + at);
    const pages = await Promise.all(numbers.map((number) => this.#page(number)));
    return pages.flat().slice(from - first * pageSize, to - first * pageSize);
  }

  /** The same rows if all of them are here already. */
  rowsAtHand(from: number, to: number): readonly Row[] | undefined {
    const rows: Row[] = [];
    for (let at = from; at < to; at++) {
      const row = this.#loaded.get(Math.floor(at / pageSize))?.[at % pageSize];
      if (row === undefined) return undefined;
      rows.push(row);
    }
    return rows;
  }

  #page(number: number): Promise<readonly Row[]> {
    const known = this.#pages.get(number);
    // Put last again: the first in the map is the one looked at longest ago.
    this.#pages.delete(number);
    const page = known ?? this.#fetch(number);
    this.#pages.set(number, page);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= keptPages) break;
      this.#pages.delete(oldest);
      this.#loaded.delete(oldest);
    }
    return page;
  }

  async #fetch(number: number): Promise<readonly Row[]> {
    try {
      const page = await this.#ask({ generation: this.#generation, from: number * pageSize, count: pageSize });
      if (page.generation !== this.#generation) throw new StaleRowsError();
      const rows = JSON.parse(page.rows) as readonly Row[];
      if (this.#pages.has(number)) this.#loaded.set(number, rows);
      return rows;
    } catch (error) {
      // The next look at this page tries again.
      this.#pages.delete(number);
      throw error;
    }
  }
}
