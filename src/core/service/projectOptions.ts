import type { StateTexts } from '../artifacts/previousState.ts';
import type { WarningRules } from '../diagnostics/warningRules.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { Deferral } from './deferral.ts';

/** What holds for all commands on a project. */
export interface ProjectOptions {
  /** `--target`; the profile's own when undefined. */
  readonly targetName: string | undefined;
  /** `--vars` */
  readonly vars: PlainMap;
  /** `--profile`; that of dbt_project.yml when undefined. */
  readonly profileName?: string | undefined;
  /** `--target-path`, from the project's folder; that of dbt_project.yml when undefined. */
  readonly targetPath?: string | undefined;
  /** `--warn-error` and its options. */
  readonly warnings?: WarningRules | undefined;
  /** `--state`: the artifacts of another run, as they were when the command began. */
  readonly state?: (Omit<StateTexts, 'currentSources'> & { readonly folder: string }) | undefined;
  /** `--defer` */
  readonly deferral?: Deferral | undefined;
  /** `--no-write-json`: a run leaves the artifacts of the last one. */
  readonly writesNoJson?: boolean;
  /** The arguments of the one command that the project is opened for, by dbt's names. */
  readonly args?: PlainMap;
}
