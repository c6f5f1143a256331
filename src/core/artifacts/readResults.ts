import type { Manifest, RunnableNode } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { NodeResult, NodeStatus } from '../run/nodeResult.ts';

/** The texts of the two artifacts of an earlier run; undefined where there is no such file. */
export interface EarlierArtifacts {
  readonly runResults: string | undefined;
  readonly manifest: string | undefined;
}

const statuses: readonly NodeStatus[] = [
  'success',
  'error',
  'partial success',
  'skipped',
  'pass',
  'warn',
  'fail',
  'no-op',
];

/**
 * How nodes ended in an earlier run, as far as it still holds: results of nodes that are gone, and of models and tests
 * whose files have other text now, are left out. An artifact that cannot be read gives nothing.
 */
export function readResults(artifacts: EarlierArtifacts, manifest: Manifest): readonly NodeResult[] {
  const checksums = checksumsOf(parsed(artifacts.manifest));
  return entriesOf(parsed(artifacts.runResults)).flatMap((entry) => {
    const node = manifest.nodes.get(String(entry['unique_id']) as UniqueId);
    const status = statuses.find((one) => one === entry['status']);
    if (
      node === undefined ||
      node.resourceType === 'source' ||
      node.resourceType === 'analysis' ||
      status === undefined
    )
      return [];
    return isUnchanged(node, checksums) ? [resultOf(node, status, entry)] : [];
  });
}

type JsonObject = Readonly<Record<string, unknown>>;

function isUnchanged(node: RunnableNode, checksums: ReadonlyMap<string, unknown>): boolean {
  const checksum = 'checksum' in node ? node.checksum : undefined;
  return checksum === undefined || checksums.get(node.uniqueId) === checksum;
}

function resultOf(node: RunnableNode, status: NodeStatus, entry: JsonObject): NodeResult {
  const { message, failures, execution_time: seconds } = entry;
  return {
    node,
    status,
    message: typeof message === 'string' ? message : undefined,
    failures: typeof failures === 'number' ? failures : undefined,
    compiledCode: undefined,
    executedSql: undefined,
    rowCount: undefined,
    columns: undefined,
    timing: typeof seconds === 'number' ? [{ name: 'execute', startedAt: 0, completedAt: seconds * 1000 }] : [],
    diagnostics: [],
  };
}

function checksumsOf(manifest: JsonObject): ReadonlyMap<string, unknown> {
  const nodes = Object.entries(objectIn(manifest, 'nodes'));
  return new Map(nodes.map(([id, node]) => [id, isObject(node) ? objectIn(node, 'checksum')['checksum'] : undefined]));
}

function entriesOf({ results }: JsonObject): readonly JsonObject[] {
  return Array.isArray(results) ? results.filter(isObject) : [];
}

function parsed(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

function objectIn(object: JsonObject, key: string): JsonObject {
  const value = object[key];
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
