import { reach } from '../../compile/graph.ts';
import { Cancelled } from '../../diagnostics/cancellation.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DataTable } from '../../datagen/dataModel.ts';
import type { UniqueId } from '../../project/uniqueId.ts';
import type { Clock } from '../../run/clock.ts';
import { runGraph } from '../../run/runGraph.ts';
import { runNodes } from '../../run/runNodes.ts';
import { loadRawTables, type CheckHost } from '../checkData.ts';
import type { TestingContext } from '../failingRows.ts';
import type { RawTable } from '../rawTable.ts';
import { kindTitle, type PlantedKind, type TriedKind } from './defect.ts';
import { defectKinds } from './defectKinds.ts';
import { chooseDefects, plant, unplant, type PlantingOptions } from './plantDefects.ts';

/** What a project's tests are worth: for each kind of defect the tests that found it. */
export interface DefectReport {
  readonly kinds: readonly TriedKind[];
  /** Tests that fail on the data as it is: they catch a kind when more rows fail with it. */
  readonly failedBefore: readonly string[];
  /** Tests that were run. */
  readonly tests: number;
  readonly diagnostics: readonly Diagnostic[];
}

export interface DefectContext extends Omit<TestingContext, 'tables'> {
  readonly clock: Clock;
  /** What the project says of the tables that were read. */
  readonly describe: (tables: readonly RawTable[]) => Promise<ReadonlyMap<RawTable, DataTable>>;
}

/**
 * Plants each kind of defect by itself, builds the models that read the spoiled table, runs the tests on them, and
 * takes the defects out again. A test for which more rows fail then than before has caught the kind.
 */
export async function tryDefects(
  context: DefectContext,
  options: PlantingOptions,
  host: CheckHost,
): Promise<DefectReport> {
  const { engine, manifest } = context;
  const { tables, diagnostics } = await loadRawTables(context, host);
  const found = [...(await context.describe(tables))].filter(([raw]) => raw.isLoaded);
  const described = new Map(found.map(([raw, one]) => [one.id, { described: one, raw }] as const));
  const sources = [...described.values()].flatMap((table) => defectKinds(table, described));
  const kinds = await chooseDefects(engine, sources, options);
  const before = await failingTests(context, new Set(manifest.nodes.keys()), host);
  const tried: TriedKind[] = [];
  for (const [done, one] of kinds.entries()) {
    if (host.cancellation.isCancellationRequested) throw new Cancelled();
    host.progress({ step: kindTitle(one.kind), done, total: kinds.length });
    tried.push({ ...one, caughtBy: await catching(context, one, before, host) });
    const isLastOfTable = kinds[done + 1]?.kind.table !== one.kind.table;
    // What was built on the spoiled table is built anew before another table's turn.
    if (isLastOfTable) await build(context, downstream(context, one), host);
  }
  const tests = [...manifest.nodes.values()].filter((node) => node.resourceType === 'test').length;
  return { kinds: tried, failedBefore: [...before.keys()].sort(), tests, diagnostics };
}

async function catching(
  context: DefectContext,
  one: PlantedKind,
  before: ReadonlyMap<string, number>,
  host: CheckHost,
): Promise<readonly string[]> {
  await plant(context.engine, one);
  const failing = await failingTests(context, downstream(context, one), host);
  await unplant(context.engine, one);
  const caught = [...failing].filter(([name, failures]) => failures > (before.get(name) ?? 0));
  return caught.map(([name]) => name).sort();
}

function downstream({ manifest }: DefectContext, { kind }: PlantedKind): ReadonlySet<UniqueId> {
  return reach(manifest.graph.children, [kind.table.node.uniqueId]);
}

/**
 * The tests that fail when models and tests are run, by their names, with how many rows fail; any number of rows where
 * a test cannot be run.
 */
async function failingTests(
  context: DefectContext,
  ids: ReadonlySet<UniqueId>,
  host: CheckHost,
): Promise<ReadonlyMap<string, number>> {
  await build(context, ids, host);
  const { results } = await run(context, ids, 'test', host);
  const failing = results.filter(({ status }) => status === 'fail' || status === 'warn' || status === 'error');
  return new Map(failing.map(({ node, failures }) => [node.name, failures ?? Infinity]));
}

async function build(context: DefectContext, ids: ReadonlySet<UniqueId>, host: CheckHost): Promise<void> {
  await run(context, ids, 'run', host);
}

/** Runs nodes on what the tables hold now: the sources are not loaded again. */
async function run(
  context: DefectContext,
  ids: ReadonlySet<UniqueId>,
  command: 'run' | 'test',
  { cancellation }: CheckHost,
): ReturnType<typeof runNodes> {
  const plan = runGraph(context.manifest, ids, command);
  const onEvent = (): void => undefined;
  const ran = await runNodes({ ...context, reuse: false, cancellation, onEvent }, { ...plan, sources: [] });
  if (ran.cancelled) throw new Cancelled();
  return ran;
}
