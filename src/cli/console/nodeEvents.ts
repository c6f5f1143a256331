import type { Json } from '../../core/artifacts/json.ts';
import {
  isTableNode,
  type Manifest,
  type RunnableNode,
  type TableNode,
  type UnitTestNode,
  versionedName,
} from '../../core/compile/manifest.ts';
import { isMicrobatch } from '../../core/compile/batch.ts';
import { materializationOf } from '../../core/compile/materializations.ts';
import { renderRelation } from '../../core/compile/relation.ts';
import { executionSeconds, type NodeResult } from '../../core/run/nodeResult.ts';
import { consoleEvent, type ConsoleEvent, type ConsoleLevel, type EventName } from './consoleEvent.ts';

/** A node's turn in a run, and how wide its line is. */
export interface Turn {
  readonly index: number;
  readonly total: number;
  readonly width: number;
}

/** A progress line filled up with dots (dbt-core: core/dbt/events/format.py); seconds where the node has ended. */
export function progressText(message: string, status: string, turn: Turn, seconds?: number): string {
  const prefix = `${String(turn.index)} of ${String(turn.total)} ${message} `.padEnd(turn.width, '.');
  const time = seconds === undefined ? '' : ` in ${seconds.toFixed(2)}s`;
  return `${prefix} [${status}${time}]`;
}

/** What begins a node. */
export function startEvent(manifest: Manifest, node: RunnableNode, turn: Turn): ConsoleEvent {
  const description = describeNode(node);
  const { index, total } = turn;
  const data = { description, index, total, node_info: nodeInfo(manifest, node, 'started') };
  return consoleEvent('LogStartLine', progressText(`START ${description}`, 'RUN', turn), data);
}

/** What ends a node. */
export function endEvent(manifest: Manifest, result: NodeResult, turn: Turn): ConsoleEvent {
  const { node, status } = result;
  const { text, mark } = ending(result);
  const seconds = executionSeconds(result);
  const { index, total } = turn;
  const info = nodeInfo(manifest, node, status);
  if (status === 'skipped') {
    const data = { resource_type: node.resourceType, node_name: node.name, index, total, node_info: info };
    return consoleEvent('SkippingDetails', progressText(text, mark, turn), data);
  }
  const own: Readonly<Record<string, Json>> =
    node.resourceType === 'test'
      ? { name: node.name, num_failures: result.failures ?? 0, attached_node: node.generic?.attachedNode ?? '' }
      : { description: describeNode(node) };
  const data = { ...own, status, index, total, execution_time: seconds, node_info: info };
  return consoleEvent(endName(result), progressText(text, mark, turn, seconds), data, endLevel(status));
}

function endName({ node, status }: NodeResult): EventName {
  if (status === 'no-op') return 'LogNodeNoOpResult';
  switch (node.resourceType) {
    case 'model':
      return 'LogModelResult';
    case 'snapshot':
      return 'LogSnapshotResult';
    case 'seed':
      return 'LogSeedResult';
    case 'test':
    case 'unit_test':
      return 'LogTestResult';
    case 'exposure':
      return 'LogNodeNoOpResult';
    case 'operation':
      return 'LogHookEndLine';
  }
}

function endLevel(status: NodeResult['status']): ConsoleLevel {
  if (status === 'error' || status === 'fail' || status === 'partial success') return 'error';
  return status === 'warn' ? 'warn' : 'info';
}

/** What dbt's events say of the node that they are about. */
export function nodeInfo(manifest: Manifest, node: RunnableNode, status: string): Json {
  const hasRelation = isTableNode(node);
  return {
    node_path: node.path,
    node_name: node.name,
    unique_id: node.uniqueId,
    resource_type: node.resourceType,
    materialized: node.resourceType === 'model' ? materializationOf(node) : kindOf(node),
    node_status: status,
    node_relation: {
      database: hasRelation ? node.relation.database : '',
      schema: hasRelation ? node.relation.schema : '',
      alias: hasRelation ? node.relation.identifier : '',
      relation_name: hasRelation ? renderRelation(node.relation, manifest.project.target) : '',
    },
  };
}

function kindOf({ resourceType }: RunnableNode): string {
  return resourceType === 'exposure' ? '' : resourceType;
}

/** How dbt names a node in its progress lines: `sql table model main.orders`. */
export function describeNode(node: RunnableNode): string {
  switch (node.resourceType) {
    case 'model':
      return `sql ${isMicrobatch(node) ? 'microbatch' : materializationOf(node)} model ${relationName(node)}`;
    case 'snapshot':
      return `snapshot ${relationName(node)}`;
    case 'seed':
      return `seed file ${relationName(node)}`;
    case 'test':
      return `test ${node.name}`;
    case 'unit_test':
      return `unit_test ${unitTestName(node)}`;
    case 'exposure':
    case 'operation':
      return `${node.resourceType} ${node.name}`;
  }
}

/** The tested model's name as it is written, and the test's. */
function unitTestName(node: UnitTestNode): string {
  return `${node.model}::${versionedName(node)}`;
}

/** How lines of results name a test. */
function testName(node: RunnableNode): string {
  return node.resourceType === 'unit_test' ? unitTestName(node) : node.name;
}

function relationName({ relation }: Pick<TableNode, 'relation'>): string {
  return `${relation.schema}.${relation.identifier}`;
}

interface EndingText {
  readonly text: string;
  readonly mark: string;
}

function ending({ node, status, message, failures: count }: NodeResult): EndingText {
  const failures = String(count ?? 0);
  switch (status) {
    case 'success':
      if (node.resourceType === 'snapshot')
        return { text: `OK snapshotted ${relationName(node)}`, mark: message ?? 'OK' };
      return {
        text: `OK ${node.resourceType === 'seed' ? 'loaded' : 'created'} ${describeNode(node)}`,
        mark: message ?? 'OK',
      };
    case 'partial success':
      return { text: `PARTIALLY created ${describeNode(node)}`, mark: message ?? '' };
    case 'error': {
      if (node.resourceType === 'test' || node.resourceType === 'unit_test')
        return { text: `ERROR ${testName(node)}`, mark: 'ERROR' };
      if (node.resourceType === 'snapshot') return { text: `ERROR snapshotting ${relationName(node)}`, mark: 'ERROR' };
      const verb = node.resourceType === 'seed' ? 'loading' : 'creating';
      return { text: `ERROR ${verb} ${describeNode(node)}`, mark: 'ERROR' };
    }
    case 'pass':
      return { text: `PASS ${testName(node)}`, mark: 'PASS' };
    case 'warn':
      return { text: `WARN ${failures} ${node.name}`, mark: `WARN ${failures}` };
    case 'fail':
      return { text: `FAIL ${failures} ${testName(node)}`, mark: `FAIL ${failures}` };
    case 'no-op':
      return { text: `NO-OP ${describeNode(node)}`, mark: 'NO-OP' };
    case 'skipped':
      return { text: `SKIP ${skippedName(node)}`, mark: 'SKIP' };
  }
}

function skippedName(node: RunnableNode): string {
  if (isTableNode(node)) return `relation ${relationName(node)}`;
  return node.resourceType === 'unit_test' ? `unit_test ${node.name}` : describeNode(node);
}
