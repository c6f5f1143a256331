import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import type { ColumnProperties, SourceProperties, TestProperties } from '../project/properties.ts';
import type { DataColumn, DataTable, Relationship } from './dataModel.ts';

/** Where a table's CSV file is when neither its source nor the table says so. */
const defaultLocation = 'data/{name}.csv';

/** Describes the tables of a project's sources to the generator: the one file that knows both sides. */
export function tablesFromSources(sources: readonly SourceProperties[]): readonly DataTable[] {
  return sources.map((source) => ({
    id: tableId(source.sourceName, source.name),
    name: source.name,
    path: csvPath(source),
    columns: source.columns.map((column) => dataColumn(source, column)),
    rowHints: hintsOf(mapAt(source.config, 'meta')),
    file: source.file,
    range: source.range,
  }));
}

/**
 * The CSV file of a source's table, relative to the project's folder. It is named as dbt-duckdb's sources do:
 * `external_location` in meta or config, with `{name}`, `{identifier}` and `{schema}` filled in.
 */
export function csvPath(source: Pick<SourceProperties, 'name' | 'identifier' | 'schema' | 'config'>): string {
  const location = source.config['external_location'] ?? mapAt(source.config, 'meta')['external_location'];
  const names: Readonly<Record<string, string>> = {
    name: source.name,
    identifier: source.identifier,
    schema: source.schema,
  };
  const template = typeof location === 'string' ? location : defaultLocation;
  return template.replace(/\{(\w+)\}/g, (whole, key: string) => names[key] ?? whole).replace(/^\.\//, '');
}

function dataColumn(source: SourceProperties, column: ColumnProperties): DataColumn {
  const tests = [...column.tests, ...source.tests.filter((test) => test.arguments['column_name'] === column.name)];
  const find = (name: string): TestProperties | undefined => tests.find((test) => isBuiltIn(test, name));
  return {
    name: column.name,
    dataType: column.dataType,
    notNull: find('not_null') !== undefined,
    unique: find('unique') !== undefined,
    acceptedValues: acceptedValues(find('accepted_values')?.arguments['values']),
    relationship: relationshipOf(find('relationships')),
    hints: hintsOf(column.meta),
    file: column.file,
    range: column.range,
  };
}

function isBuiltIn(test: TestProperties, name: string): boolean {
  return test.testName === name && (test.namespace === undefined || test.namespace === 'dbt');
}

function acceptedValues(values: PlainValue | undefined): readonly string[] | undefined {
  if (!isPlainList(values)) return undefined;
  return values.flatMap((value) => (value === null || typeof value === 'object' ? [] : [String(value)]));
}

/** The parent of a `relationships` test; a parent that is a model is made by dbt, not here. */
function relationshipOf(test: TestProperties | undefined): Relationship | undefined {
  const { to, field } = test?.arguments ?? {};
  if (typeof to !== 'string' || typeof field !== 'string') return undefined;
  const match = /^\s*source\(\s*(['"])(.+?)\1\s*,\s*(['"])(.+?)\3\s*\)\s*$/.exec(to);
  const [, , source, , table] = match ?? [];
  return source === undefined || table === undefined ? undefined : { table: tableId(source, table), column: field };
}

function tableId(source: string, table: string): string {
  return `${source}.${table}`;
}

function hintsOf(meta: PlainMap): PlainMap {
  return mapAt(meta, 'modelyard');
}

function mapAt(map: PlainMap, key: string): PlainMap {
  const value = map[key];
  return isPlainMap(value) ? value : {};
}
