import { externalLocation } from '../project/externalLocation.ts';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';
import type { ColumnProperties, SourceProperties, TestProperties } from '../project/properties.ts';
import { acceptedRange } from './acceptedRange.ts';
import type { DataColumn, DataTable, Relationship, UniqueCombination } from './dataModel.ts';

/**
 * Describes the tables of a project's sources to the generator: the one file that knows both sides. Columns that a
 * table does not list, and that models read, are given by the table's id and come after those that it lists.
 */
export function tablesFromSources(
  sources: readonly SourceProperties[],
  columnsByTable: ReadonlyMap<string, readonly string[]> = new Map(),
): readonly DataTable[] {
  return sources.map((source) => {
    const id = tableId(source.sourceName, source.name);
    const listed = source.columns.map((column) => dataColumn(source, column));
    const names = new Set(listed.map((column) => column.name.toLowerCase()));
    const read = (columnsByTable.get(id) ?? []).filter((name) => !names.has(name.toLowerCase()));
    return {
      id,
      name: source.name,
      path: externalLocation(source).path,
      columns: [...listed, ...read.map((name) => unlistedColumn(source, name))],
      uniqueCombinations: source.tests.flatMap(uniqueCombination),
      rowHints: hintsOf(mapAt(source.config, 'meta')),
      file: source.file,
      range: source.range,
    };
  });
}

/** A table that gives each of its columns a type is taken to list them all; others often list the tested ones. */
export function listsAllColumns({ columns }: Pick<SourceProperties, 'columns'>): boolean {
  return columns.length > 0 && columns.every((column) => column.dataType !== undefined);
}

/** A column that only models tell of, declared where its table is. */
function unlistedColumn(source: SourceProperties, name: string): DataColumn {
  const { file, range } = source;
  return dataColumn(source, { name, dataType: undefined, meta: {}, tests: [], file, range });
}

function dataColumn(
  source: SourceProperties,
  column: Pick<ColumnProperties, 'name' | 'dataType' | 'meta' | 'tests' | 'file' | 'range'>,
): DataColumn {
  const tests = [...column.tests, ...source.tests.filter((test) => test.arguments['column_name'] === column.name)];
  const find = (name: string): TestProperties | undefined => tests.find((test) => isBuiltIn(test, name));
  return {
    name: column.name,
    dataType: column.dataType,
    notNull: find('not_null') !== undefined,
    unique: find('unique') !== undefined,
    acceptedValues: acceptedValues(find('accepted_values')?.arguments['values']),
    relationship: relationshipOf(find('relationships')),
    acceptedRange: acceptedRange(tests.find(isAcceptedRange)?.arguments),
    hints: hintsOf(column.meta),
    file: column.file,
    range: column.range,
  };
}

function isBuiltIn(test: TestProperties, name: string): boolean {
  return test.testName === name && (test.namespace === undefined || test.namespace === 'dbt');
}

function isAcceptedRange({ testName, namespace }: TestProperties): boolean {
  return testName === 'accepted_range' && namespace === 'dbt_utils';
}

function uniqueCombination(test: TestProperties): readonly UniqueCombination[] {
  const columns = test.arguments['combination_of_columns'];
  if (test.testName !== 'unique_combination_of_columns' || test.namespace !== 'dbt_utils') return [];
  if (!isPlainList(columns)) return [];
  const names = columns.filter((name) => typeof name === 'string');
  return [{ columns: names, file: test.file, range: test.range }];
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

/** The id of a source's table in the generator: `source.table`. */
export function tableId(source: string, table: string): string {
  return `${source}.${table}`;
}

function hintsOf(meta: PlainMap): PlainMap {
  return mapAt(meta, 'modelyard');
}

function mapAt(map: PlainMap, key: string): PlainMap {
  const value = map[key];
  return isPlainMap(value) ? value : {};
}
