import { invocationOf } from '../artifacts/artifactMetadata.ts';
import type { CompileEnvironment } from '../compile/compileEnvironment.ts';
import type { Batch } from '../compile/batch.ts';
import { reach } from '../compile/graph.ts';
import { compileNode } from '../compile/compileNode.ts';
import type { Manifest, ModelNode } from '../compile/manifest.ts';
import { Cancelled, type Cancellation } from '../diagnostics/cancellation.ts';
import { hasErrors, type Diagnostic, type Outcome } from '../diagnostics/diagnostic.ts';
import { applyWarningRules, fateOf } from '../diagnostics/warningRules.ts';
import type { PlainMap } from '../project/plainValue.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { answering } from '../run/answering.ts';
import { deferredRelations } from './deferral.ts';
import { CallQueue } from '../run/callQueue.ts';
import type { NodeResult, RunResults } from '../run/nodeResult.ts';
import { existingRelations } from '../run/existingRelations.ts';
import { RelationCatalog } from '../run/relationCatalog.ts';
import type { RunContext } from '../run/runContext.ts';
import type { RunEvent } from '../run/runEvent.ts';
import { runGraph, type RunCommand } from '../run/runGraph.ts';
import { runNodes } from '../run/runNodes.ts';
import { readSelectors } from '../select/readSelectors.ts';
import { selectNodes, type SelectionRequest } from '../select/selectNodes.ts';
import { Database } from './database.ts';
import { LastResults } from './lastResults.ts';
import type { ProjectHost } from './projectHost.ts';
import type { ProjectOptions } from './projectOptions.ts';
import { ProjectReader, type ReadProject } from './projectReader.ts';
import { writeArtifacts } from './writeArtifacts.ts';

/** A project that can be worked with. */
export interface OpenProject {
  readonly manifest: Manifest;
  readonly environment: CompileEnvironment;
  readonly catalog: RelationCatalog;
}

export interface RunRequest extends SelectionRequest {
  readonly command: RunCommand;
  readonly fullRefresh?: boolean;
  readonly storeFailures?: boolean;
  readonly empty?: boolean;
  readonly failFast?: boolean;
  /** What microbatch models are built for (`--event-time-start`, `--event-time-end`); all up to now without it. */
  readonly eventTime?: Batch | undefined;
  /** Of a retry: when the run before was started, and what it left of microbatch models. */
  readonly batchesUntil?: number | undefined;
  readonly earlierBatches?: RunContext['earlierBatches'];
  /** Hears what is wrong with the selection, before anything runs. */
  readonly onSelected?: (diagnostics: readonly Diagnostic[]) => void;
  /** Runs only these of what is selected. */
  readonly only?: ReadonlySet<UniqueId>;
  /** The command's arguments by dbt's names, where the project was not opened for this command alone. */
  readonly args?: PlainMap;
  readonly cancellation: Cancellation;
  readonly onEvent: (event: RunEvent) => void;
}

/** How a command ended. `refused`: nothing was run, and the diagnostics say why. */
export type RunOutcome =
  | { readonly kind: 'ran'; readonly results: RunResults; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] };

/** The open project with the ids that a command goes through (`selected_resources`). */
export function goingThrough(open: OpenProject, ids: Iterable<UniqueId>): OpenProject {
  return { ...open, environment: { ...open.environment, selected: [...ids].sort() } };
}

/**
 * A dbt project that can be read, run and looked at: the one service behind the extension, the command line and the
 * tests. Commands run one after another. Faults of the user's are diagnostics; a throw is a bug.
 */
export class ModelyardProject {
  readonly #host: ProjectHost;
  readonly #options: ProjectOptions;
  readonly #database: Database;
  readonly #queue: CallQueue;
  readonly #reader: ProjectReader;
  readonly #lastResults: LastResults;
  #read: Promise<ReadProject> | undefined;

  /** `shared` is the database and the queue of another project on the same engine. */
  constructor(
    host: ProjectHost,
    options: ProjectOptions,
    shared?: { readonly database: Database; readonly queue: CallQueue },
  ) {
    this.#host = host;
    this.#options = options;
    this.#reader = new ProjectReader(host, options);
    this.#lastResults = new LastResults(host.files);
    this.#database = shared?.database ?? new Database(host.engine, host.files);
    this.#queue = shared?.queue ?? new CallQueue();
  }

  /** Reads the project, or gives what was read since the last `changed`. */
  read(): Promise<ReadProject> {
    this.#read ??= this.#readNow();
    return this.#read;
  }

  /** Says that these files of the project have changed, or any of them: it is read again when it is next asked for. */
  changed(paths?: Iterable<string>): void {
    this.#read = undefined;
    this.#reader.changed(paths);
  }

  /** How each node ended when it was last run, in this session or, as far as it still holds, in an earlier one. */
  get lastResults(): ReadonlyMap<UniqueId, NodeResult> {
    return this.#lastResults.byId;
  }

  /** run_results.json of the state that the options name, or else of this project's last run, and its folder. */
  async lastRunResults(): Promise<{ readonly text: string | undefined; readonly folder: string }> {
    const { state } = this.#options;
    if (state !== undefined) return { text: state.runResults, folder: state.folder };
    const folder = (await this.read()).project?.config.targetPath ?? 'target';
    return { text: await this.#host.files.readText(`${folder}/run_results.json`), folder };
  }

  /** The ids that a request names, by the project's selectors and as its warnings are taken. */
  select(manifest: Manifest, request: SelectionRequest): Outcome<ReadonlySet<UniqueId>> {
    const { selectors: yaml } = manifest.project;
    const selectors = yaml === undefined ? undefined : readSelectors(yaml).value;
    const { value, diagnostics } = selectNodes(manifest, request, { selectors, byState: this.#reader.byState });
    return { value, diagnostics: applyWarningRules(diagnostics, this.#options.warnings) };
  }

  /** The open project, in which `ref` gives another run's relations where `--defer` has it so. */
  deferred(open: OpenProject, selected: ReadonlySet<UniqueId>): OpenProject {
    const { deferral } = this.#options;
    const { existing } = open.environment;
    if (deferral === undefined || existing === undefined) return open;
    const deferred = deferredRelations(open.manifest, deferral, selected, existing);
    return { ...open, environment: { ...open.environment, deferred } };
  }

  /** Runs a dbt command over a selection, and writes the artifacts and the database when it was not cancelled. */
  run(request: RunRequest): Promise<RunOutcome> {
    return this.#inTurn(async () => {
      const { manifest, diagnostics } = await this.read();
      if (manifest === undefined || hasErrors(diagnostics)) return { kind: 'refused', diagnostics };
      const selected = this.select(manifest, request);
      if (hasErrors(selected.diagnostics)) return { kind: 'refused', diagnostics: selected.diagnostics };
      request.onSelected?.(selected.diagnostics);
      const found = [...diagnostics, ...selected.diagnostics];
      const { only } = request;
      const ids = only === undefined ? selected.value : new Set([...selected.value].filter((id) => only.has(id)));
      const plan = runGraph(manifest, ids, request.command, only !== undefined);
      const opened = await this.#open(manifest, (one) => found.push(one), request);
      const open = goingThrough(this.deferred(opened, plan.ids), plan.ids);
      const { warnings } = this.#options;
      const results = await this.#runIn(open, { ...request, warnings, reuse: false }, plan);
      if (!results.cancelled) await this.#keep(open, results);
      return { kind: 'ran', results, diagnostics: [...found, ...results.results.flatMap((one) => one.diagnostics)] };
    });
  }

  /**
   * Gives work the open project, with everything that the ids read built first: what is missing or was made from other
   * code or data, and only that. Rejects with `Cancelled`.
   */
  withBuilt<T>(
    manifest: Manifest,
    ids: Iterable<UniqueId>,
    progress: Pick<RunRequest, 'cancellation' | 'onEvent'>,
    work: (open: OpenProject, built: RunResults) => Promise<T>,
  ): Promise<T> {
    return this.#inTurn(async () => {
      const open = await this.#open(manifest, () => undefined);
      const read = [...ids];
      const plan = runGraph(manifest, new Set([...read, ...reach(manifest.graph.parents, read)]), 'prepare');
      const before = open.catalog.revision;
      const results = await this.#runIn(open, { ...progress, reuse: true }, plan);
      if (results.cancelled) throw new Cancelled();
      if (open.catalog.revision !== before) await this.#database.save();
      return this.#interruptible(progress.cancellation, () => work(open, results));
    });
  }

  /** Gives work the open project as it is. */
  withOpen<T>(manifest: Manifest, work: (open: OpenProject) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => work(await this.#open(manifest, () => undefined)));
  }

  /**
   * Lends work the engine with an empty database of its own, which is dropped when the work ends: what is looked at
   * leaves the project's database as it is. Rejects with `Cancelled`.
   */
  apart<T>(cancellation: Cancellation, work: (catalog: RelationCatalog) => Promise<T>): Promise<T> {
    return this.#inTurn(async () => {
      const { engine } = this.#host;
      try {
        return await this.#interruptible(cancellation, async () => {
          await engine.open();
          return work(await RelationCatalog.open(engine));
        });
      } finally {
        this.#database.discard();
      }
    });
  }

  /** Runs work that nothing else may overlap: writing the files that a run reads. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  /** The same project over other files, to be read and worked on `apart`; both take turns with the one engine. */
  over(files: ProjectFiles): ModelyardProject {
    const shared = { database: this.#database, queue: this.#queue };
    return new ModelyardProject({ ...this.#host, files }, this.#options, shared);
  }

  /** False when manifest.json and run_results.json are not to be written. */
  get writesJson(): boolean {
    return this.#options.writesNoJson !== true;
  }

  /** Writes the database; what works with the open project calls it when it has changed it. */
  save(): Promise<void> {
    return this.#database.save();
  }

  get host(): ProjectHost {
    return this.#host;
  }

  async close(): Promise<void> {
    await this.#host.engine.close();
  }

  /** Runs work when what was asked before has ended. After a fault of ours the database is opened anew. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      try {
        return await work();
      } catch (error) {
        this.#database.discard();
        throw error;
      }
    });
  }

  async #readNow(): Promise<ReadProject> {
    const read = await this.#reader.read(this.environment());
    if (read.manifest !== undefined) await this.#lastResults.recall(read.manifest);
    return read;
  }

  /** Takes up how nodes ended in a run of another program, whose artifacts are in the target folder. */
  async takeResults(): Promise<readonly NodeResult[]> {
    const { manifest } = await this.read();
    return manifest === undefined ? [] : this.#lastResults.take(manifest);
  }

  /** What rendering may know now: a new invocation at the present moment. */
  environment(): CompileEnvironment {
    const { warnings } = this.#options;
    return {
      environmentVariable: (name) => this.#host.environmentVariable(name),
      invocationId: this.#host.newId(),
      startedAt: this.#host.clock.now(),
      args: this.#options.args ?? {},
      customVariables: this.#host.customVariables?.() ?? {},
      say: (message) => this.#host.say?.(message),
      ...(warnings !== undefined && { warned: fateOf('JinjaLogWarning', warnings) }),
    };
  }

  async #open(
    manifest: Manifest,
    report: (found: Diagnostic) => void,
    {
      fullRefresh = false,
      storeFailures = false,
      empty = false,
      command = 'compile',
      args: given = this.#options.args,
    }: Pick<RunRequest, 'fullRefresh' | 'storeFailures' | 'empty' | 'args'> & { readonly command?: string } = {},
  ): Promise<OpenProject> {
    const path = `${manifest.project.config.targetPath}/warehouse.db`;
    const catalog = await this.#database.open(path, report);
    const existing = existingRelations(catalog, manifest.project.target);
    const args = { which: command, ...given };
    const environment = { ...this.environment(), existing, args, fullRefresh, storeFailures, empty };
    return { manifest, environment, catalog };
  }

  async #runIn(
    open: OpenProject,
    progress: Pick<
      RunContext,
      'cancellation' | 'onEvent' | 'reuse' | 'failFast' | 'warnings' | 'eventTime' | 'batchesUntil' | 'earlierBatches'
    >,
    plan: ReturnType<typeof runGraph>,
  ): Promise<RunResults> {
    const { files, engine, clock } = this.#host;
    const results = await runNodes({ ...open, ...progress, files, engine, clock }, plan);
    // What was built before a cancellation is gone with the engine.
    if (results.cancelled) this.#database.discard();
    else this.#lastResults.put(results.results);
    return results;
  }

  async #interruptible<T>(cancellation: Cancellation, work: () => Promise<T>): Promise<T> {
    const listener = cancellation.onCancellationRequested(() => {
      this.#database.discard();
      this.#host.engine.interrupt();
    });
    try {
      return await work();
    } catch (error) {
      if (cancellation.isCancellationRequested) throw new Cancelled();
      throw error;
    } finally {
      listener.dispose();
    }
  }

  async #keep(open: OpenProject, results: RunResults): Promise<void> {
    await this.#database.save();
    const context = { ...open, engine: this.#host.engine };
    const compile = async (node: ModelNode): Promise<string | undefined> => {
      const { value } = await answering(context, (environment) => compileNode(open.manifest, node, environment));
      return value?.code;
    };
    const invocation = invocationOf(open.environment);
    const { writesNoJson = false } = this.#options;
    await writeArtifacts(this.#host.files, open.manifest, results, invocation, compile, !writesNoJson);
  }
}
