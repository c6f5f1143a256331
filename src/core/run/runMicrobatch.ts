import { batchName, batchSizeOf, eventMoment, isMicrobatch, usesBatches, type Batch } from '../compile/batch.ts';
import type { Manifest, ModelNode, RunnableNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { batchesOf } from './batches.ts';
import type { BatchResult, NodeResult } from './nodeResult.ts';
import type { RunContext } from './runContext.ts';
import { withHooks } from './runHooks.ts';
import { isGrowing, isUpToDate, runModel } from './runModel.ts';

/** True for a model that is built batch by batch of event time. */
export function isRunInBatches(manifest: Manifest, node: RunnableNode): boolean {
  return isMicrobatch(node) && usesBatches(manifest);
}

/** How a model ended that was built in batches. */
export type MicrobatchEnding = Omit<NodeResult, 'node' | 'timing'>;

/**
 * Builds a model batch by batch, each in a transaction of its own (dbt-core: task/run.py, MicrobatchModelRunner): when
 * the first fails the others are skipped, when a later one does the others are built all the same. The hooks before the
 * model run with the first batch and those behind it with the last. A retry builds the batches that failed before.
 */
export async function runMicrobatch(context: RunContext, node: ModelNode): Promise<MicrobatchEnding> {
  const { catalog, clock, environment, manifest, onEvent } = context;
  const table = embeddedName(node.relation, manifest.project.target);
  const known = catalog.get(table);
  if (context.reuse && known !== undefined && isUpToDate(context, node, table))
    return { ...nothing, ...outcome([], undefined), rowCount: known.rowCount, columns: known.columns, diagnostics: [] };
  const earlier = context.earlierBatches?.get(node.uniqueId);
  // What is prepared for a preview is whole: a table that lacks batches is built from the beginning.
  const lacked = known?.version === lacking;
  const isIncremental = !(lacked && context.reuse) && isGrowing(context, node, table);
  const range = { eventTime: context.eventTime, now: context.batchesUntil ?? environment.startedAt };
  const batches = earlier?.failed ?? batchesOf(node, range, isIncremental);
  const total = batches.length;
  const results: BatchResult[] = [];
  for (const [at, batch] of batches.entries()) {
    const turn = { node, batch, index: at + 1, total };
    let result: BatchResult;
    if (at > 0 && results[0]?.status !== 'success') result = { ...batch, ...skipped };
    else {
      onEvent({ kind: 'batchStarted', ...turn });
      const startedAt = clock.now();
      const ends = { isFirst: at === 0, isLast: at === total - 1 };
      const built = await runBatch(context, node, batch, { ...ends, isIncremental: isIncremental || at > 0 });
      result = { ...batch, ...built, seconds: (clock.now() - startedAt) / 1000 };
    }
    results.push(result);
    onEvent({ kind: 'batchFinished', ...turn, result });
  }
  const ended = outcome(results, earlier?.successful);
  const entry = catalog.get(table);
  const lacks = ended.status === 'partial success' || (lacked && isIncremental && earlier === undefined);
  if (lacks && entry !== undefined) await catalog.put({ ...entry, version: lacking });
  return {
    ...nothing,
    ...ended,
    rowCount: entry?.rowCount,
    columns: entry?.columns,
    diagnostics: distinct(results.flatMap((one) => one.diagnostics)),
  };
}

/** The version of a table that lacks batches: it is made of no code and data that a model can have. */
const lacking = 'lacks batches';

const nothing = { compiledCode: undefined, executedSql: undefined, failures: 0 } as const;

const skipped = {
  status: 'skipped',
  compiledCode: undefined,
  executedSql: undefined,
  seconds: 0,
  diagnostics: [],
} as const satisfies Omit<BatchResult, 'start' | 'end'>;

/** Which batch of a model it is. */
interface Place {
  readonly isFirst: boolean;
  readonly isLast: boolean;
  /** True when the rows go into the table that is there. */
  readonly isIncremental: boolean;
}

async function runBatch(
  context: RunContext,
  node: ModelNode,
  batch: Batch,
  { isFirst, isLast, isIncremental }: Place,
): Promise<Omit<BatchResult, keyof Batch | 'seconds'>> {
  const size = batchSizeOf(node.config);
  if (size === undefined) throw new Error(`${node.uniqueId} has no batch size`);
  const environment = { ...context.environment, batch: { ...batch, node: node.uniqueId, size } };
  const config = {
    ...node.config,
    ...(!isFirst && { 'pre-hook': [] }),
    ...(!isLast && { 'post-hook': [] }),
  };
  const inBatch = { ...context, environment };
  const hooked = { ...node, config };
  const build = (): ReturnType<typeof runModel> => runModel(inBatch, hooked, isIncremental);
  // A materialization that is not dbt's own runs the hooks itself.
  if (context.reuse || node.materialization !== undefined) return endingOf(await build());
  const ended = await withHooks(inBatch, hooked, build, ({ ok }) => ok);
  if (ended.kind === 'built') return endingOf(ended.ending);
  const { compiledCode, executedSql } = ended.ending ?? {};
  return { status: 'error', compiledCode, executedSql, diagnostics: ended.faults };
}

function endingOf(build: Awaited<ReturnType<typeof runModel>>): Omit<BatchResult, keyof Batch | 'seconds'> {
  const { ok, compiledCode, executedSql, diagnostics } = build;
  return { status: ok ? 'success' : 'error', compiledCode, executedSql, diagnostics };
}

/** The status of all batches together; those that were built before the retry do not count for it. */
function outcome(
  results: readonly BatchResult[],
  before: readonly Batch[] | undefined,
): Pick<NodeResult, 'status' | 'message' | 'batches' | 'batchesBefore'> {
  const built = results.filter(({ status }) => status === 'success').length;
  const batches = { batches: results, ...(before && { batchesBefore: before }) };
  if (built === results.length) return { status: 'success', message: 'SUCCESS', ...batches };
  if (built === 0) return { status: 'error', message: 'ERROR', ...batches };
  const message = `PARTIAL SUCCESS (${String(built)}/${String(results.length)})`;
  return { status: 'partial success', message, ...batches };
}

/** What is wrong with every batch is said once. */
function distinct(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...new Map(diagnostics.map((one) => [JSON.stringify(one), one])).values()];
}

/** How lines name a batch of a model. */
export function describeBatch({ relation, config }: ModelNode, { start }: Batch): string {
  const size = batchSizeOf(config);
  const name = size === undefined ? eventMoment(start) : batchName(start, size);
  return `batch ${name} of ${relation.schema}.${relation.identifier}`;
}
