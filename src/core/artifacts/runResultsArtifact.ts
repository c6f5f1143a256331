import { eventMoment, type Batch } from '../compile/batch.ts';
import { nodeThread } from '../compile/invocationValues.ts';
import { isSqlNode, type AnalysisNode, type RunnableNode } from '../compile/manifest.ts';
import { renderRelation } from '../compile/relation.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { Target } from '../project/target.ts';
import { executionSeconds, type NodeResult, type RunResults } from '../run/nodeResult.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';

/** The schema that run_results.json follows. */
export const runResultsSchema = 'https://schemas.getdbt.com/dbt/run-results/v6.json';

/** What run_results.json says of a node, which was run or only compiled. */
export type ReportedResult = Omit<NodeResult, 'node' | 'columns' | 'diagnostics'> & {
  readonly node: RunnableNode | AnalysisNode | { readonly resourceType: 'sql_operation'; readonly uniqueId: UniqueId };
};

/** target/run_results.json, version 6 of dbt's schema. */
export function runResultsArtifact(
  results: Pick<RunResults, 'startedAt' | 'completedAt'> & { readonly results: readonly ReportedResult[] },
  target: Target,
  invocation: Invocation,
): Json {
  return {
    metadata: artifactMetadata(runResultsSchema, invocation),
    results: results.results.map((result) => resultEntry(result, target)),
    elapsed_time: (results.completedAt - results.startedAt) / 1000,
    args: invocation.args,
  };
}

function resultEntry(result: ReportedResult, target: Target): Json {
  const { node } = result;
  return {
    status: result.status,
    timing: result.timing.map((timing) => ({
      name: timing.name,
      started_at: new Date(timing.startedAt).toISOString(),
      completed_at: new Date(timing.completedAt).toISOString(),
    })),
    thread_id: node.resourceType === 'operation' ? 'main' : nodeThread,
    execution_time: executionSeconds(result),
    adapter_response: adapterResponse(result),
    message: result.message ?? null,
    // dbt counts none for an exposure, and nothing for what was built.
    failures: result.failures ?? (result.status === 'no-op' ? 0 : null),
    unique_id: node.uniqueId,
    compiled: compiledOf(result),
    compiled_code: result.compiledCode ?? null,
    relation_name:
      node.resourceType === 'model' || node.resourceType === 'snapshot' ? renderRelation(node.relation, target) : null,
    batch_results: batchResults(result),
  };
}

/** The spans of a microbatch model that were built, in the end those of the run before, and those that were not. */
function batchResults({ batches, batchesBefore = [] }: ReportedResult): Json {
  if (batches === undefined) return null;
  const spans = (all: readonly Batch[]): Json => all.map(({ start, end }) => [start, end].map(writtenMoment));
  const built = batches.filter(({ status }) => status === 'success');
  return {
    successful: spans([...built, ...batchesBefore]),
    failed: spans(batches.filter(({ status }) => status !== 'success')),
  };
}

const writtenMoment = (moment: number): string => eventMoment(moment).replace(' ', 'T');

/** dbt says of a unit test only that it was compiled, and of what has no code nothing. */
function compiledOf({ node, compiledCode }: ReportedResult): boolean | null {
  if (node.resourceType === 'unit_test') return compiledCode === undefined ? null : true;
  if (node.resourceType === 'sql_operation') return true;
  return isSqlNode(node) || node.resourceType === 'operation' ? compiledCode !== undefined : null;
}

/** The database says something only of what it has done. */
function adapterResponse({ node, status, message, executedSql, rowCount, batches }: ReportedResult): Json {
  if (batches !== undefined) return {};
  const isDone = executedSql !== undefined || rowCount !== undefined;
  if (!isDone || status === 'error' || status === 'skipped' || status === 'no-op') return {};
  if (node.resourceType === 'seed') {
    const [code = ''] = (message ?? '').split(' ');
    return { _message: message ?? '', code, rows_affected: rowCount ?? 0 };
  }
  return { _message: 'OK', rows_affected: -1 };
}
