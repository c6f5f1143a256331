import type { TestNode } from '../compile/manifest.ts';
import { isPlainList, type PlainValue } from '../project/plainValue.ts';
import type { DisplayValue } from '../run/displayValue.ts';
import { exprText, type ExplainedQuery, type QueryValue } from './explainQuery.ts';
import { sayTerm, type SaidValue } from './sayTerm.ts';

/** What a test's query gave for a row. */
export interface FailingValues {
  /** The query's own columns with their values. */
  readonly columns: readonly (readonly [name: string, value: DisplayValue])[];
  /** Whether the reason in an added column holds. */
  readonly holds: (column: number) => boolean;
  readonly valueOf: (value: QueryValue) => SaidValue;
}

/** The reasons in words for which a test gave a row. There is always one. */
export function sayFailure(test: TestNode, explained: ExplainedQuery, values: FailingValues): readonly string[] {
  const generic = sayGeneric(test, values);
  if (generic !== undefined) return [generic];
  const sql = explained.original;
  const reasons = explained.reasons.filter(({ column }) => values.holds(column));
  const said = reasons.map(({ terms }) =>
    terms
      .map((term) =>
        sayTerm(term, sql, (expr) => {
          const value = explained.values.get(exprText(sql, expr));
          return value === undefined ? undefined : values.valueOf(value);
        }),
      )
      .join(' and '),
  );
  if (said.length > 0) return said;
  const row = values.columns.map(([name, value]) => `${name}: ${shown(value)}`);
  return [`the test gives the row ${row.join(', ')}`];
}

/** What a failing row of dbt's own generic tests says (dbt-adapters: global_project/macros/generic_test_sql). */
function sayGeneric({ generic }: TestNode, { columns }: FailingValues): string | undefined {
  if (generic === undefined || generic.properties.namespace !== undefined) return undefined;
  const { properties, kwargs, columnName = '' } = generic;
  const value = (name: string): string => shown(columns.find(([column]) => column === name)?.[1] ?? null);
  switch (properties.testName) {
    case 'not_null':
      return `${columnName} is empty`;
    case 'unique':
      return `${columnName} ${value('unique_field')} occurs ${value('n_records')} times`;
    case 'accepted_values':
      return `${columnName} ${value('value_field')} is none of ${listed(kwargs['values'])}`;
    case 'relationships': {
      const field = plainText(kwargs['field']);
      return `${columnName} ${value('from_field')} is the ${field} of no row of ${referenced(kwargs['to'])}`;
    }
    default:
      return undefined;
  }
}

function listed(values: PlainValue | undefined): string {
  return isPlainList(values) ? values.map(plainText).join(', ') : plainText(values);
}

/** The table that `source('raw', 'players')` or `ref('players')` names. */
function referenced(to: PlainValue | undefined): string {
  const names = [...plainText(to).matchAll(/(['"])(.*?)\1/g)].map((match) => match[2]);
  return names.at(-1) ?? plainText(to);
}

function shown(value: DisplayValue): string {
  return value === null ? 'empty' : String(value);
}

function plainText(value: PlainValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
