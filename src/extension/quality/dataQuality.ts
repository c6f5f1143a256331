import * as vscode from 'vscode';
import type { CheckReport } from '../../core/quality/checkData.ts';
import type { DefectReport } from '../../core/quality/defects/tryDefects.ts';
import { Disposable } from '../disposable.ts';
import type { OpenProject } from '../openProject.ts';
import { beyondRead, type Problems } from '../problems.ts';
import type { ProjectRegistry } from '../projectRegistry.ts';
import type { Workbench } from '../workbench.ts';
import { inBackground } from '../background.ts';
import { dataProblems } from './dataProblems.ts';
import type { Place } from './qualityItem.ts';

/** What was found, and the local time of day at which. */
export interface Finding<T> {
  readonly report: T;
  readonly at: string;
}

/** What is known of the quality of one project's data. */
export interface QualityState {
  readonly project: OpenProject;
  readonly check: Finding<CheckReport> | undefined;
  readonly defects: Finding<DefectReport> | undefined;
  /** What was looked at last, and so stands first. */
  readonly latest: 'check' | 'defects';
  /** Data or rules have changed since. */
  readonly isStale: boolean;
}

/** Keeps what checking the data and trying defects found, for the view and for Problems, and notices when it no longer holds. */
export class DataQuality extends Disposable {
  readonly #workbench: Workbench;
  readonly #problems: Problems;
  readonly #changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  #state: QualityState | undefined;
  /** Of the data files, when they were checked. */
  #versions = new Map<string, string | undefined>();
  #listener: { dispose(): void } | undefined;

  constructor(registry: ProjectRegistry, workbench: Workbench, problems: Problems) {
    super();
    this.#workbench = workbench;
    this.#problems = problems;
    this._register(registry.onDidChangeActive((project) => this.#follow(project)));
    this._register({ dispose: () => this.#listener?.dispose() });
  }

  /** Undefined while nothing was looked at. */
  get state(): QualityState | undefined {
    return this.#state;
  }

  /** Where a test of the project is written, by its name; undefined for one that is no longer there. */
  placeOfTest(name: string): Place | undefined {
    for (const node of this.#workbench.manifest?.nodes.values() ?? []) {
      if (node.resourceType === 'test' && node.name === name) return { file: node.originalFilePath, range: node.range };
    }
    return undefined;
  }

  /** Takes up what a check found, in place of what an earlier one did. */
  async checked(project: OpenProject, report: CheckReport): Promise<void> {
    const defects = this.#state?.isStale === true ? undefined : this.#state?.defects;
    await this.#take(project, { check: { report, at: now() }, defects, latest: 'check' });
    this.#problems.showData(
      project,
      dataProblems(report.violations),
      beyondRead(report.diagnostics, this.#workbench.states.diagnostics),
    );
  }

  /** Takes up which defects the tests catch. */
  async tried(project: OpenProject, report: DefectReport): Promise<void> {
    const check = this.#state?.isStale === true ? undefined : this.#state?.check;
    await this.#take(project, { check, defects: { report, at: now() }, latest: 'defects' });
  }

  /** Looks whether the data files are still those that were checked; no watcher needs to have told of it. */
  async lookAgain(): Promise<void> {
    const state = this.#state;
    if (state === undefined) return;
    const { files } = state.project.service.host;
    const changed: string[] = [];
    for (const [file, version] of this.#versions) if ((await files.version(file)) !== version) changed.push(file);
    if (changed.length > 0 && this.#state === state) this.#outdate(changed);
  }

  async #take(project: OpenProject, found: Pick<QualityState, 'check' | 'defects' | 'latest'>): Promise<void> {
    this.#listener?.dispose();
    const { files } = project.service.host;
    const tables = [
      ...(found.check?.report.tables ?? []),
      ...(found.defects?.report.kinds.map(({ kind }) => kind.table) ?? []),
    ];
    this.#versions = new Map(tables.map(({ file }) => [file, undefined]));
    for (const file of this.#versions.keys()) this.#versions.set(file, await files.version(file));
    this.#state = { project, ...found, isStale: false };
    this.#listener = project.onDidChange((paths) => inBackground(this.#heard(paths)));
    this.#changed.fire();
  }

  /** Data counts when its version is another one; of the rest, what rules can be written in. */
  async #heard(paths: ReadonlySet<string>): Promise<void> {
    await this.lookAgain();
    const models = new Set(
      [...(this.#workbench.manifest?.nodes.values() ?? [])].flatMap((node) =>
        node.resourceType === 'model' ? [node.originalFilePath] : [],
      ),
    );
    const rules = [...paths].filter((path) => /\.ya?ml$/.test(path) || (path.endsWith('.sql') && !models.has(path)));
    if (rules.length > 0) this.#outdate([]);
  }

  #outdate(changed: readonly string[]): void {
    if (this.#state === undefined) return;
    const { project } = this.#state;
    for (const file of changed) this.#problems.forgetData(project, file);
    if (this.#state.isStale) return;
    this.#state = { ...this.#state, isStale: true };
    this.#changed.fire();
  }

  #follow(project: OpenProject | undefined): void {
    if (this.#state === undefined || this.#state.project === project) return;
    this.#state = undefined;
    this.#listener?.dispose();
    this.#problems.clearData();
    this.#changed.fire();
  }
}

function now(): string {
  return new Date().toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}
