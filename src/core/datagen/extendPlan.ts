import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import {
  addressKey,
  type ChoiceCount,
  type ColumnPlan,
  type GenerationPlan,
  type TablePlan,
} from './generationPlan.ts';
import { givenNumbers, type GivenTable } from './givenRows.ts';
import { otherRowInputs, sameRowInputs } from './planGeneration.ts';
import { takenValues, type TakenValues } from './takenValues.ts';

/**
 * The plan for tables that begin with given rows: those are counted among the rows that were planned. New numbers of a
 * sequence go on behind the greatest given one, values that occur once avoid the given ones, and what new rows read of
 * given rows is known as numbers. New rows refer to given parents as well as to new ones, but where parents have a
 * counted number of children, the given parents keep theirs and the new rows belong to new parents.
 */
export function extendPlan(
  plan: GenerationPlan,
  given: ReadonlyMap<string, GivenTable>,
): Outcome<GenerationPlan | undefined> {
  const extension = new Extension(plan, given);
  const columns = withinSources(plan.columns.map((column) => extension.column(column)));
  const tables = plan.tables.map((table) => extension.table(table));
  const { diagnostics } = extension;
  return { value: diagnostics.length > 0 ? undefined : { ...plan, tables, columns }, diagnostics };
}

class Extension {
  readonly #plan: GenerationPlan;
  readonly #given: ReadonlyMap<string, GivenTable>;
  readonly #read: ReadonlySet<string>;
  readonly diagnostics: Diagnostic[] = [];

  constructor(plan: GenerationPlan, given: ReadonlyMap<string, GivenTable>) {
    this.#plan = plan;
    this.#given = given;
    this.#read = new Set(plan.columns.flatMap((column) => otherRowInputs(column).map(addressKey)));
  }

  table(table: TablePlan): TablePlan {
    const given = this.#given.get(table.id);
    if (given === undefined) return table;
    const own = new Map(table.header.map((name) => [name.toLowerCase(), name]));
    const header = given.header.map((name) => own.get(name.toLowerCase()) ?? name);
    return { ...table, header, rows: Math.max(table.rows, given.rows), given: given.rows };
  }

  column(column: ColumnPlan): ColumnPlan {
    const given = this.#given.get(column.table);
    const linked = column.source.kind === 'link' ? this.#linked(column, given?.rows ?? 0) : column;
    if (given === undefined) return linked;
    const values = given.columns.get(column.column.toLowerCase()) ?? [];
    const numbers = values.length > 0 ? givenNumbers(values, column.format) : this.#parentRows(column, given);
    const extended = { ...linked, given: numbers };
    switch (column.source.kind) {
      case 'sequence': {
        const last = numbers.reduce((most, value) => (value > most ? value : most), column.source.first - 1);
        const first = last + 1 - given.rows;
        const kept = column.kept || this.#read.has(addressKey(column));
        return {
          ...extended,
          kept,
          source: { kind: 'sequence', first },
          max: Math.max(column.max, last + this.#rows(column)),
        };
      }
      case 'distinct': {
        const taken: TakenValues =
          values.length > 0
            ? takenValues(values, numbers, column.format)
            : { kind: 'numbers', numbers: this.#combined(column, given) };
        return { ...extended, source: { ...column.source, taken } };
      }
      case 'choice': {
        const atLeast = column.source.atLeast.map((need) => this.#needed(column, need, numbers));
        return { ...extended, source: { ...column.source, atLeast } };
      }
      default:
        return withinGiven(extended, numbers);
    }
  }

  /** The parents' rows of given rows, for a column that is a link; none for another that is not written. */
  #parentRows(column: ColumnPlan, given: GivenTable): Float64Array {
    const none = new Float64Array(given.rows).fill(NaN);
    const key = this.#plan.columns.find(
      ({ table, source }) => table === column.table && source.kind === 'lookup' && source.link === column.column,
    );
    const address = key?.source.kind === 'lookup' ? key.source.column : undefined;
    const parents = address === undefined ? undefined : this.#given.get(address.table);
    const rows = new Map<string | undefined, number>();
    parents?.columns.get(address?.column.toLowerCase() ?? '')?.forEach((value, row) => rows.set(value, row));
    const own = given.columns.get(key?.column.toLowerCase() ?? '') ?? [];
    own.forEach((value, row) => (none[row] = value === undefined ? NaN : (rows.get(value) ?? NaN)));
    return none;
  }

  /** The numbers of the combinations that given rows have, of columns that are parts of one number. */
  #combined(base: ColumnPlan, given: GivenTable): ReadonlySet<number> {
    const sums = new Float64Array(given.rows);
    for (const column of this.#plan.columns) {
      const { source } = column;
      if (column.table !== base.table || source.kind !== 'part' || source.base !== base.column) continue;
      const values = given.columns.get(column.column.toLowerCase());
      const numbers = values === undefined ? this.#parentRows(column, given) : givenNumbers(values, column.format);
      numbers.forEach((number, row) => {
        const place = number - source.first;
        // A value that is not made here cannot come again.
        sums[row] = (sums[row] ?? 0) + (place >= 0 && place < source.size ? place * source.step : NaN);
      });
    }
    return new Set(sums.filter((sum) => !Number.isNaN(sum)));
  }

  /** A link of rows that come behind given ones, to parents of which some are given. */
  #linked(column: ColumnPlan, ownGiven: number): ColumnPlan {
    const { source } = column;
    if (source.kind !== 'link') return column;
    const { use, parent } = source;
    const parentGiven = this.#given.get(parent)?.rows ?? 0;
    if (use.kind !== 'counted') {
      const firstParent = this.#canRefer(column, parent) ? 0 : parentGiven;
      return { ...column, source: { ...source, ownGiven, firstParent } };
    }
    const [rows, parents] = [this.#rows(column) - ownGiven, this.#rowsOf(parent) - parentGiven];
    const asked =
      rows === this.#rows(column) ? use.rows : Math.round((use.rows * rows) / Math.max(this.#rows(column), 1));
    const linked = Math.min(asked, parents * use.max);
    if (linked < use.min * parents || (linked < asked && use.rows === this.#rows(column))) {
      const subject = `${this.#name(column.table)}.${column.column.replace(/^link\((.*)\)$/, '$1')}`;
      const detail = `${String(rows)} new rows and ${String(parents)} new rows of ${this.#name(parent)} do not go together: each of those has from ${String(use.min)} to ${String(use.max)} of these.`;
      this.diagnostics.push(diagnostic('data.impossible', { subject, detail }, { file: this.#path(column.table) }));
    }
    return { ...column, source: { ...source, ownGiven, firstParent: parentGiven, use: { ...use, rows: linked } } };
  }

  /** In how many new rows a choice has to occur for the new rows of other tables that refer to such rows alone. */
  #needed(column: ColumnPlan, { choice, rows: planned }: ChoiceCount, numbers: Float64Array): ChoiceCount {
    const links = this.#plan.columns.filter(
      ({ source }) =>
        source.kind === 'link' &&
        source.parent === column.table &&
        source.where?.column === column.column &&
        source.where.choice === choice,
    );
    const isGiven = numbers.includes(choice);
    const rows = links.reduce((most, link) => {
      const fresh = this.#rows(link) - (this.#given.get(link.table)?.rows ?? 0);
      const use = link.source.kind === 'link' ? link.source.use : undefined;
      if (use?.kind === 'counted') return Math.max(most, Math.ceil(Math.min(use.rows, fresh) / Math.max(use.max, 1)));
      return fresh > 0 && !isGiven ? Math.max(most, 1) : most;
    }, 0);
    const fresh = this.#rows(column) - numbers.length;
    if (rows > fresh && planned > 0) {
      const subject = `${this.#name(column.table)}.${column.column}`;
      const detail = `${String(rows)} new rows with one of its values are needed for new rows of other tables, and the table gets ${String(fresh)}.`;
      this.diagnostics.push(diagnostic('data.impossible', { subject, detail }, { file: this.#path(column.table) }));
    }
    return { choice, rows: Math.min(rows, planned) };
  }

  /** Whether new rows can take the key of any given parent: a text that would not be made here has no number. */
  #canRefer(link: ColumnPlan, parent: string): boolean {
    const given = this.#given.get(parent);
    return this.#plan.columns.every(({ table, source }) => {
      const isKey = table === link.table && source.kind === 'lookup' && source.link === link.column;
      const key = isKey ? this.#plan.columns.find((one) => addressKey(one) === addressKey(source.column)) : undefined;
      const values = key === undefined ? undefined : given?.columns.get(key.column.toLowerCase());
      if (key === undefined || values === undefined) return true;
      const numbers = givenNumbers(values, key.format);
      return values.every((value, row) => value === undefined || !Number.isNaN(numbers[row]));
    });
  }

  #rows({ table }: ColumnPlan): number {
    return this.#rowsOf(table);
  }

  #rowsOf(table: string): number {
    const planned = this.#plan.tables.find((one) => one.id === table)?.rows ?? 0;
    return Math.max(planned, this.#given.get(table)?.rows ?? 0);
  }

  #name(table: string): string {
    return this.#plan.tables.find((one) => one.id === table)?.name ?? table;
  }

  #path(table: string): string {
    return this.#plan.tables.find((one) => one.id === table)?.path ?? '';
  }
}

/** A column whose bounds take in its given numbers. */
function withinGiven(column: ColumnPlan, numbers: Float64Array): ColumnPlan {
  let { min, max } = column;
  for (const value of numbers) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { ...column, min, max };
}

/** Columns whose bounds take in those of the columns that they are made from: given values may lie outside. */
function withinSources(columns: readonly ColumnPlan[]): readonly ColumnPlan[] {
  const done = new Map<string, ColumnPlan>();
  for (const column of columns) {
    const sameRow = sameRowInputs(column).map((name) => ({ table: column.table, column: name }));
    const passesOn = ['copy', 'lookup', 'linkedRow', 'after'].includes(column.source.kind);
    const sources = passesOn ? [...sameRow, ...otherRowInputs(column)].map((one) => done.get(addressKey(one))) : [];
    const timed = sources.filter((one) => one !== undefined && one.format.kind === column.format.kind);
    const max = Math.max(column.max, ...timed.map((one) => one?.max ?? -Infinity));
    const min =
      column.source.kind === 'after' ? column.min : Math.min(column.min, ...timed.map((one) => one?.min ?? Infinity));
    done.set(addressKey(column), { ...column, min, max });
  }
  return [...done.values()];
}
