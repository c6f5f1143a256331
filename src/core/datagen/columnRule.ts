import type { Range } from '../diagnostics/text.ts';
import { isPlainList, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import type { ConstraintProperties, TestProperties } from '../project/properties.ts';
import { acceptedRange, type AcceptedRange } from './acceptedRange.ts';
import { readRowRule, type RowFact } from './rowRule.ts';

/** One thing that tests and constraints ask of a table's columns. Columns are named as written. */
export type ColumnRule =
  | RowFact
  | { readonly kind: 'unique'; readonly columns: readonly string[] }
  | { readonly kind: 'range'; readonly column: string; readonly range: AcceptedRange }
  /** The column's values are those of a parent's column: of `source('a', 'b')`, `ref('x')` or SQL's `schema.table`. */
  | { readonly kind: 'parent'; readonly column: string; readonly to: string; readonly field: string };

/** A test or a constraint that the generator knows. */
export interface WrittenRule {
  /** As it is written: `dbt_utils.expression_is_true`. */
  readonly name: string;
  /** Undefined when it cannot be read. */
  readonly rules: readonly ColumnRule[] | undefined;
  /** Only rows of a condition are tested: `config.where`. */
  readonly isConditional: boolean;
  readonly file: string;
  readonly range: Range;
}

type RuleReader = (column: string | undefined, args: PlainMap) => readonly ColumnRule[] | undefined;

/** Readers of tests by name; a test that is not here says nothing that the generator could follow. */
const readers: Readonly<Record<string, RuleReader>> = {
  not_null: (column) => onColumn(column, (name) => [{ kind: 'notNull', column: name }]),
  unique: (column) => onColumn(column, (name) => [{ kind: 'unique', columns: [name] }]),
  accepted_values: (column, args) => onColumn(column, (name) => acceptedValues(name, args['values'])),
  relationships: (column, { to, field }) =>
    onColumn(column, (name) =>
      typeof to === 'string' && typeof field === 'string' ? [{ kind: 'parent', column: name, to, field }] : undefined,
    ),
  'dbt_utils.accepted_range': (column, args) =>
    onColumn(column, (name) => [{ kind: 'range', column: name, range: acceptedRange(args) }]),
  'dbt_utils.unique_combination_of_columns': (_, args) => combination(args['combination_of_columns']),
  'dbt_utils.expression_is_true': (column, { expression }) =>
    typeof expression === 'string' ? readRowRule(column === undefined ? expression : `${column} ${expression}`) : [],
  // No text that is made is empty or blank.
  'dbt_utils.not_empty_string': () => [],
  'dbt_utils.not_null_proportion': (column, { at_least: share }) =>
    onColumn(column, (name) => (share === 1 ? [{ kind: 'notNull', column: name }] : undefined)),
  'dbt_expectations.expect_column_values_to_not_be_null': (column) =>
    onColumn(column, (name) => [{ kind: 'notNull', column: name }]),
  'dbt_expectations.expect_column_values_to_be_unique': (column) =>
    onColumn(column, (name) => [{ kind: 'unique', columns: [name] }]),
  'dbt_expectations.expect_column_values_to_be_in_set': (column, args) =>
    onColumn(column, (name) => acceptedValues(name, args['value_set'])),
  'dbt_expectations.expect_column_values_to_be_between': (column, args) =>
    onColumn(column, (name) => [
      { kind: 'range', column: name, range: acceptedRange({ ...args, inclusive: args['strictly'] !== true }) },
    ]),
  'dbt_expectations.expect_compound_columns_to_be_unique': (_, args) => combination(args['column_list']),
};

/** What a test asks; undefined for one that is switched off, or says nothing that the generator could follow. */
export function ruleOfTest(test: TestProperties, column?: string): WrittenRule | undefined {
  const { namespace, testName, config, file, range } = test;
  const name = namespace === undefined || namespace === 'dbt' ? testName : `${namespace}.${testName}`;
  const read = Object.hasOwn(readers, name) ? readers[name] : undefined;
  if (read === undefined || config['enabled'] === false) return undefined;
  const named = test.arguments['column_name'];
  const rules = read(column ?? (typeof named === 'string' ? named : undefined), test.arguments);
  return { name, rules, isConditional: config['where'] !== undefined, file, range };
}

/** What a constraint asks, of the column that it is written under or of those that it names. */
export function ruleOfConstraint(constraint: ConstraintProperties, column?: string): WrittenRule {
  const { type, file, range } = constraint;
  const columns = column === undefined ? constraint.columns : [column];
  return { name: type, rules: rulesOfConstraint(constraint, columns), isConditional: false, file, range };
}

function rulesOfConstraint(
  { type, expression, to, toColumns }: ConstraintProperties,
  columns: readonly string[],
): readonly ColumnRule[] | undefined {
  const notNull = columns.map((column): ColumnRule => ({ kind: 'notNull', column }));
  switch (type) {
    case 'not_null':
      return notNull;
    case 'unique':
      return combination(columns);
    case 'primary_key':
      return [...notNull, { kind: 'unique', columns }];
    case 'check':
      return expression === undefined ? undefined : readRowRule(expression);
    case 'foreign_key': {
      const [, target, key] = /^\s*(?:references\s+)?([\w."]+)\s*\(\s*"?(\w+)"?\s*\)\s*$/i.exec(expression ?? '') ?? [];
      const [parent, field] = [to ?? target, toColumns[0] ?? key];
      const [child, ...others] = columns;
      if (parent === undefined || field === undefined || child === undefined || others.length > 0) return undefined;
      return [{ kind: 'parent', column: child, to: parent, field }];
    }
    case 'custom':
      return undefined;
  }
}

function onColumn(
  column: string | undefined,
  rules: (column: string) => readonly ColumnRule[] | undefined,
): readonly ColumnRule[] | undefined {
  return column === undefined ? undefined : rules(column);
}

function acceptedValues(column: string, values: PlainValue | undefined): readonly ColumnRule[] | undefined {
  if (!isPlainList(values)) return undefined;
  const listed = values.flatMap((value) => (value === null || typeof value === 'object' ? [] : [String(value)]));
  return [{ kind: 'values', column, values: listed, not: false }];
}

function combination(columns: PlainValue | undefined): readonly ColumnRule[] | undefined {
  if (!isPlainList(columns)) return undefined;
  return [{ kind: 'unique', columns: columns.filter((name) => typeof name === 'string') }];
}
