import type { ManifestNode, TestNode, UnitTestNode } from '../core/compile/manifest.ts';
import { materializationOf } from '../core/compile/materializations.ts';
import type { Diagnostic } from '../core/diagnostics/diagnostic.ts';
import type { ModelLineage } from '../core/lineage/modelLineage.ts';
import type { UniqueId } from '../core/project/uniqueId.ts';
import { executionSeconds, isUnbuilt, type NodeResult } from '../core/run/nodeResult.ts';
import type { LineageNode } from '../protocol/lineageProtocol.ts';
import type { FileLocation, NodeStatus, NodeTest, TestVerdict } from '../protocol/nodeFacts.ts';

/** What is known of how nodes stand. */
export interface NodeStates {
  readonly results: ReadonlyMap<UniqueId, NodeResult>;
  /** Nodes of the run that goes on. */
  readonly active: ReadonlyMap<UniqueId, 'queued' | 'running'>;
  /** Rows of tables that were loaded or built. */
  readonly rowCounts: ReadonlyMap<UniqueId, number>;
  /** Nodes whose files were changed since they were run. */
  readonly stale: ReadonlySet<UniqueId>;
  /** Faults of the project, shown at the nodes whose files they are in. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The cards of the lineage view. */
export function lineageNodes(lineage: ModelLineage, states: NodeStates): readonly LineageNode[] {
  return lineage.entries.map(({ node, tests }) => {
    const result = states.results.get(node.uniqueId);
    const fault = firstFault(node, states);
    const message = fault?.message ?? (result !== undefined && isUnbuilt(result.status) ? result.message : undefined);
    const rowCount = states.rowCounts.get(node.uniqueId);
    return {
      id: node.uniqueId,
      name: node.name,
      resourceType: node.resourceType,
      ...(node.resourceType === 'model' ? { materialized: materializationOf(node) } : {}),
      ...('relation' in node ? { schema: node.relation.schema } : {}),
      ...(node.resourceType === 'source' ? { sourceName: node.sourceName } : {}),
      columns: columnsOf(node, result),
      location: locationOf(node),
      status: statusOf(node, states, fault),
      ...(message === undefined ? {} : { message }),
      ...(rowCount === undefined ? {} : { rowCount }),
      ...(result === undefined ? {} : { durationMs: executionSeconds(result) * 1000 }),
      tests: tests.map((test) => nodeTest(test, states)),
    };
  });
}

/** A test with how it ended. */
export function nodeTest(test: TestNode | UnitTestNode, states: Pick<NodeStates, 'results' | 'active'>): NodeTest {
  const result = states.results.get(test.uniqueId);
  return {
    id: test.uniqueId,
    name: test.name,
    verdict: verdictOf(result, states.active.get(test.uniqueId)),
    ...(result?.failures === undefined || result.failures === 0 ? {} : { failures: result.failures }),
    ...(result?.message === undefined ? {} : { message: result.message }),
    location: locationOf(test),
  };
}

/** Where a node is written. */
export function locationOf(node: ManifestNode): FileLocation {
  return { file: node.originalFilePath, ...node.range.start };
}

function verdictOf(result: NodeResult | undefined, active: 'queued' | 'running' | undefined): TestVerdict {
  if (active === 'running') return 'running';
  switch (result?.status) {
    case 'pass':
    case 'warn':
    case 'fail':
    case 'error':
    case 'skipped':
      return result.status;
    case 'success':
    case 'partial success':
    case 'no-op':
    case undefined:
      return 'none';
  }
}

/** How a node stands: a fault in its file first, then the run that goes on, then the last one. */
export function statusOf(node: ManifestNode, states: NodeStates, fault: Diagnostic | undefined): NodeStatus {
  const active = states.active.get(node.uniqueId);
  if (active !== undefined) return active;
  if (fault !== undefined) return 'error';
  const result = states.results.get(node.uniqueId);
  if (result !== undefined && isUnbuilt(result.status)) return 'error';
  if (result?.status === 'skipped') return 'skipped';
  const isBuilt = result?.status === 'success' || states.rowCounts.has(node.uniqueId);
  if (!isBuilt) return 'none';
  return states.stale.has(node.uniqueId) ? 'stale' : 'success';
}

/** The first error of the project in a node's own file. */
export function firstFault(
  node: ManifestNode,
  { diagnostics }: Pick<NodeStates, 'diagnostics'>,
): Diagnostic | undefined {
  if (node.resourceType !== 'model') return undefined;
  return diagnostics.find((one) => one.severity === 'error' && one.file === node.originalFilePath);
}

function columnsOf(node: ManifestNode, result: NodeResult | undefined): LineageNode['columns'] {
  if (!('columns' in node)) return [];
  const built = result?.columns ?? [];
  if (built.length > 0) return built.map(({ name }) => ({ name, ...typeOf(node.columns, name) }));
  return node.columns.map(({ name, dataType }) => ({ name, ...(dataType === undefined ? {} : { type: dataType }) }));
}

function typeOf(
  columns: readonly { readonly name: string; readonly dataType: string | undefined }[],
  name: string,
): { readonly type?: string } {
  const type = columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.dataType;
  return type === undefined ? {} : { type };
}
