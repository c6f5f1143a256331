import type { ManifestNode, TestNode } from '../compile/manifest.ts';
import type { TypedColumn } from '../sql/translation.ts';
import type { RawTable } from './rawTable.ts';
import type { Rule } from './rule.ts';

/**
 * What can be done about the rows that break a rule. `keep_latest` and `keep_first` keep one of the rows that have the
 * same value; `drop` rejects them all; `empty` empties the value and keeps the row.
 */
export const repairs = ['keep_latest', 'keep_first', 'drop', 'empty'] as const;
export type Repair = (typeof repairs)[number];

/** The repairs that make sense for a rule, the default first, and why it is the default. */
export interface RepairOffer {
  readonly rule: Rule;
  readonly options: readonly Repair[];
  readonly why: string;
}

/** Repairs by the names of rules; rules that are not named get their default. */
export type RepairChoices = ReadonlyMap<string, Repair>;

const versionNames =
  /(^|_)(updated|modified|changed|valid_from|loaded|ingested|synced|extracted)(_?(at|on|date|time|ts))?$/;

/** The column that tells versions of a row apart: when the row was last changed, as its name says. */
export function versionColumn(columns: readonly TypedColumn[]): string | undefined {
  const isTime = ({ type }: TypedColumn): boolean => type.kind === 'timestamp' || type.kind === 'date';
  const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return columns.find((column) => isTime(column) && versionNames.test(snake(column.name)))?.name;
}

/** What can be done about a rule that rows of a table break. */
export function repairsFor(rule: Rule, table: RawTable, nodes: Iterable<ManifestNode>): RepairOffer {
  const { test } = rule;
  if (test === undefined) return formRepairs(rule, table, nodes);
  const columnName = test.generic?.columnName;
  if (isUnique(test)) {
    const version = versionColumn(table.columns);
    return version === undefined
      ? {
          rule,
          options: ['keep_first', 'drop'],
          why: 'the first is kept, because no column says which row is the latest',
        }
      : {
          rule,
          options: ['keep_latest', 'keep_first', 'drop'],
          why: `rows with the same ${columnName ?? 'key'} are versions of one, and ${version} says which is the latest`,
        };
  }
  const canEmpty = columnName !== undefined && isEmptyable(test) && isNullable(table, columnName, nodes);
  const why = 'a row that breaks the rule cannot be put right without knowing what was meant';
  return { rule, options: canEmpty ? ['drop', 'empty'] : ['drop'], why };
}

function formRepairs(rule: Rule, table: RawTable, nodes: Iterable<ManifestNode>): RepairOffer {
  if (rule.name !== 'csv_bad_value') return { rule, options: ['drop'], why: 'the record cannot be read' };
  const columns = table.faults.flatMap(({ kind, column }) =>
    kind === 'badValue' && column !== undefined ? [column] : [],
  );
  const all = [...nodes];
  const canEmpty = columns.every((column) => isNullable(table, column, all));
  return { rule, options: canEmpty ? ['drop', 'empty'] : ['drop'], why: 'what the value should be is not known' };
}

/** dbt's own `unique` test. */
export function isUnique({ generic }: TestNode): boolean {
  return generic?.properties.testName === 'unique' && generic.properties.namespace === undefined;
}

/** Tests that an empty value passes. */
function isEmptyable({ generic }: TestNode): boolean {
  const { namespace, testName = '' } = generic?.properties ?? {};
  return namespace === undefined && ['accepted_values', 'relationships'].includes(testName);
}

function isNullable({ node }: RawTable, column: string, nodes: Iterable<ManifestNode>): boolean {
  for (const test of nodes) {
    if (test.resourceType !== 'test' || test.generic?.attachedNode !== node.uniqueId) continue;
    const { properties, columnName } = test.generic;
    if (properties.testName === 'not_null' && columnName?.toLowerCase() === column.toLowerCase()) return false;
  }
  return true;
}
