import type { Manifest, ManifestNode, SourceNode } from '../compile/manifest.ts';
import { hasFreshness } from '../project/sourceFreshness.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { inOrder, nodesOf, type DagTask } from './dagTasks.ts';

const words: Partial<Record<ManifestNode['resourceType'], string>> = {
  model: 'run',
  seed: 'seed',
  snapshot: 'snapshot',
  source: 'source',
};

/**
 * The tasks that astronomer-cosmos 1.15 makes of a selection with the settings of our DAG: one for each node and, in a
 * group with it, one for its tests; sources only where they have tests or freshness (cosmos/airflow/graph.py).
 */
export function cosmosTasks(manifest: Manifest, selected: ReadonlySet<UniqueId>): readonly DagTask[] {
  const tested = new Set(
    [...manifest.nodes.values()].flatMap((node) => (node.resourceType === 'test' ? node.dependsOn : [])),
  );
  const isShown = (node: ManifestNode): boolean =>
    words[node.resourceType] !== undefined &&
    (node.resourceType !== 'source' || tested.has(node.uniqueId) || hasFreshness(node.config));
  const nodes = nodesOf(manifest, selected).filter(isShown);
  const { ordered, parents } = inOrder(manifest, nodes);
  const lastTasks = new Map<UniqueId, string>();
  return ordered.flatMap((node): DagTask[] => {
    const name = cosmosName(node);
    const word = words[node.resourceType] ?? '';
    const after = (parents.get(node.uniqueId) ?? []).flatMap((id) => lastTasks.get(id) ?? []).sort();
    const hasTests = tested.has(node.uniqueId);
    const first: DagTask = { id: `${name}${hasTests ? '.' : '_'}${word}`, command: commandOf(node, word), after };
    const tests: DagTask = {
      id: `${name}.test`,
      command: ['test', '--select', selectorOf(node), '--indirect-selection', 'buildable'],
      after: [first.id],
    };
    lastTasks.set(node.uniqueId, (hasTests ? tests : first).id);
    return hasTests ? [first, tests] : [first];
  });
}

/** What is behind the type and the package in dbt's id: a version and a source's table are joined by `_`. */
function cosmosName({ uniqueId }: ManifestNode): string {
  return uniqueId.split('.').slice(2).join('_');
}

/** A source without freshness and an ephemeral model only hold their places. */
function commandOf(node: ManifestNode, word: string): readonly string[] {
  if (node.resourceType === 'source') {
    return hasFreshness(node.config) ? ['source', 'freshness', '--select', selectorOf(node)] : [];
  }
  if (node.resourceType === 'model' && node.materialized === 'ephemeral') return [];
  return [word, '--select', selectorOf(node)];
}

function selectorOf(node: ManifestNode): string {
  return node.resourceType === 'source' ? sourceSelector(node) : node.fqn.join('.');
}

function sourceSelector({ sourceName, name }: SourceNode): string {
  return `source:${sourceName}.${name}`;
}
