import type { FoundFault, RawTable } from './rawTable.ts';
import type { Rule } from './rule.ts';
import type { Violation } from './violation.ts';

/** What is done about one record. */
export interface RecordRepair {
  /** `rejected`: the record is left out; `emptied`: it stays, with some of its values empty. */
  readonly action: 'rejected' | 'emptied';
  /** Names of the columns that are emptied. */
  readonly columns: readonly string[];
  readonly rules: readonly string[];
  readonly reasons: readonly string[];
}

/** The repairs of one data file, by the lines on which its records start. */
export class TableRepairs {
  readonly table: RawTable;
  readonly #byLine = new Map<
    number,
    {
      action: RecordRepair['action'];
      columns: Set<string>;
      rules: Set<string>;
      /** Those of `rules` by which the repair was decided. */
      decided: Set<string>;
      reasons: Set<string>;
    }
  >();
  readonly #rejectedRows: number[] = [];

  constructor(table: RawTable) {
    this.table = table;
  }

  /** By line, in order. */
  get records(): ReadonlyMap<number, RecordRepair> {
    const lines = [...this.#byLine].sort(([a], [b]) => a - b);
    return new Map(
      lines.map(([line, { action, columns, rules, reasons }]) => [
        line,
        { action, columns: action === 'emptied' ? [...columns] : [], rules: [...rules], reasons: [...reasons] },
      ]),
    );
  }

  /** Numbers of the loaded rows that are rejected. */
  get rejectedRows(): readonly number[] {
    return this.#rejectedRows;
  }

  /** How many records of the file stay. */
  get kept(): number {
    return this.table.rows - this.#rejectedRows.length;
  }

  /** True when the file is written otherwise though its records stay: another delimiter, line ends or a mark. */
  get changesForm(): boolean {
    return this.table.faults.some(
      ({ kind }) => kind === 'delimiter' || kind === 'byteOrderMark' || kind === 'mixedLineEnds',
    );
  }

  /** Why the file cannot be written at all; undefined when it can. */
  get obstacle(): string | undefined {
    const { faults, isLoaded, isWhole } = this.table;
    if (isWhole) return undefined;
    return faults.find(({ kind }) => !isLoaded || kind === 'unclosedQuote')?.message;
  }

  reject(row: number, rule: Rule, reasons: readonly string[]): void {
    this.#rejectedRows.push(row);
    this.#at(this.#lineOf(row), 'rejected', rule.name, reasons);
  }

  /** Rejects a record that was not loaded. */
  rejectLine(line: number, rule: Rule, reason: string): void {
    this.#at(line, 'rejected', rule.name, [reason]);
  }

  empty(row: number, column: string, rule: Rule, reason: string): void {
    this.#at(this.#lineOf(row), 'emptied', rule.name, [reason]).columns.add(column);
  }

  /** Adds what else is wrong with a row that is rejected. */
  alsoBecause(row: number, { rule, reason }: Violation): void {
    const known = this.#byLine.get(this.#lineOf(row));
    if (known?.action !== 'rejected') return;
    // The rules by which it was rejected have said all of theirs.
    if (known.decided.has(rule.name)) return;
    known.rules.add(rule.name);
    known.reasons.add(reason);
  }

  #lineOf(row: number): number {
    return this.table.lines[row - 1] ?? 0;
  }

  #at(
    line: number,
    action: RecordRepair['action'],
    rule: string,
    reasons: readonly string[],
  ): { readonly columns: Set<string> } {
    const known = this.#byLine.get(line) ?? {
      action,
      columns: new Set(),
      rules: new Set(),
      decided: new Set(),
      reasons: new Set(),
    };
    if (action === 'rejected') known.action = action;
    known.rules.add(rule);
    known.decided.add(rule);
    for (const reason of reasons) known.reasons.add(reason);
    this.#byLine.set(line, known);
    return known;
  }
}

/** Rejects the record of a fault that kept it from being loaded; a fault of the whole file rejects nothing. */
export function rejectUnread(repairs: TableRepairs, { kind, line, message }: FoundFault, rule: Rule): void {
  if (kind === 'ragged') repairs.rejectLine(line, rule, message);
}
