import type { DisplayValue } from '../run/displayValue.ts';
import type { Rule } from './rule.ts';

/** One reason for which one row breaks one rule; a row with several reasons has several. */
export interface Violation {
  readonly rule: Rule;
  /** The row's table, `raw.players`; undefined when a test's failing row could not be led back to one. */
  readonly table: string | undefined;
  /** Value of the table's key in the row; null when the table has no key or the file as a whole is meant. */
  readonly rowKey: DisplayValue;
  /** The data file and the one-based line on which the row starts; without a table, those of the rule. */
  readonly file: string;
  readonly line: number;
  /** The column that is at fault, where the rule is about one. */
  readonly column: string | undefined;
  /** In words, with the values that it speaks of. */
  readonly reason: string;
  /** The row's number in its table, from 1 on, as it was loaded; undefined for what is not a loaded row. */
  readonly row: number | undefined;
}
