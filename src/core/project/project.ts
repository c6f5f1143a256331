import type { FixtureFile } from './fixtureFiles.ts';
import type { PlainMap } from './plainValue.ts';
import type { ProjectConfig } from './projectConfig.ts';
import type { NotRun } from './notRun.ts';
import type { Properties } from './properties.ts';
import type { Target } from './target.ts';
import type { YamlNode } from './yamlNode.ts';

/** A file of SQL and Jinja below one of the project's paths. */
export interface SqlFile {
  /** Path from the project's folder. */
  readonly path: string;
  /** Path below the resource path: `core/x.sql` for `models/core/x.sql`. */
  readonly relativePath: string;
  /** File name without `.sql`. */
  readonly name: string;
  readonly text: string;
}

/** A CSV below a seed path; its rows are read when it is loaded. */
export interface SeedFile {
  readonly path: string;
  readonly relativePath: string;
  readonly name: string;
}

/** What the files of a dbt project say, before any model is rendered. */
export interface Project {
  readonly config: ProjectConfig;
  readonly target: Target;
  /** `--vars` over the vars of dbt_project.yml. */
  readonly vars: PlainMap;
  readonly models: readonly SqlFile[];
  /** Files that hold snapshot blocks. */
  readonly snapshots: readonly SqlFile[];
  readonly analyses: readonly SqlFile[];
  /** Singular tests: the files of the test paths that are not generic tests. */
  readonly tests: readonly SqlFile[];
  /** Files of macros and generic tests. */
  readonly macros: readonly SqlFile[];
  readonly seeds: readonly SeedFile[];
  readonly properties: Properties;
  /** What unit tests name by `fixture:`, and the seeds whose rows they take. */
  readonly fixtures: readonly FixtureFile[];
  /** selectors.yml; undefined when there is none. */
  readonly selectors: YamlNode | undefined;
  /** What the project has and the embedded engine does not run. */
  readonly notRun: readonly NotRun[];
  /** Every file of the project. */
  readonly files: readonly string[];
}
