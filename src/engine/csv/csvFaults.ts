import { type CsvFault } from '../../core/run/sqlEngine.ts';

/** How many faults of one file are kept where any of them refuses the load; reading stops there. */
export const mostFaults = 100;

/** The faults of one file so far. */
export class CsvFaults {
  readonly #list: CsvFault[] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(kind: CsvFault['kind'], line: number, message: string, field?: number): void {
    if (!this.full) this.#list.push({ kind, line, message, ...(field === undefined ? {} : { field }) });
  }

  /** By line; those of one line as they were found. */
  inOrder(): readonly CsvFault[] {
    return this.#list.toSorted((a, b) => a.line - b.line);
  }

  get any(): boolean {
    return this.#list.length > 0;
  }

  get full(): boolean {
    return this.#list.length >= this.#most;
  }
}

/** A value as messages show it: quoted, and cut where it is long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** `1 value`, `2 values`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
