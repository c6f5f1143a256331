import type { Diagnostic, Outcome } from '../diagnostics/diagnostic.ts';
import { externalLocation } from '../project/externalLocation.ts';
import { isPlainMap, type PlainMap } from '../project/plainValue.ts';
import type { ColumnProperties, NodeProperties, Properties, SourceProperties } from '../project/properties.ts';
import { ruleOfConstraint, ruleOfTest, type WrittenRule } from './columnRule.ts';
import type { DataColumn, DataTable } from './dataModel.ts';
import { followRules, type FindParent } from './followRules.ts';
import { orderByNames } from './orderColumns.ts';

/** What tells of tables: the sources, and the seeds that have no file yet. */
export interface DescribedTables {
  readonly properties: Pick<Properties, 'sources' | 'nodes'>;
  /** The seeds that have a file. */
  readonly seeds: readonly DescribedSeed[];
  readonly config: { readonly seedPaths: readonly string[] };
}

/** A seed with a file, and the values in it as far as they were read. */
export interface DescribedSeed {
  readonly name: string;
  /** Different values by the column's name in lower case. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
}

/**
 * Describes the tables of a project to the generator: the one file that knows both sides. They are those of its
 * sources and the seeds that properties describe and that have no file; a seed with a file is the user's own data.
 * Columns that a source table does not list, and that models read, are given by the table's id and come after those
 * that it lists. What tests and constraints ask that cannot be followed is a warning.
 */
export function tablesFromSources(
  { properties, seeds, config }: DescribedTables,
  columnsByTable: ReadonlyMap<string, readonly string[]> = new Map(),
): Outcome<readonly DataTable[]> {
  const isDescribed = ({ kind, name, columns }: NodeProperties): boolean =>
    kind === 'seeds' && columns.length > 0 && !seeds.some((seed) => seed.name === name);
  const missing = properties.nodes.filter(isDescribed);
  const findParent = parentFinder(properties.sources, missing, seeds);
  const diagnostics: Diagnostic[] = [];
  const described = (table: DataTable, from: SourceProperties | NodeProperties): DataTable => {
    const { value, diagnostics: faults } = followRules(table, writtenRules(from), findParent);
    diagnostics.push(...faults);
    const columns = new Map(value.columns.map((column) => [column.name, column]));
    orderByNames(columns);
    return { ...value, columns: [...columns.values()] };
  };
  const value = [
    ...properties.sources.map((source) =>
      described(sourceTable(source, columnsByTable.get(tableId(source.sourceName, source.name)) ?? []), source),
    ),
    ...missing.map((seed) => described(seedTable(seed, config.seedPaths[0] ?? 'seeds'), seed)),
  ];
  return { value, diagnostics };
}

/** A table that gives each of its columns a type is taken to list them all; others often list the tested ones. */
export function listsAllColumns({ columns }: Pick<SourceProperties, 'columns'>): boolean {
  return columns.length > 0 && columns.every((column) => column.dataType !== undefined);
}

/** The id of a source's table in the generator: `source.table`. */
export function tableId(source: string, table: string): string {
  return `${source}.${table}`;
}

/** The id of a seed in the generator. */
export function seedId(name: string): string {
  return tableId('seeds', name);
}

function sourceTable(source: SourceProperties, read: readonly string[]): DataTable {
  const names = new Set(source.columns.map((column) => column.name.toLowerCase()));
  const unlisted = read.filter((name) => !names.has(name.toLowerCase()));
  const { file, range } = source;
  return {
    id: tableId(source.sourceName, source.name),
    name: source.name,
    path: externalLocation(source).path,
    columns: [
      ...source.columns.map((column) => dataColumn(column)),
      // A column that only models tell of is declared where its table is.
      ...unlisted.map((name) => dataColumn({ name, dataType: undefined, meta: {}, file, range })),
    ],
    uniqueCombinations: [],
    rowHints: hintsOf(mapAt(source.config, 'meta')),
    file,
    range,
  };
}

/** A seed's types are those of its `column_types` where its columns name none. */
function seedTable(seed: NodeProperties, folder: string): DataTable {
  const types = mapAt(seed.config, 'column_types');
  const { name, file, range } = seed;
  return {
    id: seedId(name),
    name,
    path: `${folder}/${name}.csv`,
    columns: seed.columns.map((column) => {
      const type = types[column.name];
      return dataColumn({ ...column, dataType: column.dataType ?? (typeof type === 'string' ? type : undefined) });
    }),
    uniqueCombinations: [],
    rowHints: hintsOf(mapAt(seed.config, 'meta')),
    file,
    range,
  };
}

function dataColumn(column: Pick<ColumnProperties, 'name' | 'dataType' | 'meta' | 'file' | 'range'>): DataColumn {
  const { name, dataType, meta, file, range } = column;
  return {
    name,
    dataType,
    notNull: false,
    unique: false,
    acceptedValues: undefined,
    relationship: undefined,
    acceptedRange: undefined,
    hints: hintsOf(meta),
    file,
    range,
  };
}

/** What the tests and constraints of a table and of its columns ask. */
function writtenRules({ tests, constraints, columns }: SourceProperties | NodeProperties): readonly WrittenRule[] {
  return [
    ...columns.flatMap((column) => [
      ...column.tests.flatMap((test) => ruleOfTest(test, column.name) ?? []),
      ...column.constraints.map((constraint) => ruleOfConstraint(constraint, column.name)),
    ]),
    ...tests.flatMap((test) => ruleOfTest(test) ?? []),
    ...constraints.map((constraint) => ruleOfConstraint(constraint)),
  ];
}

const sourceCall = /^\s*source\(\s*(['"])(.+?)\1\s*,\s*(['"])(.+?)\3\s*\)\s*$/;
const refCall = /^\s*ref\(\s*(['"])(.+?)\1\s*\)\s*$/;

/** Finds parents among the tables that are made, and the values of seeds with a file; models are made by dbt. */
function parentFinder(
  sources: readonly SourceProperties[],
  missing: readonly NodeProperties[],
  seeds: readonly DescribedSeed[],
): FindParent {
  return (to, field) => {
    const [, , source, , table] = sourceCall.exec(to) ?? [];
    if (source !== undefined && table !== undefined) return { table: tableId(source, table), column: field };
    const [, , seed] = refCall.exec(to) ?? [];
    if (seed !== undefined) {
      if (missing.some(({ name }) => name === seed)) return { table: seedId(seed), column: field };
      return seeds.find(({ name }) => name === seed)?.values?.get(field.toLowerCase());
    }
    const [name, schema] = to.replaceAll('"', '').toLowerCase().split('.').reverse();
    const meant = sources.filter(
      (one) => one.identifier.toLowerCase() === name && (schema === undefined || one.schema.toLowerCase() === schema),
    );
    const [only, ...others] = meant;
    return only === undefined || others.length > 0
      ? undefined
      : { table: tableId(only.sourceName, only.name), column: field };
  };
}

function hintsOf(meta: PlainMap): PlainMap {
  return mapAt(meta, 'modelyard');
}

function mapAt(map: PlainMap, key: string): PlainMap {
  const value = map[key];
  return isPlainMap(value) ? value : {};
}
