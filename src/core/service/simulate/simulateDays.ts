import type { DataTable } from '../../datagen/dataModel.ts';
import type { Manifest, ModelNode, SnapshotNode } from '../../compile/manifest.ts';
import { Cancelled } from '../../diagnostics/cancellation.ts';
import { diagnostic, hasErrors, type Diagnostic, type Outcome } from '../../diagnostics/diagnostic.ts';
import { hasFreshness } from '../../project/sourceFreshness.ts';
import { measureFreshness } from '../../run/measureFreshness.ts';
import type { NodeResult } from '../../run/nodeResult.ts';
import type { RelationCatalog } from '../../run/relationCatalog.ts';
import type { RunContext } from '../../run/runContext.ts';
import { runGraph } from '../../run/runGraph.ts';
import { runNodes } from '../../run/runNodes.ts';
import { describeTables } from '../describeData.ts';
import { defaultGeneration, generateData, onGenerated } from '../generateData.ts';
import { memoryFiles } from '../memoryFiles.ts';
import type { ModelyardProject } from '../modelyardProject.ts';
import { redirectedFiles } from '../redirectedFiles.ts';
import { arrivedBy, readArrivals, type Arrivals } from './arrivals.ts';
import type { ArrivedRows, SimulatedDay, Simulation, SimulationRequest, SourceAge, Trouble } from './simulation.ts';
import { keepTable, modelChange, snapshotChange } from './tableChanges.ts';

const dayLength = 86_400_000;

/**
 * Lets a project's data arrive a day at a time, and builds the project at the end of each day with that day's clock, in
 * a database apart: the project's own, its data and its artifacts stay as they are. Data that is there is taken as it
 * is; where no source has any, rows are generated in memory. Without a value the diagnostics say why. Rejects with
 * `Cancelled`.
 */
export async function simulateDays(
  project: ModelyardProject,
  request: SimulationRequest,
): Promise<Outcome<Simulation | undefined>> {
  request.onEvent({ kind: 'preparing', step: 'reading the project' });
  const prepared = await withData(project, request);
  if (prepared.value === undefined) return { value: undefined, diagnostics: prepared.diagnostics };
  const { value: data } = prepared;
  const { project: read, manifest, diagnostics } = await data.project.read();
  if (read === undefined || manifest === undefined || hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const tables = (await describeTables(read, data.project.host.files)).value;
  const arrivals = await allArrivals(data.project, manifest, tables);
  const first = request.from === undefined ? firstDay(arrivals) : Date.parse(`${request.from}T00:00:00Z`);
  if (first === undefined) {
    const fault = diagnostic('data.noTimes', {}, { file: 'dbt_project.yml' });
    return { value: undefined, diagnostics: [...diagnostics, fault] };
  }
  if (first + request.days * dayLength > endOfYears) {
    const params = { from: dateOf(first), days: request.days };
    const fault = diagnostic('data.daysWithoutEnd', params, { file: 'dbt_project.yml' });
    return { value: undefined, diagnostics: [...diagnostics, fault] };
  }
  const days = await runDays(data.project, { manifest, arrivals, first }, request);
  return { value: { days, isGenerated: data.isGenerated }, diagnostics: warningsOf(diagnostics) };
}

/** The first moment that a date of four digits for the year cannot name. */
const endOfYears = Date.UTC(10_000, 0, 1);

function warningsOf(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity === 'warning');
}

interface ProjectWithData {
  readonly project: ModelyardProject;
  readonly isGenerated: boolean;
}

/** The project as it is when a source or seed has rows; else over rows that are made in memory. */
async function withData(
  project: ModelyardProject,
  { cancellation, onEvent }: SimulationRequest,
): Promise<Outcome<ProjectWithData | undefined>> {
  const { manifest, diagnostics } = await project.read();
  if (manifest === undefined) return { value: undefined, diagnostics };
  const sources = [...manifest.nodes.values()].filter((node) => node.resourceType === 'source');
  const { files } = project.host;
  const versions = sources.flatMap(({ dataFile }) => (dataFile === undefined ? [] : [files.version(dataFile)]));
  const isThere = (await Promise.all(versions)).some((version) => version !== undefined);
  if (isThere || sources.length === 0) return { value: { project, isGenerated: false }, diagnostics: [] };
  onEvent({ kind: 'preparing', step: 'generating data' });
  const out = memoryFiles();
  const generated = await generateData(project, {
    rows: defaultGeneration.rows,
    seed: String(defaultGeneration.seed),
    cancellation,
    progress: () => undefined,
    out,
    judge: false,
  });
  if (generated.value === undefined) return { value: undefined, diagnostics: generated.diagnostics };
  const over = await onGenerated(project, generated.value.tables, out);
  return { value: { project: over, isGenerated: true }, diagnostics: [] };
}

async function allArrivals(
  { host }: ModelyardProject,
  manifest: Manifest,
  tables: readonly DataTable[],
): Promise<readonly Arrivals[]> {
  const found: Arrivals[] = [];
  for (const node of manifest.nodes.values()) {
    if (node.resourceType !== 'source' && node.resourceType !== 'seed') continue;
    const path = node.resourceType === 'source' ? node.dataFile : node.originalFilePath;
    if (path === undefined || found.some((one) => one.path === path)) continue;
    const table = tables.find((one) => one.path === path);
    const arrivals = await readArrivals(host.files, node, path, table);
    if (arrivals !== undefined) found.push(arrivals);
  }
  return found;
}

/** The start of the day of the first arrival, in milliseconds since 1970. */
function firstDay(arrivals: readonly Arrivals[]): number | undefined {
  let first: number | undefined;
  for (const { records } of arrivals)
    for (const { moment } of records)
      if (moment !== undefined && (first === undefined || moment < first)) first = moment;
  return first === undefined ? undefined : Math.floor(first / dayLength) * dayLength;
}

interface Subject {
  readonly manifest: Manifest;
  readonly arrivals: readonly Arrivals[];
  readonly first: number;
}

function runDays(
  project: ModelyardProject,
  subject: Subject,
  request: SimulationRequest,
): Promise<readonly SimulatedDay[]> {
  const environment = project.environment();
  return project.apart(request.cancellation, async (catalog) => {
    const days: SimulatedDay[] = [];
    const runner = new DayRunner(project, subject, catalog, environment);
    for (let index = 1; index <= request.days; index += 1) {
      if (request.cancellation.isCancellationRequested) throw new Cancelled();
      // The build is at the last second of the day: all that came on it is there.
      const moment = subject.first + index * dayLength - 1000;
      const day = await runner.run(
        moment,
        (node) => request.onEvent({ kind: 'building', date: dateOf(moment), index, total: request.days, node }),
        request,
      );
      days.push(day);
      request.onEvent({ kind: 'day', day, index, total: request.days });
    }
    return days;
  });
}

function dateOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** Builds one day after another in one database. */
class DayRunner {
  readonly #project: ModelyardProject;
  readonly #subject: Subject;
  readonly #catalog: RelationCatalog;
  readonly #environment: RunContext['environment'];
  readonly #arrived = memoryFiles();
  readonly #counts = new Map<string, number>();

  constructor(
    project: ModelyardProject,
    subject: Subject,
    catalog: RelationCatalog,
    environment: RunContext['environment'],
  ) {
    this.#project = project;
    this.#subject = subject;
    this.#catalog = catalog;
    this.#environment = environment;
  }

  async run(
    moment: number,
    building: (node: string) => void,
    { cancellation }: Pick<SimulationRequest, 'cancellation'>,
  ): Promise<SimulatedDay> {
    const { manifest, arrivals } = this.#subject;
    const { engine, files } = this.#project.host;
    const { target } = manifest.project;
    const arrived = await this.#arrive(moment);
    const [incrementals, snapshots] = [incrementalsOf(manifest), snapshotsOf(manifest)];
    const models = await inOrder(incrementals, (node, i) => keepTable(engine, target, node, i));
    const versions = await inOrder(snapshots, (node, i) => keepTable(engine, target, node, incrementals.length + i));
    const redirections = arrivals.map(({ path }) => [path, { files: this.#arrived, path }] as const);
    const context: RunContext = {
      manifest,
      environment: { ...this.#environment, startedAt: moment },
      files: redirectedFiles(files, new Map(redirections)),
      engine,
      catalog: this.#catalog,
      clock: { now: () => moment },
      moment,
      reuse: false,
      cancellation,
      onEvent: (event) => {
        if (event.kind === 'nodeStarted') building(event.node.name);
      },
    };
    const ran = await runNodes(context, runGraph(manifest, new Set(manifest.nodes.keys()), 'build'));
    if (ran.cancelled) throw new Cancelled();
    return {
      date: dateOf(moment),
      arrivals: arrived,
      models: await inOrder(models, (kept) => modelChange(engine, target, kept)),
      snapshots: await inOrder(versions, (kept) => snapshotChange(engine, target, kept)),
      troubles: ran.results.flatMap(troubleOf),
      passed: ran.results.filter(({ status }) => status === 'pass').length,
      skipped: ran.results.filter(({ status }) => status === 'skipped').length,
      freshness: await this.#freshness(context),
    };
  }

  /** Puts the files as they are at a moment where the run reads them; one that has not grown keeps its version. */
  async #arrive(moment: number): Promise<readonly ArrivedRows[]> {
    return inOrder(this.#subject.arrivals, async (one) => {
      const { bytes, rows } = arrivedBy(one, moment);
      const before = this.#counts.get(one.path);
      if (before !== rows) await this.#arrived.write(one.path, bytes);
      this.#counts.set(one.path, rows);
      const { node } = one;
      const table = node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
      return { table, column: one.column, arrived: rows - (before ?? 0), rows };
    });
  }

  async #freshness(context: RunContext): Promise<readonly SourceAge[]> {
    const sources = [...context.manifest.nodes.values()].filter((node) => node.resourceType === 'source');
    const asked = sources.filter(({ config }) => hasFreshness(config));
    return inOrder(asked, async (source) => {
      const { status, maxLoadedAt, snapshottedAt } = await measureFreshness(context, source);
      const age = maxLoadedAt === undefined ? undefined : (snapshottedAt - maxLoadedAt) / 1000;
      return { source: `${source.sourceName}.${source.name}`, status, age };
    });
  }
}

function incrementalsOf({ nodes }: Manifest): readonly ModelNode[] {
  return [...nodes.values()].filter(
    (node): node is ModelNode => node.resourceType === 'model' && node.materialized === 'incremental',
  );
}

function snapshotsOf({ nodes }: Manifest): readonly SnapshotNode[] {
  return [...nodes.values()].filter((node) => node.resourceType === 'snapshot');
}

function troubleOf({ node, status, failures, message }: NodeResult): readonly Trouble[] {
  if (status !== 'error' && status !== 'fail' && status !== 'warn') return [];
  return [{ node: node.name, resourceType: node.resourceType, status, failures, message }];
}

/** One after another: the engine is one. */
async function inOrder<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (const [i, item] of items.entries()) results.push(await work(item, i));
  return results;
}
