import type { Range } from '../diagnostics/text.ts';
import type { PlainMap } from './plainValue.ts';

/**
 * A value of a fixture's row. An integer is a `bigint` and a float a `number`, since dbt writes `7.0` into the query
 * where the YAML has `7.0`, and `7` where it has `7`.
 */
export type FixtureValue = null | boolean | bigint | number | string;

/** Values by the names of their columns, in the order in which they are written. */
export type FixtureRow = ReadonlyMap<string, FixtureValue>;

export const fixtureFormats = ['dict', 'csv', 'sql'] as const;
export type FixtureFormat = (typeof fixtureFormats)[number];

/** Rows that a unit test gives or expects, as written in YAML (dbt-core: artifacts/resources/v1/unit_test_definition.py). */
export interface FixtureProperties {
  readonly format: FixtureFormat;
  /** Mappings of the format `dict`, or the text of CSV or SQL; undefined when there are none, or others. */
  readonly rows: readonly FixtureRow[] | string | undefined;
  /** False when `rows` is missing or null. */
  readonly hasRows: boolean;
  /** Name of a file below `tests/fixtures`, without its ending. */
  readonly fixture: string | undefined;
}

/** The rows that stand for one of the tables that the tested model reads. */
export interface GivenProperties extends FixtureProperties {
  /** `ref('x')`, `source('a', 'b')` or `this`, as written. */
  readonly input: string;
}

/** What a unit test lets the model's Jinja see instead of the project's own. */
export interface UnitTestOverrides {
  /** What macros give, by `name` or `package.name`. */
  readonly macros: PlainMap;
  readonly vars: PlainMap;
  readonly envVars: PlainMap;
}

/** Which versions of a model a unit test is for. */
export interface UnitTestVersions {
  readonly include: readonly (string | number)[] | undefined;
  readonly exclude: readonly (string | number)[] | undefined;
}

/** One of `unit_tests:` in a properties file. */
export interface UnitTestProperties {
  readonly name: string;
  /** Name of the tested model, and behind a space its version where one is meant. */
  readonly model: string;
  readonly description: string;
  readonly given: readonly GivenProperties[];
  readonly expect: FixtureProperties;
  /** Undefined when none are written. */
  readonly overrides: UnitTestOverrides | undefined;
  readonly versions: UnitTestVersions | undefined;
  readonly config: PlainMap;
  readonly file: string;
  readonly range: Range;
}
