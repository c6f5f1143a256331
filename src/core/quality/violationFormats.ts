import { csvRows, spelledText } from '../datagen/rowFormat.ts';
import type { DisplayValue } from '../run/displayValue.ts';
import type { Violation } from './violation.ts';

const columns = ['rule', 'severity', 'table', 'row_key', 'file', 'line', 'column', 'reason'] as const;

type ViolationRecord = Readonly<Record<(typeof columns)[number], DisplayValue>>;

function recordOf({ rule, table, rowKey, file, line, column, reason }: Violation): ViolationRecord {
  return {
    rule: rule.name,
    severity: rule.severity,
    table: table ?? null,
    row_key: rowKey,
    file,
    line,
    column: column ?? null,
    reason,
  };
}

/** Violations as a JSON list of objects, one to a line. */
export function violationsJson(violations: readonly Violation[]): string {
  return violations.length === 0 ? '[]' : `[\n${violations.map((one) => JSON.stringify(recordOf(one))).join(',\n')}\n]`;
}

/** Violations as CSV with a header (RFC 4180), without a line end behind the last; what is not known is empty. */
export function violationsCsv(violations: readonly Violation[]): string {
  const rows = violations.map(recordOf).map((record) => columns.map((name) => csvField(record[name])).join(','));
  return [columns.join(','), ...rows].join('\n');
}

function csvField(value: DisplayValue): string {
  return value === null ? '' : spelledText(csvRows, String(value));
}
