import { isSqlNode, type RunnableNode, type SourceNode } from '../compile/manifest.ts';
import { reach } from '../compile/graph.ts';
import { embeddedName } from '../compile/relation.ts';
import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { loadTable } from './loadTables.ts';
import { endsFailFast, isFailure, type NodeResult, type RunResults } from './nodeResult.ts';
import { compileAnswered } from './prepareQuery.ts';
import { relationKind } from './replaceRelation.ts';
import type { RunContext } from './runContext.ts';
import { isInlined, type RunGraph } from './runGraph.ts';
import { withHooks, type HookedNode } from './runHooks.ts';
import { isRunInBatches, runMicrobatch } from './runMicrobatch.ts';
import { isFullRefresh, runModel } from './runModel.ts';
import { runOperations } from './runOperations.ts';
import { runSnapshot } from './runSnapshot.ts';
import { runTest } from './runTest.ts';
import { runUnitTest } from './runUnitTest.ts';
import { Schedule } from './schedule.ts';
import { SqlEngineInterrupted } from './sqlEngine.ts';
import { Turns } from './turns.ts';

type Ending = Omit<NodeResult, 'node'>;

/**
 * Loads the sources that the nodes read, then runs the nodes in dbt's order. A node whose parent failed is skipped.
 * When cancelled, it stops at once and gives what had ended; the engine must then be opened again.
 */
export async function runNodes(context: RunContext, plan: RunGraph): Promise<RunResults> {
  const startedAt = context.clock.now();
  const results: NodeResult[] = [];
  const interruption = context.cancellation.onCancellationRequested(() => context.engine.interrupt());
  const runner = new Runner(context, plan, results);
  let cancelled = false;
  try {
    await runner.run();
  } catch (error) {
    if (!(error instanceof SqlEngineInterrupted)) throw error;
    cancelled = true;
  } finally {
    interruption.dispose();
  }
  const finished = {
    results,
    sourceFaults: runner.sourceFaults,
    startedAt,
    completedAt: context.clock.now(),
    cancelled,
  };
  context.onEvent({ kind: 'runFinished', results: finished });
  return finished;
}

class Runner {
  readonly #context: RunContext;
  readonly #plan: RunGraph;
  readonly #results: NodeResult[];
  readonly #failedSources = new Map<UniqueId, readonly Diagnostic[]>();
  /** Sources without a file whose tables were not seen yet. */
  readonly #unseenSources: Set<SourceNode>;
  readonly #failed = new Set<UniqueId>();
  readonly #turns: Turns;
  /** True when a failure has ended the run. */
  #isStopped = false;

  constructor(context: RunContext, plan: RunGraph, results: NodeResult[]) {
    this.#context = context;
    this.#plan = plan;
    this.#results = results;
    const { ids, sources, unitTests, selectedUnitTests } = plan;
    this.#unseenSources = new Set(sources.filter(({ dataFile }) => dataFile === undefined));
    const isInlinedId = (id: UniqueId): boolean => isInlined(this.#node(id));
    const nodes = [...ids].filter((id) => !isInlinedId(id)).length;
    this.#turns = new Turns({ nodes, selectedUnitTests, unitTests, isInlined: isInlinedId });
  }

  /** Why sources could not be loaded. */
  get sourceFaults(): readonly Diagnostic[] {
    return [...this.#failedSources.values()].flat();
  }

  async run(): Promise<void> {
    const { ids, graph, unitTests } = this.#plan;
    const planned = [...ids, ...[...unitTests.values()].flat()];
    const nodes = planned.map((id) => this.#node(id)).filter((node) => !isInlined(node));
    const order = new Schedule(graph, ids);
    this.#turns.release(order.free);
    this.#context.onEvent({ kind: 'runStarted', nodes });
    await this.#loadSources();
    const isRun = !this.#context.reuse;
    const first = isRun ? await runOperations(this.#context, 'on-run-start', []) : [];
    this.#results.push(...first);
    for (let id = order.next(); id !== undefined; id = order.next()) {
      if (this.#context.cancellation.isCancellationRequested) throw new SqlEngineInterrupted();
      const node = this.#node(id);
      let isSkipped = (graph.parents.get(id) ?? []).some((parent) => this.#failed.has(parent));
      // What fails before a model holds back the rest of its unit tests, itself and all that waits for it.
      for (const test of unitTests.get(id) ?? [])
        isSkipped = (await this.#run(this.#node(test), isSkipped)) || isSkipped;
      const isFailed = isInlined(node) && !this.#isStopped ? isSkipped : await this.#run(node, isSkipped);
      if (isFailed) this.#failed.add(id);
      this.#turns.follow(order.free[0]);
      this.#turns.release(order.done(id));
    }
    if (!isRun) return;
    this.#results.push(...(await runOperations(this.#context, 'on-run-end', this.#results.slice(first.length))));
  }

  /** Runs a node, or skips it, and says whether that is a failure. */
  async #run(node: RunnableNode, isSkipped: boolean): Promise<boolean> {
    const { cancellation, onEvent, clock } = this.#context;
    if (cancellation.isCancellationRequested) throw new SqlEngineInterrupted();
    if (this.#isStopped) {
      this.#results.push({ node, ...skippedEnding(clock.now()), message: 'Skipping due to fail_fast' });
      return true;
    }
    const { index, total } = this.#turns.of(node.uniqueId);
    if (!isSkipped && node.resourceType !== 'exposure') onEvent({ kind: 'nodeStarted', node, index, total });
    const result = { node, ...(isSkipped ? skippedEnding(clock.now()) : await this.#end(node)) };
    this.#results.push(result);
    onEvent({ kind: 'nodeFinished', result, index, total });
    this.#isStopped = this.#context.failFast === true && endsFailFast(result.status);
    return isFailure(result.status);
  }

  #node(id: UniqueId): RunnableNode {
    const node = this.#context.manifest.nodes.get(id);
    if (node === undefined || node.resourceType === 'source' || node.resourceType === 'analysis')
      throw new Error(`${id} is not a node that can be run`);
    return node;
  }

  async #loadSources(): Promise<void> {
    const { onEvent } = this.#context;
    for (const source of this.#plan.sources) {
      if (source.dataFile === undefined) continue;
      onEvent({ kind: 'sourceLoading', source, rows: 0 });
      const loaded = await loadTable(this.#context, source, source.dataFile, (rows) =>
        onEvent({ kind: 'sourceLoading', source, rows }),
      );
      if (loaded.value.kind === 'failed') this.#failedSources.set(source.uniqueId, loaded.diagnostics);
      else onEvent({ kind: 'sourceLoaded', source, rows: loaded.value.rows });
    }
  }

  /**
   * A source without a file may be a table that something else has made, which may be a seed of this run; when there
   * is none as it is read, its readers fail.
   */
  async #checkTable(source: SourceNode): Promise<void> {
    const { manifest, engine } = this.#context;
    const table = embeddedName(source.relation, manifest.project.target);
    if ((await relationKind(engine, table)) !== undefined) {
      this.#unseenSources.delete(source);
      this.#failedSources.delete(source.uniqueId);
      return;
    }
    const params = { source: `${source.sourceName}.${source.name}`, file: undefined };
    const place = { file: source.originalFilePath, range: source.range };
    this.#failedSources.set(source.uniqueId, [diagnostic('run.sourceWithoutData', params, place)]);
  }

  async #end(node: RunnableNode): Promise<Ending> {
    const startedAt = this.#context.clock.now();
    const unloaded = await this.#faultsOfSources(node);
    if (unloaded.length > 0) {
      const compiledCode = await this.#codeOf(node);
      return { ...failedEnding(unloaded, startedAt, this.#context.clock.now()), compiledCode };
    }
    switch (node.resourceType) {
      case 'model':
        if (isRunInBatches(this.#context.manifest, node)) return this.#microbatch(node, startedAt);
        // A materialization that is not dbt's own runs the hooks itself.
        if (node.materialization !== undefined) return this.#model(node, startedAt);
        return this.#hooked(node, startedAt, () => this.#model(node, startedAt));
      case 'snapshot':
        return this.#hooked(node, startedAt, () => this.#snapshot(node, startedAt));
      case 'test':
        return this.#test(node, startedAt);
      case 'unit_test':
        return this.#unitTest(node, startedAt);
      case 'seed':
        return this.#hooked(node, startedAt, () => this.#seed(node, startedAt));
      case 'operation':
        throw new Error(`${node.uniqueId} is no part of the graph`);
      case 'exposure':
        return { ...emptyEnding, status: 'no-op', message: 'NO-OP', timing: [], diagnostics: [] };
    }
  }

  /** What is only prepared for a preview is built without its hooks, since they may change what others read. */
  async #hooked(node: HookedNode, startedAt: number, build: () => Promise<Ending>): Promise<Ending> {
    if (this.#context.reuse) return build();
    const hooked = await withHooks(this.#context, node, build, ({ status }) => status === 'success');
    if (hooked.kind === 'built') return hooked.ending;
    const compiledCode = hooked.ending?.compiledCode ?? (await this.#codeOf(node));
    return { ...failedEnding(hooked.faults, startedAt, this.#context.clock.now()), compiledCode };
  }

  /** The code of a node that could not be run: dbt compiles it all the same. */
  async #codeOf(node: RunnableNode): Promise<string | undefined> {
    if (!isSqlNode(node)) return undefined;
    return (await compileAnswered(this.#context, node)).value?.code;
  }

  /** Faults of the source files that the node reads itself or through nodes that are inlined or not run now. */
  async #faultsOfSources(node: RunnableNode): Promise<readonly Diagnostic[]> {
    if (this.#failedSources.size === 0 && this.#unseenSources.size === 0) return [];
    if (node.resourceType === 'exposure' || node.resourceType === 'operation') return [];
    const read = new Set([...node.dependsOn, ...reach(this.#context.manifest.graph.parents, node.dependsOn)]);
    for (const source of this.#unseenSources) if (read.has(source.uniqueId)) await this.#checkTable(source);
    return [...read].flatMap((id) => this.#failedSources.get(id) ?? []);
  }

  async #model(node: Extract<RunnableNode, { resourceType: 'model' }>, startedAt: number): Promise<Ending> {
    const { ok, compiledAt, message: answer = 'OK', ...built } = await runModel(this.#context, node);
    const timing = this.#timing(startedAt, compiledAt);
    const message = ok ? answer : firstError(built.diagnostics);
    return { ...built, status: ok ? 'success' : 'error', message, failures: undefined, timing };
  }

  async #microbatch(node: Extract<RunnableNode, { resourceType: 'model' }>, startedAt: number): Promise<Ending> {
    const ending = await runMicrobatch(this.#context, node);
    return { ...ending, timing: this.#timing(startedAt, startedAt) };
  }

  async #snapshot(node: Extract<RunnableNode, { resourceType: 'snapshot' }>, startedAt: number): Promise<Ending> {
    const { ok, compiledAt, ...built } = await runSnapshot(this.#context, node);
    const message = ok ? 'OK' : firstError(built.diagnostics);
    const timing = this.#timing(startedAt, compiledAt);
    return { ...built, status: ok ? 'success' : 'error', message, failures: undefined, timing };
  }

  async #test(node: Extract<RunnableNode, { resourceType: 'test' }>, startedAt: number): Promise<Ending> {
    const { compiledAt, ...verdict } = await runTest(this.#context, node);
    return { ...emptyEnding, ...verdict, timing: this.#timing(startedAt, compiledAt) };
  }

  async #unitTest(node: Extract<RunnableNode, { resourceType: 'unit_test' }>, startedAt: number): Promise<Ending> {
    const { compiledAt, ...verdict } = await runUnitTest(this.#context, node);
    return { ...emptyEnding, ...verdict, timing: this.#timing(startedAt, compiledAt) };
  }

  async #seed(node: Extract<RunnableNode, { resourceType: 'seed' }>, startedAt: number): Promise<Ending> {
    const { value, diagnostics } = await loadTable(this.#context, node, node.originalFilePath, () => undefined);
    const timing = this.#timing(startedAt, startedAt);
    if (value.kind === 'failed')
      return { ...emptyEnding, status: 'error', message: value.message, timing, diagnostics };
    const verb = isFullRefresh(this.#context.environment, node) ? 'CREATE' : 'INSERT';
    const message = `${verb} ${String(value.rows)}`;
    return { ...emptyEnding, status: 'success', message, rowCount: value.rows, timing, diagnostics };
  }

  #timing(startedAt: number, compiledAt: number): NodeResult['timing'] {
    return [
      { name: 'compile', startedAt, completedAt: compiledAt },
      { name: 'execute', startedAt: compiledAt, completedAt: this.#context.clock.now() },
    ];
  }
}

const emptyEnding = {
  failures: undefined,
  compiledCode: undefined,
  executedSql: undefined,
  rowCount: undefined,
  columns: undefined,
} as const;

function skippedEnding(now: number): Ending {
  const timing = [{ name: 'execute', startedAt: now, completedAt: now }] as const;
  return { ...emptyEnding, status: 'skipped', message: undefined, timing, diagnostics: [] };
}

function failedEnding(diagnostics: readonly Diagnostic[], startedAt: number, completedAt: number): Ending {
  const timing = [{ name: 'execute', startedAt, completedAt }] as const;
  return { ...emptyEnding, status: 'error', message: firstError(diagnostics), timing, diagnostics };
}

function firstError(diagnostics: readonly Diagnostic[]): string | undefined {
  return (diagnostics.find((one) => one.severity === 'error') ?? diagnostics[0])?.message;
}
