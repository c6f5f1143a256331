import { parseTemplate } from '../jinja/template.ts';
import { reprText } from '../jinja/values/display.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { testConfigKeys } from '../project/readTestProperties.ts';
import type { ColumnProperties, ModelVersion, TestProperties } from '../project/properties.ts';
import { uniqueId, type UniqueId } from '../project/uniqueId.ts';
import type { GenericTest, RefCall, SourceCall } from './manifest.ts';
import { quoteForAdapter } from './relation.ts';
import { genericTestHash, genericTestName } from './testName.ts';

/** The use of what a generic test is written under. */
export type TestedRead =
  { readonly kind: 'ref'; readonly call: RefCall } | { readonly kind: 'source'; readonly call: SourceCall };

/** What a generic test is written under. */
export interface TestedNode {
  readonly uniqueId: UniqueId;
  readonly packageName: string;
  readonly adapterType: string;
  /** `stg_books`; for a source `raw_players`, with `isSource` set. */
  readonly nameInTests: string;
  readonly isSource: boolean;
  /** Version of a model that has some. */
  readonly version: ModelVersion | undefined;
  /** `ref('stg_books')` or `source('raw', 'players')`, and what it means. */
  readonly call: string;
  readonly reads: TestedRead;
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestProperties[];
  /** Tags that all its tests have. */
  readonly testTags: readonly string[];
}

/** A generic test with its names, before its template is rendered. */
export interface DeclaredTest {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly alias: string;
  readonly rawCode: string;
  readonly config: PlainMap;
  /** Tags of the source and of the column that it is written under (dbt-core: parser/sources.py, parse_source_test). */
  readonly tagsAbove: readonly string[];
  /** What the test is written under is this version of a model. */
  readonly version: ModelVersion | undefined;
  readonly reads: TestedRead;
  readonly generic: GenericTest;
}

/** The tests written under a node and its columns, named as dbt names them. */
export function declaredTests(node: TestedNode): readonly DeclaredTest[] {
  const ofColumns = node.columns.flatMap((column) =>
    column.tests.map((properties) => declare(node, properties, column)),
  );
  return [...ofColumns, ...node.tests.map((properties) => declare(node, properties, undefined))];
}

/** A column's name as tests are given it: in quotes where the column asks for them (dbt-core: parser/schema_generic_tests.py). */
function columnInSql({ adapterType }: TestedNode, { name, quote }: ColumnProperties): string {
  return quote === true ? quoteForAdapter(name, adapterType) : name;
}

function declare(node: TestedNode, properties: TestProperties, column: ColumnProperties | undefined): DeclaredTest {
  const columnName = column?.name;
  const { testName, namespace } = properties;
  const kwargs: PlainMap = {
    ...properties.arguments,
    ...(column === undefined ? {} : { column_name: columnInSql(node, column) }),
    model: `{{ get_where_subquery(${node.call}) }}`,
  };
  const prefixed = [namespace, node.isSource ? 'source' : undefined, testName].filter((part) => part !== undefined);
  const names = genericTestName(prefixed.join('_'), node.nameInTests, kwargs);
  const name = properties.name ?? names.full;
  const alias = properties.name ?? names.short;
  const shortened = properties.name === undefined && names.short !== names.full ? { alias } : {};
  // A config that is none is as one that is not written (generic_test_builders.py, _render_values).
  const written = Object.entries(properties.config).filter(([, value]) => value !== null);
  const config: PlainMap = { ...shortened, ...Object.fromEntries(written) };
  const hash = genericTestHash(name, { namespace: namespace ?? null, name: testName, kwargs });
  return {
    uniqueId: uniqueId('test', node.packageName, name, hash),
    name,
    alias,
    rawCode: rawCode(properties, config),
    config,
    tagsAbove: [...node.testTags, ...(column?.tags ?? [])],
    version: node.version,
    reads: node.reads,
    generic: { properties, kwargs, columnName, attachedNode: node.uniqueId },
  };
}

function rawCode({ testName, namespace }: TestProperties, config: PlainMap): string {
  const macro = namespace === undefined ? `test_${testName}` : `${namespace}.test_${testName}`;
  const settings = Object.entries(config)
    .sort(([a], [b]) => orderOf(a) - orderOf(b))
    .map(
      ([key, value]) =>
        `${key}=${typeof value === 'string' ? `"${value.replaceAll('"', '\\"')}"` : reprText(fromPlain(value))}`,
    );
  const configCall = settings.length === 0 ? '' : `{{ config(${settings.join(',')}) }}`;
  return `{{ ${macro}(**_dbt_generic_test_kwargs) }}${configCall}`;
}

/** The configs stand in the order in which dbt knows them, and an alias that it made itself behind all others. */
const configOrder = [...testConfigKeys];

function orderOf(key: string): number {
  const at = configOrder.indexOf(key);
  return at === -1 ? configOrder.length : at;
}

/** The template of a declared test; its faults point at the place in the YAML where the test is written. */
export function templateOf(declared: DeclaredTest): ReturnType<typeof parseTemplate> {
  return parseTemplate(declared.rawCode, declared.generic.properties.file);
}
