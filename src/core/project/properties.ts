import type { Range } from '../diagnostics/text.ts';
import type { PlainMap } from './plainValue.ts';
import type { UniqueId } from './uniqueId.ts';
import type { UnitTestProperties } from './unitTestProperties.ts';

/** A data test as written under a model, source, seed or column. */
export interface TestProperties {
  /** Name of the generic test, without its package: `unique`, `unique_combination_of_columns`. */
  readonly testName: string;
  /** Package before the dot: `dbt_utils`. */
  readonly namespace: string | undefined;
  readonly arguments: PlainMap;
  readonly config: PlainMap;
  /** The user's own name for it. */
  readonly name: string | undefined;
  readonly description: string;
  readonly file: string;
  readonly range: Range;
}

export type ConstraintType = 'not_null' | 'unique' | 'primary_key' | 'foreign_key' | 'check' | 'custom';

/** A constraint as written under a model, source, seed or column. */
export interface ConstraintProperties {
  readonly type: ConstraintType;
  readonly name: string | undefined;
  /** Whether dbt warns where an adapter has no such constraint, or has it and does not enforce it. */
  readonly warnUnsupported: boolean;
  readonly warnUnenforced: boolean;
  /** Of a constraint on a table: the columns that it is about. */
  readonly columns: readonly string[];
  /** Of a check, its condition; of a foreign key, the `schema.table (column)` behind REFERENCES. */
  readonly expression: string | undefined;
  /** `ref('x')` or `source('a', 'b')` as written. */
  readonly to: string | undefined;
  readonly toColumns: readonly string[];
  readonly file: string;
  readonly range: Range;
}

export interface ColumnProperties {
  readonly name: string;
  readonly description: string;
  /** Ids of the docs blocks that the description takes up, once it is rendered. */
  readonly docBlocks: readonly UniqueId[];
  readonly dataType: string | undefined;
  readonly quote: boolean | undefined;
  readonly meta: PlainMap;
  readonly tags: readonly string[];
  readonly tests: readonly TestProperties[];
  readonly constraints: readonly ConstraintProperties[];
  readonly file: string;
  readonly range: Range;
}

/** A version of a model, as YAML tells the versions apart: a number where it is written as one. */
export type ModelVersion = string | number;

/** Of one of the `versions:` of a model: which it is, and where its SQL is. */
export interface VersionProperties {
  readonly v: ModelVersion;
  /** What a ref without a version means: `latest_version`, or the highest of all. */
  readonly latest: ModelVersion;
  /** Name of the file without its ending, where it is not the model's with `_v1` behind it. */
  readonly definedIn: string | undefined;
}

/** What properties YAML says of a model (or one version of it), seed, snapshot, analysis or singular test. */
export interface NodeProperties {
  readonly kind: 'models' | 'seeds' | 'snapshots' | 'analyses' | 'data_tests';
  readonly name: string;
  /** Undefined for all but models that have versions. */
  readonly version: VersionProperties | undefined;
  /** `deprecation_date` of a model, as written. */
  readonly deprecationDate: string | undefined;
  /** Of a snapshot that is written in YAML alone: its `ref('x')` or `source('a', 'b')`, and the text of its file. */
  readonly relation: { readonly call: string; readonly fileText: string } | undefined;
  readonly description: string;
  readonly docBlocks: readonly UniqueId[];
  readonly config: PlainMap;
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestProperties[];
  readonly constraints: readonly ConstraintProperties[];
  readonly file: string;
  readonly range: Range;
}

/** One table of a declared source. */
export interface SourceProperties {
  readonly sourceName: string;
  readonly sourceDescription: string;
  readonly name: string;
  readonly identifier: string;
  readonly schema: string;
  readonly database: string | undefined;
  readonly loader: string;
  readonly description: string;
  readonly docBlocks: readonly UniqueId[];
  /** Configs of the source with those of the table over them; `meta` merged. */
  readonly config: PlainMap;
  /** Tags that stand beside the source and beside the table, not under `config`: the tests of the table have them too. */
  readonly testTags: readonly string[];
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestProperties[];
  readonly constraints: readonly ConstraintProperties[];
  readonly file: string;
  readonly range: Range;
}

/** A use of the project's data that dbt does not run: a dashboard, a notebook. */
export interface ExposureProperties {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  /** `ref('x')` and `source('a', 'b')` as written. */
  readonly dependsOn: readonly string[];
  readonly owner: PlainMap;
  readonly label: string | undefined;
  readonly maturity: string | undefined;
  readonly url: string | undefined;
  readonly config: PlainMap;
  readonly file: string;
  readonly range: Range;
}

/** People to ask about models, and the models that only they may build on (dbt-core: artifacts/resources/v1/group.py). */
export interface GroupProperties {
  readonly name: string;
  readonly description: string;
  readonly owner: PlainMap;
  readonly config: PlainMap;
  readonly file: string;
  readonly range: Range;
}

/** An argument of a macro as YAML describes it. */
export interface MacroArgument {
  readonly name: string;
  readonly type: string | undefined;
  readonly description: string;
}

/** What properties YAML says of a macro. */
export interface MacroProperties {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly MacroArgument[];
  readonly config: PlainMap;
  readonly file: string;
  readonly range: Range;
}

/** Everything that the properties files of a project declare. */
export interface Properties {
  readonly nodes: readonly NodeProperties[];
  readonly sources: readonly SourceProperties[];
  readonly exposures: readonly ExposureProperties[];
  readonly unitTests: readonly UnitTestProperties[];
  readonly groups: readonly GroupProperties[];
  readonly macros: readonly MacroProperties[];
}
