import * as vscode from 'vscode';
import type { Manifest } from '../core/compile/manifest.ts';
import { reach } from '../core/compile/graph.ts';
import { hasErrors, type Diagnostic } from '../core/diagnostics/diagnostic.ts';
import { modelLineage } from '../core/lineage/modelLineage.ts';
import type { UniqueId } from '../core/project/uniqueId.ts';
import type { RunEvent } from '../core/run/runEvent.ts';
import { hintFaults } from '../core/service/hintFaults.ts';
import type { ReadProject } from '../core/service/projectReader.ts';
import type { LineageSnapshot } from '../protocol/lineageProtocol.ts';
import { inBackground } from './background.ts';
import { Disposable } from './disposable.ts';
import { lineageNodes, type NodeStates } from './lineageSnapshot.ts';
import type { OpenProject } from './openProject.ts';
import type { Problems } from './problems.ts';
import type { ProjectRegistry } from './projectRegistry.ts';

interface ActiveRun {
  readonly label: string;
  readonly total: number;
  readonly done: number;
}

/** Everything that the views show of one project. */
interface ProjectState {
  readonly project: OpenProject;
  readonly read: ReadProject;
  /** Faults of the generator's hints: they are shown with what reading finds, and keep nothing from being run. */
  readonly hintFaults: readonly Diagnostic[];
  /** Rises when the project was read again. */
  readonly generation: number;
}

/**
 * What the extension shows now: the active project as it was last read, how its nodes stand, and which one is selected.
 * Views and features read it, and hear when it changes.
 */
export class Workbench extends Disposable {
  readonly #registry: ProjectRegistry;
  readonly #problems: Problems;
  readonly #changed = this._register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #active = new Map<UniqueId, 'queued' | 'running'>();
  readonly #rowCounts = new Map<UniqueId, number>();
  readonly #stale = new Set<UniqueId>();
  readonly #checksums = new Map<UniqueId, string>();
  /** Sources and seeds whose files were changed since they were loaded. */
  readonly #changedData = new Set<UniqueId>();
  #beforeRun = { rowCounts: new Map<UniqueId, number>(), checksums: new Map<UniqueId, string>() };
  #state: ProjectState | undefined;
  #run: ActiveRun | undefined;
  #selected: UniqueId | undefined;
  #isLoaded = false;
  #listener: { dispose(): void } | undefined;

  constructor(registry: ProjectRegistry, problems: Problems) {
    super();
    this.#registry = registry;
    this.#problems = problems;
    this._register(registry.onDidChangeActive((project) => inBackground(this.#follow(project))));
    this._register({ dispose: () => this.#listener?.dispose() });
    this._register(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#changed.fire()));
  }

  /** Finds the project of the workspace and reads it. */
  async start(): Promise<void> {
    await this.#follow(await this.#registry.active());
  }

  /** The active project, read anew if its files have changed; undefined when the workspace has none. */
  async current(): Promise<ProjectState | undefined> {
    const project = await this.#registry.active();
    if (project === undefined) return undefined;
    await this.#readProject(project);
    return this.#state;
  }

  /** Reads the project again, whether or not its files have changed. */
  async reload(): Promise<void> {
    await this.#registry.refresh();
    this.#state?.project.service.changed();
    await this.current();
  }

  /** The file that a diagnostic or location of the active project names. */
  uriOf(file: string): vscode.Uri | undefined {
    return this.#state?.project.uriOf(file);
  }

  get selected(): UniqueId | undefined {
    return this.#selected;
  }

  select(id: UniqueId | undefined): void {
    this.#selected = id;
    this.#changed.fire();
  }

  /** How the nodes stand. */
  get states(): NodeStates {
    return {
      results: this.#state?.project.service.lastResults ?? new Map(),
      active: this.#active,
      rowCounts: this.#rowCounts,
      stale: this.#stale,
      diagnostics: this.#state?.read.diagnostics ?? [],
    };
  }

  /** Faults of the generator's hints, as they are shown in Problems. */
  get hintFaults(): readonly Diagnostic[] {
    return this.#state?.hintFaults ?? [];
  }

  get manifest(): Manifest | undefined {
    return this.#state?.read.manifest;
  }

  /** Follows a run that shows in the views as `label`; ends with `runEnded`. */
  runEvent(label: string, event: RunEvent): void {
    switch (event.kind) {
      case 'runStarted':
        this.#beforeRun = { rowCounts: new Map(this.#rowCounts), checksums: new Map(this.#checksums) };
        for (const node of event.nodes) this.#active.set(node.uniqueId, 'queued');
        this.#run = { label, total: event.nodes.length, done: 0 };
        break;
      case 'sourceLoading':
        this.#active.set(event.source.uniqueId, 'running');
        break;
      case 'sourceLoaded':
        this.#active.delete(event.source.uniqueId);
        this.#built(event.source.uniqueId, event.rows);
        break;
      case 'nodeStarted':
        this.#active.set(event.node.uniqueId, 'running');
        break;
      case 'nodeFinished': {
        const { node, rowCount, status } = event.result;
        this.#active.delete(node.uniqueId);
        if (status === 'success' || status === 'partial success') this.#built(node.uniqueId, rowCount);
        if (this.#run !== undefined) this.#run = { ...this.#run, done: this.#run.done + 1 };
        break;
      }
      case 'batchStarted':
      case 'batchFinished':
      case 'hookStarted':
      case 'hookFinished':
        return;
      case 'runFinished':
        if (event.results.cancelled) this.#undoRun();
        break;
    }
    this.#changed.fire();
  }

  /** Says that a run has ended, however it ended, and what it found. */
  runEnded(project: OpenProject, diagnostics: readonly Diagnostic[]): void {
    this.#active.clear();
    this.#run = undefined;
    this.#problems.showRun(project, diagnostics);
    this.#changed.fire();
  }

  /** Says that another program's results were taken up. */
  resultsTaken(): void {
    this.#changed.fire();
  }

  /** What the lineage view shows. */
  get lineage(): LineageSnapshot {
    if (!this.#isLoaded) return { state: 'loading' };
    if (this.#state === undefined) return noProject();
    const { read, generation } = this.#state;
    if (read.manifest === undefined) return failedSnapshot(read.diagnostics);
    const lineage = modelLineage(read.manifest);
    return {
      state: 'ready',
      projectName: read.manifest.project.config.name,
      generation,
      nodes: lineageNodes(lineage, this.states),
      edges: lineage.edges,
      ...(this.#selected === undefined ? {} : { selectedId: this.#selected }),
      ...(this.#run === undefined ? {} : { run: this.#run }),
      canRun: vscode.workspace.isTrusted,
    };
  }

  async #follow(project: OpenProject | undefined): Promise<void> {
    void vscode.commands.executeCommand('setContext', 'modelyard.hasProject', project !== undefined);
    this.#listener?.dispose();
    this.#selected = undefined;
    this.#rowCounts.clear();
    this.#stale.clear();
    this.#checksums.clear();
    this.#changedData.clear();
    if (project === undefined) {
      this.#state = undefined;
      this.#isLoaded = true;
      this.#problems.clear();
      this.#changed.fire();
      return;
    }
    this.#listener = project.onDidChange((paths) => inBackground(this.#readChanged(project, paths)));
    await this.#readProject(project);
  }

  async #readChanged(project: OpenProject, paths: ReadonlySet<string>): Promise<void> {
    for (const node of this.manifest?.nodes.values() ?? []) {
      const file = node.resourceType === 'source' ? node.dataFile : node.originalFilePath;
      const isData = node.resourceType === 'source' || node.resourceType === 'seed';
      if (isData && file !== undefined && paths.has(file)) this.#changedData.add(node.uniqueId);
    }
    await this.#readProject(project);
  }

  async #readProject(project: OpenProject): Promise<void> {
    const read = await project.service.read();
    this.#isLoaded = true;
    if (this.#state?.read === read) return;
    const faults = read.project === undefined ? [] : await hintFaults(read.project, project.service.host.files);
    // Meanwhile files may have changed, and others may have asked for the same.
    if ((await project.service.read()) !== read) return this.#readProject(project);
    if (this.#state?.read === read) return;
    this.#state = { project, read, hintFaults: faults, generation: (this.#state?.generation ?? 0) + 1 };
    this.#markStale(read);
    this.#problems.showRead(project, [...read.diagnostics, ...faults]);
    this.#changed.fire();
  }

  /** What a cancelled run had built is gone. */
  #undoRun(): void {
    const { rowCounts, checksums } = this.#beforeRun;
    this.#rowCounts.clear();
    this.#checksums.clear();
    for (const [id, rows] of rowCounts) this.#rowCounts.set(id, rows);
    for (const [id, checksum] of checksums) this.#checksums.set(id, checksum);
  }

  #built(id: UniqueId, rowCount: number | undefined): void {
    this.#stale.delete(id);
    this.#changedData.delete(id);
    if (rowCount !== undefined) this.#rowCounts.set(id, rowCount);
    const node = this.manifest?.nodes.get(id);
    if (node?.resourceType === 'model') this.#checksums.set(id, node.checksum);
  }

  /** A model with another text than the one that was built is stale, data that has changed, and what reads those. */
  #markStale({ manifest }: ReadProject): void {
    if (manifest === undefined) return;
    const edited = [...this.#checksums]
      .filter(([id, checksum]) => {
        const node = manifest.nodes.get(id);
        return node?.resourceType === 'model' && node.checksum !== checksum;
      })
      .map(([id]) => id);
    const changed = [...edited, ...this.#changedData];
    this.#stale.clear();
    for (const id of [...changed, ...reach(manifest.graph.children, changed)]) this.#stale.add(id);
  }
}

function noProject(): LineageSnapshot {
  const hasFolder = (vscode.workspace.workspaceFolders?.length ?? 0) > 0;
  return hasFolder
    ? { state: 'noProject', message: 'This folder has no dbt_project.yml yet.', actions: ['createSample'] }
    : {
        state: 'noProject',
        message: 'Open a folder that has a dbt project, or an empty one for the sample.',
        actions: ['openFolder'],
      };
}

function failedSnapshot(diagnostics: readonly Diagnostic[]): LineageSnapshot {
  const first = diagnostics.find((one) => one.severity === 'error');
  const count = diagnostics.filter((one) => one.severity === 'error').length;
  return {
    state: 'failed',
    message: hasErrors(diagnostics) && first !== undefined ? first.message : 'The project could not be read.',
    ...(first === undefined ? {} : { location: { file: first.file, ...first.range.start } }),
    ...(count > 1 ? { detail: `and ${String(count - 1)} more` } : {}),
    actions: ['showProblems', 'reload'],
  };
}
