import type { CheckReport } from '../../core/quality/checkData.ts';
import type { Violation } from '../../core/quality/violation.ts';

/** `1 row`, `1,234 rows`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** Which row a violation is about, as a text that no other row has. */
export function rowId({ file, line }: Violation): string {
  return `${file}:${String(line)}`;
}

/** How many rows break how many rules. */
export function brokenCounts(violations: readonly Violation[]): { readonly rows: number; readonly rules: number } {
  return {
    rows: new Set(violations.map(rowId)).size,
    rules: new Set(violations.map(({ rule }) => rule.name)).size,
  };
}

/** `9 rows break 2 rules`, or that none is broken. */
export function verdictWords({ tables, violations }: CheckReport): string {
  if (tables.length === 0) return 'there are no data to check';
  const { rows, rules } = brokenCounts(violations);
  if (rows === 0) return 'no rule is broken';
  return `${counted(rows, 'row')} ${rows === 1 ? 'breaks' : 'break'} ${counted(rules, 'rule')}`;
}

/** `30 rows in 3 files, by 35 tests`. */
export function scopeWords({ tables, testsRun }: CheckReport): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  return `${counted(rows, 'row')} in ${counted(tables.length, 'file')}, by ${counted(testsRun, 'test')}`;
}
