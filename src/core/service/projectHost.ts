import type { TemplateMessage } from '../compile/compileEnvironment.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { ProfilesFile } from '../project/readTarget.ts';
import type { Clock } from '../run/clock.ts';
import type { SqlEngine } from '../run/sqlEngine.ts';

/** What a project needs of the place it is opened in: an editor, a command line, a test. */
export interface ProjectHost {
  readonly files: ProjectFiles;
  readonly engine: SqlEngine;
  readonly clock: Clock;
  /** An environment variable; undefined when it is not set, or when the host has none. */
  environmentVariable(name: string): string | undefined;
  /** The environment variables that begin with `DBT_ENV_CUSTOM_ENV_`, by the rest of their names, where the host can list them. */
  customVariables?(): Readonly<Record<string, string>>;
  /** Hears what templates say by `log`, `print` and `exceptions.warn`. */
  say?(message: TemplateMessage): void;
  /** A new UUID, for dbt's invocation id. */
  newId(): string;
  /** profiles.yml from outside the project (`--profiles-dir`, `~/.dbt`), when the project has none of its own. */
  profiles(): Promise<ProfilesFile | undefined>;
}
