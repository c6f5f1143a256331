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

/** A Markdown file, which may hold docs blocks. */
export interface DocsFile {
  readonly path: string;
  readonly relativePath: string;
  readonly text: string;
}

/** What the files of a dbt project say, before any model is rendered. */
export interface Project {
  readonly config: ProjectConfig;
  /** Folder of a package, from that of the project that is run and with a slash at the end; empty for the latter. */
  readonly folder: string;
  /** Name of the project that is run; a package's own name is in its config. */
  readonly rootName: string;
  /** Installed packages; a package has none of its own. */
  readonly packages: readonly Project[];
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
  readonly docs: readonly DocsFile[];
  readonly properties: Properties;
  /** What unit tests name by `fixture:`, and the seeds whose rows they take. */
  readonly fixtures: readonly FixtureFile[];
  /** selectors.yml; undefined when there is none. */
  readonly selectors: YamlNode | undefined;
  /** What the project has and the embedded engine does not run. */
  readonly notRun: readonly NotRun[];
  /** Every file of the project that is run. */
  readonly files: readonly string[];
}

/** The project itself or the package of it that has this name; the project where there is none. */
export function packageOf(project: Project, packageName: string): Project {
  return project.packages.find((one) => one.config.name === packageName) ?? project;
}

/** A file's path from the folder of the package that it belongs to, as dbt's `original_file_path`. */
export function pathInPackage(project: Project, packageName: string, file: string): string {
  const { folder } = packageOf(project, packageName);
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}
