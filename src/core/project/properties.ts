import type { Range } from '../diagnostics/text.ts';
import type { PlainMap } from './plainValue.ts';
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
  readonly dataType: string | undefined;
  readonly quote: boolean | undefined;
  readonly meta: PlainMap;
  readonly tags: readonly string[];
  readonly tests: readonly TestProperties[];
  readonly constraints: readonly ConstraintProperties[];
  readonly file: string;
  readonly range: Range;
}

/** What properties YAML says of a model, seed or snapshot. */
export interface NodeProperties {
  readonly kind: 'models' | 'seeds' | 'snapshots';
  readonly name: string;
  /** Of a snapshot that is written in YAML alone: its `ref('x')` or `source('a', 'b')`, and the text of its file. */
  readonly relation: { readonly call: string; readonly fileText: string } | undefined;
  readonly description: string;
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
  /** Configs of the source with those of the table over them; `meta` merged. */
  readonly config: PlainMap;
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
}
