import type { Canonical, ColumnRule, FormSort } from './canonicalValue.ts';
import type { ComparedTable, ComparedValue } from './comparedTable.ts';
import type { Pieces } from './pieces.ts';
import type { ValueForm } from './valueForm.ts';

/** A column of both sides with a number for each row's value: equal values have the same, and null has 0. */
export interface NumberedColumn {
  /** Of the left rows, then of the right ones. */
  readonly numbers: Int32Array;
  /** The value of each number; none for null. */
  readonly forms: readonly (ValueForm | undefined)[];
}

/** One side of a column: its table's rows, and where in them its values are. */
export interface ColumnOfRows {
  readonly rows: ComparedTable['rows'];
  readonly index: number;
}

/** Numbers the values of a column. */
export async function numberedColumn(
  left: ColumnOfRows,
  right: ColumnOfRows,
  rule: ColumnRule,
  pieces: Pieces,
): Promise<NumberedColumn> {
  const values = new ValueNumbers();
  const numbers = new Int32Array(left.rows.length + right.rows.length);
  let at = 0;
  const number = async ({ rows, index }: ColumnOfRows, canonical: Canonical): Promise<void> => {
    for (const row of rows) {
      const value = row[index] ?? null;
      numbers[at] = values.of(value, canonical);
      at += 1;
      if (pieces.isFull(workOf(value))) await pieces.pause();
    }
  };
  await number(left, rule.left);
  await number(right, rule.right);
  return { numbers, forms: values.forms };
}

/** The numbers that values were given so far. */
class ValueNumbers {
  readonly forms: (ValueForm | undefined)[] = [undefined];
  readonly #known = new Map<FormSort, Map<string, number>>();

  of(value: ComparedValue, { sort, form }: Canonical): number {
    if (value === null) return 0;
    const text = typeof value === 'string' ? value : String(value);
    const canonical = form(text);
    return canonical === undefined ? this.#numberOf('text', text) : this.#numberOf(sort, canonical);
  }

  #numberOf(sort: FormSort, text: string): number {
    const known = this.#of(sort);
    const number = known.get(text);
    if (number !== undefined) return number;
    known.set(text, this.forms.length);
    return this.forms.push({ sort, text }) - 1;
  }

  #of(sort: FormSort): Map<string, number> {
    const known = this.#known.get(sort);
    if (known !== undefined) return known;
    const made = new Map<string, number>();
    this.#known.set(sort, made);
    return made;
  }
}

/** How often each number is there, of so many. */
export function countsOf(numbers: Int32Array, count: number): Int32Array {
  const counts = new Int32Array(count);
  for (const number of numbers) counts[number] = (counts[number] ?? 0) + 1;
  return counts;
}

/** What a value costs whatever its length. */
const workOfValue = 16;

/** What it costs to look at a value. */
export function workOf(value: ComparedValue): number {
  return workOfValue + (typeof value === 'string' ? value.length : 0);
}
