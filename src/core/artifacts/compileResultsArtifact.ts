import { isSqlNode, type ManifestNode } from '../compile/manifest.ts';
import { renderRelation } from '../compile/relation.ts';
import type { Target } from '../project/target.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';
import { runResultsSchema } from './runResultsArtifact.ts';

/** A node that was compiled; times in milliseconds since 1970. */
interface Compiled {
  readonly node: ManifestNode;
  readonly code: string | undefined;
  readonly startedAt: number;
  readonly completedAt: number;
}

/** run_results.json of `compile` and `docs generate`: every node succeeded, and nothing was run. */
export function compileResultsArtifact(
  compiled: readonly Compiled[],
  { startedAt, completedAt }: { readonly startedAt: number; readonly completedAt: number },
  target: Target,
  invocation: Invocation,
): Json {
  return {
    metadata: artifactMetadata(runResultsSchema, invocation),
    results: compiled.map((one) => resultEntry(one, target)),
    elapsed_time: (completedAt - startedAt) / 1000,
    args: invocation.args,
  };
}

function resultEntry({ node, code, startedAt, completedAt }: Compiled, target: Target): Json {
  const time = (at: number): string => new Date(at).toISOString();
  const hasRelation = node.resourceType === 'model' || node.resourceType === 'snapshot';
  return {
    status: 'success',
    timing: [
      { name: 'compile', started_at: time(startedAt), completed_at: time(completedAt) },
      { name: 'execute', started_at: time(completedAt), completed_at: time(completedAt) },
    ],
    thread_id: 'Thread-1',
    execution_time: (completedAt - startedAt) / 1000,
    adapter_response: {},
    message: null,
    failures: null,
    unique_id: node.uniqueId,
    compiled: isSqlNode(node) ? code !== undefined : null,
    compiled_code: code ?? null,
    relation_name: hasRelation ? renderRelation(node.relation, target) : null,
    batch_results: null,
  };
}
