import { displayText } from '../jinja/values/display.ts';
import type { FixtureRow, FixtureValue } from '../project/unitTestProperties.ts';
import type { ExistingColumn } from './compileEnvironment.ts';

/** A fixture's query, or the column of a row that its table does not have. */
export type FixtureSql = { readonly sql: string } | { readonly unknownColumn: string };

/**
 * The query that gives rows in place of a table, whose columns decide the types: what a row leaves out is null
 * (dbt-adapters: unit_test_sql/get_fixture_sql.sql).
 */
export function fixtureSql(name: string, rows: readonly FixtureRow[], known: readonly ExistingColumn[]): FixtureSql {
  const columns = known.map((column) => withDigits(column, rows));
  const unknownColumn = columnNotIn(rows, columns);
  if (unknownColumn !== undefined) return { unknownColumn };
  const nulls = columns.map((column) => [column.name.toLowerCase(), cast('null', column.dataType).trim()] as const);
  const head = `\n-- Fixture for ${name}\n`;
  if (rows.length === 0) return { sql: `${head}${select(nulls)}\n    limit 0` };
  const selects = rows.map((row) => select([...new Map([...nulls, ...castRow(row, columns)])]));
  return { sql: head + selects.join('\nunion all\n') };
}

/** The query of the rows that are expected. There must be one at least. */
export function expectedSql(rows: readonly FixtureRow[], columns: readonly ExistingColumn[]): FixtureSql {
  const unknownColumn = columnNotIn(rows, columns);
  if (unknownColumn !== undefined) return { unknownColumn };
  return { sql: rows.map((row) => select(castRow(row, columns))).join('\nunion all\n') };
}

type Assigned = readonly (readonly [string, string])[];

function select(values: Assigned): string {
  return `select${values.map(([name, value]) => ` ${value} as ${name}`).join(',')}`;
}

function columnNotIn(rows: readonly FixtureRow[], columns: readonly ExistingColumn[]): string | undefined {
  const known = new Set(columns.map(({ name }) => name.toLowerCase()));
  const names = rows.flatMap((row) => [...row.keys()].map((name) => name.toLowerCase()));
  return names.find((name) => !known.has(name));
}

/**
 * A decimal's digits may be known from the rows that are there only, so that a fixture may have more: its values are
 * not to be rounded.
 */
function withDigits(column: ExistingColumn, rows: readonly FixtureRow[]): ExistingColumn {
  const scale = /,(\d+)\)$/.exec(column.dataType ?? '')?.[1];
  if (scale === undefined) return column;
  const values = rows.flatMap((row) => [...row].filter(([name]) => name.toLowerCase() === column.name.toLowerCase()));
  const digits = values.map(([, value]) => /\.(\d+)\s*$/.exec(String(value))?.[1]?.length ?? 0);
  const most = Math.max(Number(scale), ...digits);
  return { ...column, dataType: column.dataType?.replace(/,\d+\)$/, `,${String(most)})`) };
}

function castRow(row: FixtureRow, columns: readonly ExistingColumn[]): Assigned {
  const types = new Map(columns.map(({ name, dataType }) => [name.toLowerCase(), dataType]));
  return [...row].map(([name, value]) => {
    const key = name.toLowerCase();
    return [key, cast(literal(value), types.get(key))];
  });
}

function literal(value: FixtureValue): string {
  if (value === null) return 'null';
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : displayText(value);
}

/** A cast with dbt's white space. A value for a column whose type is not known is left as it is. */
function cast(value: string, dataType: string | undefined): string {
  return dataType === undefined ? value : `\n    \n    cast(${value} as ${dataType})\n`;
}
