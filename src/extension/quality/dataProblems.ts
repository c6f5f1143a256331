import type { Violation } from '../../core/quality/violation.ts';
import type { Place } from './qualityItem.ts';

/** An entry of Problems about the rows of a data file. */
export interface DataProblem {
  readonly file: string;
  /** One-based. */
  readonly line: number;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly code: string;
  /** Where the broken rule is written; undefined for one that is written nowhere, and for a count of rows. */
  readonly rule: (Place & { readonly title: string }) | undefined;
}

/** Problems shows so many entries of a file: it is to be read, and the "Data Quality" view has them all. */
const mostOfFile = 300;

/** What Problems says of violations: the first of each file, and how many more there are. */
export function dataProblems(violations: readonly Violation[]): readonly DataProblem[] {
  const byFile = new Map<string, Violation[]>();
  for (const one of violations) {
    const found = byFile.get(one.file);
    if (found === undefined) byFile.set(one.file, [one]);
    else found.push(one);
  }
  return [...byFile].flatMap(([file, found]) => {
    const shown = found.slice(0, mostOfFile).map(problemOf);
    const left = found.length - shown.length;
    if (left === 0) return shown;
    const message = `${left.toLocaleString('en')} more reasons for which rows of this file break rules: see the Data Quality view.`;
    const severity = found.some(({ rule }) => rule.severity === 'error') ? 'error' : 'warning';
    return [...shown, { file, line: found[shown.length]?.line ?? 1, severity, message, code: 'more', rule: undefined }];
  });
}

function problemOf({ rule, file, line, reason, table, rowKey }: Violation): DataProblem {
  const row = [table, rowKey].filter((part) => part !== undefined && part !== null).join(' ');
  const { name, title, severity, range } = rule;
  return {
    file,
    line,
    severity,
    message: row === '' ? reason : `${row}: ${reason}`,
    code: name,
    rule: rule.test === undefined ? undefined : { file: rule.file, range, title },
  };
}
