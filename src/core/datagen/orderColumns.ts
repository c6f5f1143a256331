import { isPlainList } from '../project/plainValue.ts';
import { columnType } from './columnType.ts';
import type { DataColumn } from './dataModel.ts';
import { snakeCase } from './nameForms.ts';
import type { RowFact } from './rowRule.ts';

/** Hints that go with one column coming after another. */
const orderedHints: ReadonlySet<string> = new Set([
  ...['after', 'within', 'min', 'max', 'null_rate'],
  ...['growth', 'weekdays', 'hours'],
]);

/**
 * Makes one column of a table come not before another, as the hint `after` does. False, and nothing is changed, when
 * something else says already how the later one is made, their types differ, or the earlier one is made from it.
 */
export function orderColumns(
  columns: Map<string, DataColumn>,
  { later, earlier, strict }: Pick<Extract<RowFact, { kind: 'order' }>, 'later' | 'earlier' | 'strict'>,
): boolean {
  const [column, base] = [columns.get(later.toLowerCase()), columns.get(earlier.toLowerCase())];
  if (column === undefined || base === undefined || column === base || !canFollow(column, base)) return false;
  if (leadsTo(columns, base, column)) return false;
  const after = [...new Set([...basesOf(column), base.name])];
  const isStrictlyAfter = column.isStrictlyAfter === true || strict;
  columns.set(later.toLowerCase(), { ...column, hints: { ...column.hints, after }, isStrictlyAfter });
  return true;
}

function canFollow(column: DataColumn, base: DataColumn): boolean {
  const [own, other] = [columnType(column), columnType(base)];
  const isOrdered = own.kind !== 'text' && own.kind !== 'boolean' && own.kind === other.kind;
  const sameScale = own.kind !== 'decimal' || other.kind !== 'decimal' || own.scale === other.scale;
  const isFree = !column.unique && column.relationship === undefined && column.acceptedRange === undefined;
  const hasOwnValues = column.acceptedValues !== undefined || base.acceptedValues !== undefined;
  return (
    isOrdered &&
    sameScale &&
    isFree &&
    !hasOwnValues &&
    Object.keys(column.hints).every((hint) => orderedHints.has(hint))
  );
}

/** The columns that a column's own hint names to come after. */
function basesOf({ hints }: DataColumn): readonly string[] {
  const { after } = hints;
  const list = isPlainList(after) ? after : after === undefined ? [] : [after];
  return list.filter((one) => typeof one === 'string');
}

/** Whether a column is made from another of its row, over as many steps as it takes. */
function leadsTo(columns: ReadonlyMap<string, DataColumn>, from: DataColumn, to: DataColumn): boolean {
  const seen = new Set<DataColumn>();
  const visit = (column: DataColumn): boolean => {
    if (column === to) return true;
    if (seen.has(column)) return false;
    seen.add(column);
    const { equals } = column.hints;
    const names = [...basesOf(column), ...(typeof equals === 'string' ? [equals] : [])];
    return names.some((name) => {
      const next = columns.get(name.toLowerCase());
      return next !== undefined && visit(next);
    });
  };
  return visit(from);
}

/**
 * Which moments come before others by the custom of their names, without the `_at` or `_date` that they end in: the
 * first earlier one that a table has counts. `$1` is what the later name begins with.
 */
const customs: readonly (readonly [later: RegExp, earlier: readonly string[]])[] = [
  [/^(.*_)?(?:end|ends|ended)$/, ['$1start', '$1starts', '$1started', '$1begin', '$1begins', '$1began']],
  [
    /^(.*_)?(?:delivered|delivery|received)$/,
    ['shipped', 'shipping', 'dispatched', 'ordered', 'order', 'placed', 'created'],
  ],
  [
    /^(?:.*_)?(?:completed|finished|shipped|shipping|dispatched|fulfilled|paid|confirmed|processed|returned|refunded|cancell?ed|resolved|closed)$/,
    ['started', 'ordered', 'order', 'placed', 'opened', 'submitted', 'created'],
  ],
  [
    /^(?:last_)?(?:updated|modified|update|modification|seen|login|logged_in|active|deleted|archived|changed)$/,
    ['created', 'inserted', 'registered', 'signed_up', 'signup', 'joined', 'creation'],
  ],
];

/** Orders the times of a table as their names are understood, where nothing else is said of the later ones. */
export function orderByNames(columns: Map<string, DataColumn>): void {
  const stems = new Map([...columns.values()].map((column) => [stemOf(column.name), column] as const));
  for (const [stem, column] of stems) {
    const { kind } = columnType(column);
    const isFree = Object.keys(column.hints).every((hint) => hint === 'null_rate');
    if ((kind !== 'timestamp' && kind !== 'date') || !isFree) continue;
    const earlier = earlierStems(stem).flatMap((name) => stems.get(name) ?? [])[0];
    if (earlier !== undefined) orderColumns(columns, { later: column.name, earlier: earlier.name, strict: false });
  }
}

function earlierStems(stem: string): readonly string[] {
  for (const [later, earlier] of customs) {
    const match = later.exec(stem);
    if (match !== null) return earlier.map((name) => name.replace('$1', match[1] ?? ''));
  }
  return [];
}

function stemOf(name: string): string {
  return snakeCase(name).replace(/_(at|on|date|time|ts|timestamp|datetime|utc)$/, '');
}
