import type * as vscode from 'vscode';
import type { DbtPlaces, DbtSearch, ProgramHost } from './dbt/dbtProgram.ts';
import type { ProfilesFile } from '../core/project/readTarget.ts';
import type { SqlEngine } from '../core/run/sqlEngine.ts';

/** What differs between the Node host and the web host; each entry point brings its own. */
export interface ExtensionHost {
  /** Starts an engine for one project. */
  startEngine(extensionUri: vscode.Uri): SqlEngine;
  environmentVariable(name: string): string | undefined;
  /** profiles.yml in the user's home folder, where there is one. */
  homeProfiles(): Promise<ProfilesFile | undefined>;
  /** Finds and runs dbt; undefined where no program can be run. */
  readonly dbt?: ProgramHost & { readonly find: (places: DbtPlaces) => Promise<DbtSearch> };
}
