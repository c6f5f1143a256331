import { buildManifest } from '../compile/buildManifest.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import type { Manifest } from '../compile/manifest.ts';
import { observedEnvironment } from '../compile/observedEnvironment.ts';
import { renderProjectText, renderPropertiesText } from '../compile/renderProjectText.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { applyWarningRules } from '../diagnostics/warningRules.ts';
import { loadProject } from '../project/loadProject.ts';
import { Memo } from '../project/memo.ts';
import type { Project } from '../project/project.ts';
import type { StateLookup } from '../select/evaluateSelection.ts';
import { readSelectors } from '../select/readSelectors.ts';
import type { ProjectHost } from './projectHost.ts';
import type { ProjectOptions } from './projectOptions.ts';
import { RememberedFiles } from './rememberedFiles.ts';
import { stateLookup } from './stateLookup.ts';

/** A project as it was read. Without a manifest it cannot be used, and the diagnostics say why. */
export interface ReadProject {
  readonly project: Project | undefined;
  readonly manifest: Manifest | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a project, and again after changes: what is the same is taken from the reading before (ADR 18). */
export class ProjectReader {
  readonly #host: ProjectHost;
  readonly #options: ProjectOptions;
  readonly #files: RememberedFiles;
  readonly #memo = new Memo();
  #byState: StateLookup | undefined;

  constructor(host: ProjectHost, options: ProjectOptions) {
    this.#host = host;
    this.#options = options;
    this.#files = new RememberedFiles(host.files);
  }

  /** Says that these files of the project have changed, or any of them. */
  changed(paths?: Iterable<string>): void {
    this.#files.changed(paths);
  }

  /** Answers `state:` and its like about what was last read. */
  get byState(): StateLookup | undefined {
    return this.#byState;
  }

  /** Reads the project as it is now; `environment` is what rendering may know. */
  async read(environment: CompileEnvironment): Promise<ReadProject> {
    const memo = this.#memo;
    const observed = observedEnvironment(environment, memo);
    const loaded = await loadProject(this.#files, {
      ...this.#options,
      memo,
      profiles: await this.#host.profiles(),
      renderText: renderProjectText(observed, this.#options.vars),
      renderProperties: renderPropertiesText(observed),
    });
    if (loaded.value === undefined) return { project: undefined, manifest: undefined, diagnostics: loaded.diagnostics };
    const built = buildManifest(loaded.value, observed, memo);
    memo.settle();
    const { state, warnings } = this.#options;
    this.#byState = state === undefined ? undefined : await stateLookup(this.#host.files, built.value, state);
    const { selectors } = loaded.value;
    const faults = selectors === undefined ? [] : readSelectors(selectors).diagnostics;
    const found = [...loaded.diagnostics, ...faults, ...built.diagnostics];
    return { project: loaded.value, manifest: built.value, diagnostics: applyWarningRules(found, warnings) };
  }
}
