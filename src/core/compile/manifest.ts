import type { Range } from '../diagnostics/text.ts';
import type { Template } from '../jinja/template.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { Project } from '../project/project.ts';
import type {
  ColumnProperties,
  ConstraintProperties,
  ExposureProperties,
  ModelVersion,
  TestProperties,
  VersionProperties,
} from '../project/properties.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { UnitTestOverrides, UnitTestVersions } from '../project/unitTestProperties.ts';
import type { DocBlock } from './docBlocks.ts';
import type { Graph } from './graph.ts';
import type { Group } from './groups.ts';
import type { MacroDefinition, MacroScope } from './macroScope.ts';
import type { Relation } from './relation.ts';
import type { WrittenReference } from './writtenReference.ts';
import type { Fixture, GivenFixture } from './unitTestFixtures.ts';

/** What every node has. */
export interface NodeBase {
  readonly uniqueId: UniqueId;
  readonly name: string;
  readonly packageName: string;
  /** Path below the resource path, as dbt's `path`. */
  readonly path: string;
  /** Path from the project's folder, as dbt's `original_file_path`. */
  readonly originalFilePath: string;
  /** Where the node is declared: the name in YAML, or the file's start. */
  readonly range: Range;
  readonly fqn: readonly string[];
  readonly description: string;
  readonly config: NodeConfig;
  /** The config as it is written, before Jinja in dbt_project.yml is rendered. */
  readonly unrenderedConfig: PlainMap;
  readonly tags: readonly string[];
  /** Ids of what the node reads: sources, then what `ref` names, each in the order of the first use. */
  readonly dependsOn: readonly UniqueId[];
}

/** What a node with a table has, and properties YAML says of it. */
export interface Described {
  readonly relation: Relation;
  readonly columns: readonly ColumnProperties[];
  readonly docBlocks: readonly UniqueId[];
  /** Path of the properties file that describes the node. */
  readonly patchPath: string | undefined;
}

/** A use of `ref()` or `source()` with literal arguments, in the order of the file. */
export interface RefCall {
  readonly name: string;
  readonly packageName: string | undefined;
  /** `v=` or `version=`; undefined for the latest. */
  readonly version: ModelVersion | undefined;
}
export interface SourceCall {
  readonly sourceName: string;
  readonly name: string;
}

interface Rendered {
  readonly rawCode: string;
  readonly template: Template;
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  /** Ids of the macros that the template itself calls when it is read, in the order of the first call. */
  readonly macroIds: readonly UniqueId[];
}

export type Materialization = 'table' | 'view' | 'incremental' | 'ephemeral';

export interface ModelNode extends NodeBase, Described, Rendered {
  readonly resourceType: 'model';
  readonly materialized: Materialization;
  /** Of a model with versions, which one this is; undefined for the others. */
  readonly version: VersionProperties | undefined;
  readonly deprecationDate: string | undefined;
  /** Constraints of the model as a whole; those of its columns stand with them. */
  readonly constraints: readonly ConstraintProperties[];
  /** The macro of the project or of a package that builds it; undefined when dbt's own materialization does. */
  readonly materialization: MacroDefinition | undefined;
  /** False when the model asks for a materialization that is not offered; it is then not run. */
  readonly supported: boolean;
  readonly checksum: string;
}

/** A table that keeps every version of the rows of a query. */
export interface SnapshotNode extends NodeBase, Described, Rendered {
  readonly resourceType: 'snapshot';
  readonly checksum: string;
}

/** A query that is compiled and never run. */
export interface AnalysisNode extends NodeBase, Rendered {
  readonly resourceType: 'analysis';
  readonly columns: readonly ColumnProperties[];
  readonly docBlocks: readonly UniqueId[];
  readonly patchPath: string | undefined;
  /** What `this` is in it, though nothing is built there. */
  readonly here: Relation;
  readonly checksum: string;
}

export interface SeedNode extends NodeBase, Described {
  readonly resourceType: 'seed';
}

export interface SourceNode extends NodeBase, Described {
  readonly resourceType: 'source';
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly loader: string;
  /** CSV file that holds the rows, from the project's folder; undefined when none is named. */
  readonly dataFile: string | undefined;
}

/** How the number of failing rows becomes a verdict (dbt-core: core/dbt/task/test.py). */
export interface TestVerdictRule {
  readonly severity: 'error' | 'warn';
  readonly warnIf: string;
  readonly errorIf: string;
  readonly failCalc: string;
  readonly limit: number | undefined;
}

export interface TestNode extends NodeBase, Rendered {
  readonly resourceType: 'test';
  /** Path of the properties file that describes a singular test. */
  readonly patchPath: string | undefined;
  readonly alias: string;
  /** Where the failing rows would be kept. */
  readonly failuresRelation: Relation;
  readonly verdictRule: TestVerdictRule;
  /** Set for a generic test. */
  readonly generic: GenericTest | undefined;
  readonly checksum: string | undefined;
}

export interface GenericTest {
  readonly properties: TestProperties;
  readonly kwargs: PlainMap;
  readonly columnName: string | undefined;
  /** The node that the test is written under. */
  readonly attachedNode: UniqueId;
}

export interface ExposureNode extends NodeBase {
  readonly resourceType: 'exposure';
  readonly refs: readonly RefCall[];
  readonly sources: readonly SourceCall[];
  readonly properties: ExposureProperties;
}

/** What a unit test gives in place of one of the tables that the tested model reads. */
export interface UnitTestInput extends GivenFixture {
  /** `this` is the model's own table. */
  readonly reads: WrittenReference | { readonly kind: 'this' };
}

/** A model's query on given rows, against the rows that it should give. It reads the one model. */
export interface UnitTestNode extends NodeBase {
  readonly resourceType: 'unit_test';
  /** The model's name as written. */
  readonly model: string;
  /** Version of the tested model, where it has one. */
  readonly version: string | number | undefined;
  /** Schema of the tested model. */
  readonly schema: string;
  readonly given: readonly UnitTestInput[];
  readonly expect: Fixture;
  readonly overrides: UnitTestOverrides | undefined;
  readonly versions: UnitTestVersions | undefined;
  readonly checksum: string;
}

export type ManifestNode =
  ModelNode | SnapshotNode | AnalysisNode | SeedNode | SourceNode | TestNode | UnitTestNode | ExposureNode;

/** A unit test's name with the version of its model behind it, where it has one. */
export function versionedName({ name, version }: UnitTestNode): string {
  return version === undefined ? name : `${name}_v${String(version)}`;
}

/** A hook of a run, `on-run-start` or `on-run-end`; it is no part of the graph. */
export interface OperationNode extends NodeBase {
  readonly resourceType: 'operation';
  readonly hookType: 'on-run-start' | 'on-run-end';
  /** Place among the hooks of its kind in its dbt_project.yml, from zero. */
  readonly index: number;
  readonly rawCode: string;
  readonly checksum: string;
}

/** Nodes that dbt runs one by one: everything but sources and analyses, and the hooks of a run. */
export type RunnableNode = Exclude<ManifestNode, SourceNode | AnalysisNode> | OperationNode;

/** Nodes whose code is compiled. */
export type SqlNode = ModelNode | SnapshotNode | AnalysisNode | TestNode;

/** True for a node whose code is compiled. */
export function isSqlNode(node: ManifestNode | OperationNode): node is SqlNode {
  const { resourceType: type } = node;
  return type === 'model' || type === 'snapshot' || type === 'analysis' || type === 'test';
}

/** Nodes that have rows in the database. */
export type TableNode = Extract<ManifestNode, { readonly relation: Relation }>;

/** True for a node that has rows in the database; an ephemeral model's relation is a name only. */
export function isTableNode(node: ManifestNode | OperationNode): node is TableNode {
  return 'relation' in node;
}

/** A project whose nodes are named, configured and linked. */
export interface Manifest {
  readonly project: Project;
  readonly nodes: ReadonlyMap<UniqueId, ManifestNode>;
  /** What `enabled: false` leaves out, with nothing in `dependsOn`. */
  readonly disabled: readonly ManifestNode[];
  /** Tests that are left out because they read what is not there. */
  readonly unlinked: readonly ManifestNode[];
  readonly docs: readonly DocBlock[];
  readonly groups: readonly Group[];
  readonly graph: Graph;
  readonly macros: MacroScope;
  /** Hooks of a run, by package and in their order. */
  readonly operations: readonly OperationNode[];
}
