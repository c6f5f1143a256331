import { isTableNode, type Manifest, type OperationNode } from '../compile/manifest.ts';
import { nodeValues } from '../compile/nodeValues.ts';
import type { PlainMap } from '../project/plainValue.ts';
import { executionSeconds, isFailure, type NodeResult } from './nodeResult.ts';
import type { RunContext } from './runContext.ts';
import { compileHook } from './runHooks.ts';
import { runStatement } from './runStatement.ts';

/**
 * Runs the hooks of one kind, one after another; what comes after one that failed is skipped
 * (dbt-core: task/run.py, safe_run_hooks). `ended` are the results of the nodes that were run before.
 */
export async function runOperations(
  context: RunContext,
  hookType: OperationNode['hookType'],
  ended: readonly NodeResult[],
): Promise<readonly NodeResult[]> {
  const operations = context.manifest.operations.filter((one) => one.hookType === hookType);
  const results: NodeResult[] = [];
  for (const [at, node] of operations.entries()) {
    const turn = { index: at + 1, total: operations.length };
    const isSkipped = results.some(({ status }) => isFailure(status));
    if (!isSkipped) context.onEvent({ kind: 'hookStarted', node, ...turn });
    const result = isSkipped ? skipped(node, context.clock.now()) : await runOperation(context, node, ended);
    results.push(result);
    context.onEvent({ kind: 'hookFinished', node, result, ...turn });
  }
  return results;
}

/** How dbt names a hook in its lines: `shop.on-run-start.0`. */
export function operationName({ packageName, hookType, index }: OperationNode): string {
  return `${packageName}.${hookType}.${String(index)}`;
}

const nothing = { compiledCode: undefined, executedSql: undefined, rowCount: undefined, columns: undefined };

function skipped(node: OperationNode, now: number): NodeResult {
  const timing = [{ name: 'execute', startedAt: now, completedAt: now }] as const;
  const message = `${operationName(node)} skipped`;
  return { node, ...nothing, status: 'skipped', message, failures: 1, timing, diagnostics: [] };
}

async function runOperation(
  context: RunContext,
  node: OperationNode,
  ended: readonly NodeResult[],
): Promise<NodeResult> {
  const startedAt = context.clock.now();
  const values = node.hookType === 'on-run-end' ? endValues(context.manifest, ended) : undefined;
  const compiled = await compileHook(context, node, node.rawCode, values);
  const compiledAt = context.clock.now();
  const answer = compiled.value === undefined ? undefined : await runStatement(context, compiled.value);
  const timing = [
    { name: 'compile', startedAt, completedAt: compiledAt },
    { name: 'execute', startedAt: compiledAt, completedAt: context.clock.now() },
  ] as const;
  const fault = answer?.kind === 'fault' ? answer.message : compiled.diagnostics[0]?.message;
  const base = { node, ...nothing, compiledCode: compiled.value, timing, diagnostics: compiled.diagnostics };
  if (answer?.kind === 'answer')
    return { ...base, status: 'success', message: `${operationName(node)} passed`, failures: 0 };
  const message = `${operationName(node)} failed, error:\n ${fault ?? ''}`;
  return { ...base, status: 'error', message, failures: 1 };
}

/** What the hooks at the end know of the run: `results`, and the schemas that something was built in. */
function endValues(manifest: Manifest, ended: readonly NodeResult[]): PlainMap {
  const built = ended.flatMap(({ node, status }) => (isTableNode(node) && !isFailure(status) ? [node.relation] : []));
  const places = new Map(built.map(({ database, schema }) => [`${database}.${schema}`, [database, schema]]));
  return {
    results: ended.map((one) => resultValues(manifest, one)),
    schemas: [...new Set(built.map(({ schema }) => schema))],
    database_schemas: [...places.values()],
  };
}

function resultValues(manifest: Manifest, result: NodeResult): PlainMap {
  return {
    node: nodeValues(manifest, result.node),
    status: result.status,
    message: result.message ?? null,
    failures: result.failures ?? null,
    execution_time: executionSeconds(result),
    thread_id: 'Thread-1',
    adapter_response: {},
  };
}
