import type { SqlType, TypedColumn } from '../sql/translation.ts';
import type { DiffCell, DiffRow } from './diff/diffTable.ts';
import { tableDiff } from './diff/tableDiff.ts';
import type { SqlValue } from './sqlEngine.ts';

type Rows = readonly (readonly SqlValue[])[];

/** How the rows that a model gave differ from those that a unit test expects; undefined when they do not. */
export function unitTestDiff(columns: readonly TypedColumn[], expected: Rows, actual: Rows): string | undefined {
  const cells = (rows: Rows): readonly DiffRow[] =>
    rows.map((row) => row.map((value, column) => pythonCell(value, columns[column]?.type ?? { kind: 'unknown' })));
  return tableDiff({
    columns: columns.map(({ name }) => name.toLowerCase()),
    before: cells(expected),
    after: cells(actual),
  });
}

/** A value with what Python's `str` and `repr` give for it, once dbt has read it from a warehouse. */
export function pythonCell(value: SqlValue, type: SqlType): DiffCell {
  if (value === null) return null;
  if (typeof value === 'string') return { text: value, alone: momentRepr(value, type), order: value };
  if (value instanceof Uint8Array) {
    const text = [...value].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return { text, alone: text, order: text };
  }
  const order = Number(value);
  if (type.kind === 'boolean') {
    const isTrue = order !== 0;
    return { text: isTrue ? 'True' : 'False', alone: String(isTrue), order };
  }
  const text = numberText(value, type);
  const isInteger = type.kind === 'integer' || (type.kind === 'unknown' && Number.isInteger(order));
  return { text, alone: isInteger ? text : `Decimal('${text}')`, order };
}

function numberText(value: number | bigint, type: SqlType): string {
  if (typeof value === 'bigint' || type.kind === 'integer') return String(value);
  if (type.kind === 'decimal') return value.toFixed(type.scale);
  if (!Number.isInteger(value)) return String(value).replace('e', 'E');
  if (type.kind === 'unknown') return String(value);
  return Math.abs(value) < 1e16 ? `${String(value)}.0` : value.toExponential().replace('e', 'E');
}

/** `datetime.date(2024, 1, 2)` and its like, without what is zero at its end; any other text is itself. */
function momentRepr(text: string, { kind }: SqlType): string {
  if (kind !== 'date' && kind !== 'timestamp') return text;
  const match = /^(\d{4})-(\d\d)-(\d\d)(?:[ T](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6})\d*)?)?)?$/.exec(text);
  if (match === null) return text;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0'] = match;
  const date = [year, month, day].map(Number);
  if (kind === 'date') return `datetime.date(${date.join(', ')})`;
  const seconds = [Number(second), fraction === '0' ? 0 : Number(fraction.padEnd(6, '0'))];
  while (seconds.at(-1) === 0) seconds.pop();
  return `datetime.datetime(${[...date, Number(hour), Number(minute), ...seconds].join(', ')})`;
}
