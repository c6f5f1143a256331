import type { TestNode } from '../compile/manifest.ts';
import type { Location, Severity } from '../diagnostics/diagnostic.ts';
import { fileStart } from '../diagnostics/text.ts';
import type { CsvFault } from '../run/sqlEngine.ts';

/** What rows can break: a data test of the project, or the form that every data file has. */
export interface Rule extends Location {
  /** Name of the test, or `csv_` and the fault. */
  readonly name: string;
  /** The rule in words. */
  readonly title: string;
  readonly severity: Extract<Severity, 'error' | 'warning'>;
  /** The test; undefined for a rule of form. */
  readonly test: TestNode | undefined;
}

/** Faults of form, beside those that loading finds. */
export type FormFault = CsvFault['kind'] | 'byteOrderMark' | 'mixedLineEnds' | 'missingColumn';

const formRules: Readonly<Record<FormFault, readonly [name: string, title: string]>> = {
  ragged: ['csv_ragged_row', 'Each record has as many values as the header has names'],
  unclosedQuote: ['csv_quote', 'Quotes are closed, and doubled inside a quoted value'],
  badValue: ['csv_bad_value', 'Each value is of the type that its column declares'],
  duplicateColumn: ['csv_duplicate_column', 'Each column of the header has its own name'],
  empty: ['csv_empty_file', 'A data file has a header'],
  encoding: ['csv_encoding', 'A data file is encoded in UTF-8'],
  delimiter: ['csv_delimiter', 'Values are separated by commas'],
  byteOrderMark: ['csv_byte_order_mark', 'A data file does not begin with a byte order mark'],
  mixedLineEnds: ['csv_mixed_line_ends', 'All lines end in the same way'],
  missingColumn: ['csv_missing_column', 'The header has each column that the project declares'],
};

/** The rule that a fault of form breaks; it is declared nowhere, so its place is the data file. */
export function formRule(fault: FormFault, file: string): Rule {
  const [name, title] = formRules[fault];
  return { name, title, severity: 'error', test: undefined, file, range: fileStart };
}

/** A data test as a rule: described by its description, the comment at its head, or its name. */
export function testRule(test: TestNode): Rule {
  return {
    name: test.name,
    title: test.description.trim() || headComment(test) || test.name,
    severity: test.verdictRule.severity === 'warn' ? 'warning' : 'error',
    test,
    file: test.originalFilePath,
    range: test.range,
  };
}

/** The first sentence of the comment that a singular test begins with. */
function headComment({ generic, rawCode }: TestNode): string {
  if (generic !== undefined) return '';
  const lines: string[] = [];
  for (const line of rawCode.trimStart().split('\n')) {
    const comment = /^\s*--\s*(.*?)\s*$/.exec(line)?.[1];
    if (comment === undefined) break;
    lines.push(comment);
  }
  const text = lines.join(' ');
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? text;
}
