import type { Manifest, RunnableNode } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import type { NodeResult, NodeStatus } from '../run/nodeResult.ts';
import { isJsonObject, objectAt, objectsAt, parsedObject, type JsonObject } from './jsonObject.ts';

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
 * whose files have other text now, are left out. An artifact that cannot be read gives nothing. The artifacts may be
 * those of dbt-core 1, of dbt 2, or ours.
 */
export function readResults(artifacts: EarlierArtifacts, manifest: Manifest): readonly NodeResult[] {
  const earlier = parsedObject(artifacts.manifest);
  return objectsAt(parsedObject(artifacts.runResults), 'results').flatMap((entry) => {
    const node = manifest.nodes.get(String(entry['unique_id']) as UniqueId);
    const status = statuses.find((one) => one === entry['status']);
    if (
      node === undefined ||
      node.resourceType === 'source' ||
      node.resourceType === 'analysis' ||
      status === undefined ||
      isUnknown(entry)
    )
      return [];
    return isUnchanged(node, earlier) ? [resultOf(node, status, entry)] : [];
  });
}

/** dbt 2 writes this of every node where the command fails as a whole, whatever the reason, and when it is cancelled. */
function isUnknown({ message, execution_time: seconds }: JsonObject): boolean {
  return message === 'Compilation Error' && seconds === 0;
}

/** The text itself is compared: dbt 2 makes another checksum of it than dbt 1, and none of a test's. */
function isUnchanged(node: RunnableNode, earlier: JsonObject): boolean {
  if (node.resourceType === 'unit_test') {
    const { checksum } = objectAt(objectAt(earlier, 'unit_tests'), node.uniqueId);
    return checksum === node.checksum || isJsonObject(checksum);
  }
  if (!('rawCode' in node)) return true;
  const before = objectAt(objectAt(earlier, 'nodes'), node.uniqueId);
  const text = before['raw_code'];
  return typeof text === 'string' && withoutReturns(text) === withoutReturns(node.rawCode);
}

function withoutReturns(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function resultOf(node: RunnableNode, status: NodeStatus, entry: JsonObject): NodeResult {
  const { message, failures, execution_time: seconds } = entry;
  return {
    node,
    status,
    message: typeof message === 'string' ? withoutStatus(message, failures) : undefined,
    failures: typeof failures === 'number' ? failures : undefined,
    compiledCode: undefined,
    executedSql: undefined,
    rowCount: undefined,
    columns: undefined,
    timing: typeof seconds === 'number' ? [{ name: 'execute', startedAt: 0, completedAt: seconds * 1000 }] : [],
    diagnostics: [],
  };
}

/** Where dbt 1 counts what a test got or has nothing to say, dbt 2 says the status once more. */
function withoutStatus(message: string, failures: unknown): string | undefined {
  if (!/^(?:Succeeded|Pass|Warn|Error)$/.test(message)) return message;
  if (typeof failures !== 'number' || failures === 0) return undefined;
  return `Got ${String(failures)} ${failures === 1 ? 'result' : 'results'}`;
}
