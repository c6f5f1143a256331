import { diagnostic, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { intersection, type AcceptedRange } from './acceptedRange.ts';
import type { ColumnRule, WrittenRule } from './columnRule.ts';
import { columnType } from './columnType.ts';
import type { DataColumn, DataTable, Relationship, UniqueCombination } from './dataModel.ts';
import { orderColumns } from './orderColumns.ts';

/**
 * Finds the table and column that a rule of the kind `parent` names, or the values that are there already; undefined
 * when its rows are neither made nor known.
 */
export type FindParent = (to: string, field: string) => Relationship | readonly string[] | undefined;

/**
 * A table whose columns follow what tests and constraints ask. A rule that cannot be read, or that a column cannot
 * follow beside what else is asked of it, is named in a warning: then only the tests tell whether the rows keep it.
 */
export function followRules(
  table: DataTable,
  written: readonly WrittenRule[],
  findParent: FindParent,
): Outcome<DataTable> {
  const columns = new Map(table.columns.map((column) => [column.name.toLowerCase(), column]));
  const following: FollowingTable = { columns, combinations: [], findParent };
  const left = new Set(written.filter(({ rules }) => rules === undefined));
  for (const kinds of order) {
    for (const one of written) {
      const rules = one.rules?.filter(({ kind }) => kinds.includes(kind)) ?? [];
      if (!rules.every((rule) => follow(following, rule, one))) left.add(one);
    }
  }
  return {
    value: { ...table, columns: [...columns.values()], uniqueCombinations: following.combinations },
    diagnostics: written.filter((one) => left.has(one)).map((one) => notFollowed(table, one)),
  };
}

/** What a column holds is settled before how it stands to others. */
const order: readonly (readonly ColumnRule['kind'][])[] = [
  ['notNull', 'unique', 'parent', 'range'],
  ['values'],
  ['bound'],
  ['order'],
];

interface FollowingTable {
  readonly columns: Map<string, DataColumn>;
  readonly combinations: UniqueCombination[];
  readonly findParent: FindParent;
}

function notFollowed(table: DataTable, { name, file, range }: WrittenRule): Diagnostic {
  return diagnostic('data.ruleNotFollowed', { table: table.name, rule: name }, { file, range });
}

/** Makes the columns follow one rule; false when they cannot. */
function follow(
  { columns, combinations, findParent }: FollowingTable,
  rule: ColumnRule,
  written: WrittenRule,
): boolean {
  const change = (name: string, how: (column: DataColumn) => DataColumn | undefined): boolean => {
    const column = columns.get(name.toLowerCase());
    const changed = column === undefined ? undefined : how(column);
    if (changed !== undefined) columns.set(name.toLowerCase(), changed);
    return changed !== undefined;
  };
  switch (rule.kind) {
    case 'notNull':
      return change(rule.column, (column) =>
        written.isConditional && column.hints['null_rate'] !== undefined ? undefined : { ...column, notNull: true },
      );
    case 'unique': {
      const [only, ...others] = rule.columns;
      if (only === undefined) return false;
      if (others.length === 0) return change(only, (column) => ({ ...column, unique: true }));
      const names = rule.columns.map((name) => columns.get(name.toLowerCase())?.name ?? name);
      combinations.push({ columns: names, file: written.file, range: written.range });
      return true;
    }
    case 'parent': {
      const parent = findParent(rule.to, rule.field);
      return change(rule.column, (column) => {
        if (parent === undefined) return undefined;
        if (!('table' in parent)) return withValues(column, parent, false);
        return { ...column, relationship: column.relationship ?? parent };
      });
    }
    case 'range':
      return change(rule.column, (column) => withRange(column, rule.range));
    case 'values':
      return change(rule.column, (column) => withValues(column, rule.values.map(String), rule.not));
    case 'bound':
      return change(rule.column, (column) => withBound(column, rule));
    case 'order':
      return orderColumns(columns, rule);
  }
}

function withRange(column: DataColumn, range: AcceptedRange): DataColumn | undefined {
  const acceptedRange = column.acceptedRange === undefined ? range : intersection(column.acceptedRange, range);
  return acceptedRange === undefined ? undefined : { ...column, acceptedRange };
}

function withValues(column: DataColumn, values: readonly string[], not: boolean): DataColumn | undefined {
  const known = column.acceptedValues;
  if (!not) return { ...column, acceptedValues: known?.filter((value) => values.includes(value)) ?? values };
  if (known !== undefined) return { ...column, acceptedValues: known.filter((value) => !values.includes(value)) };
  // No text that is made is empty; what else a column without a list will hold is not known yet.
  return values.every((value) => value === '') ? column : undefined;
}

/** A column within a bound, when the bound is of its type. */
function withBound(column: DataColumn, { op, value }: Extract<ColumnRule, { kind: 'bound' }>): DataColumn | undefined {
  const isUpper = op.startsWith('<');
  const includes = op.endsWith('=');
  const range: AcceptedRange = {
    min: isUpper ? undefined : value,
    includesMin: includes || isUpper,
    max: isUpper ? value : undefined,
    includesMax: includes || !isUpper,
    unread: undefined,
  };
  const { acceptedValues } = column;
  if (acceptedValues !== undefined) {
    const kept = acceptedValues.filter((one) => typeof value === 'number' && isWithin(Number(one), op, value));
    return acceptedValues.every((one) => one.trim() !== '' && Number.isFinite(Number(one)))
      ? { ...column, acceptedValues: kept }
      : undefined;
  }
  const { kind } = columnType({ ...column, acceptedRange: column.acceptedRange ?? range });
  const isTime = kind === 'timestamp' || kind === 'date';
  const isNumber = kind === 'integer' || kind === 'decimal';
  return (typeof value === 'number' ? isNumber : isTime) ? withRange(column, range) : undefined;
}

function isWithin(number: number, op: '<' | '<=' | '>' | '>=', bound: number): boolean {
  if (op === '<') return number < bound;
  if (op === '<=') return number <= bound;
  return op === '>' ? number > bound : number >= bound;
}
