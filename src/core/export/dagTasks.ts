import { depths, subgraph, type Graph } from '../compile/graph.ts';
import type { Manifest, ManifestNode } from '../compile/manifest.ts';
import type { UniqueId } from '../project/uniqueId.ts';

/** A task of the DAG, and the tasks that it waits for. */
export interface DagTask {
  readonly id: string;
  /** dbt's arguments; none for a task that only holds the place of a node. */
  readonly command: readonly string[];
  readonly after: readonly string[];
}

/** `dbt run`, and then `dbt test`; `select` is dbt's `--select`. */
export function commandTasks(select: string | undefined): readonly DagTask[] {
  const chosen = select === undefined ? [] : ['--select', ...select.split(/\s+/)];
  return [
    { id: 'dbt_run', command: ['run', ...chosen], after: [] },
    { id: 'dbt_test', command: ['test', ...chosen], after: ['dbt_run'] },
  ];
}

const tasked: readonly ManifestNode['resourceType'][] = ['model', 'snapshot', 'seed'];

/** A task for each model, snapshot and seed, which builds it with its tests (`dbt build`), those waited for first. */
export function nodeTasks(manifest: Manifest, selected: ReadonlySet<UniqueId>): readonly DagTask[] {
  const nodes = nodesOf(manifest, selected).filter(
    (node) =>
      tasked.includes(node.resourceType) && !(node.resourceType === 'model' && node.materialized === 'ephemeral'),
  );
  const first = hasSourceTests(manifest) ? [sourceTests] : [];
  const { ordered, parents } = inOrder(manifest, nodes);
  const ids = taskIds(nodes);
  const selectorOf = selectors(manifest);
  const tasks = ordered.map((node): DagTask => {
    const after = (parents.get(node.uniqueId) ?? []).flatMap((id) => ids.get(id) ?? []).sort();
    return {
      id: ids.get(node.uniqueId) ?? node.uniqueId,
      // Tests that read several nodes are run with the last of them.
      command: ['build', '--select', selectorOf(node), '--indirect-selection', 'buildable'],
      after: after.length === 0 ? first.map(({ id }) => id) : after,
    };
  });
  return [...first, ...tasks];
}

/** The nodes of a selection, in the order of their ids. */
export function nodesOf({ nodes }: Manifest, selected: ReadonlySet<UniqueId>): readonly ManifestNode[] {
  return [...selected].sort().flatMap((id) => nodes.get(id) ?? []);
}

/** The nodes with those that they read first, and what each reads of them, directly or through others. */
export function inOrder(
  { graph }: Manifest,
  nodes: readonly ManifestNode[],
): { readonly ordered: readonly ManifestNode[]; readonly parents: Graph['parents'] } {
  const ids = new Set(nodes.map((node) => node.uniqueId));
  const among = subgraph(graph, ids);
  const depth = depths(among, ids);
  const depthOf = (node: ManifestNode): number => depth.get(node.uniqueId) ?? 0;
  return { ordered: [...nodes].sort((a, b) => depthOf(a) - depthOf(b)), parents: among.parents };
}

/** Tests that read nothing but sources belong to no node that is built. */
const sourceTests: DagTask = {
  id: 'source_tests',
  command: ['test', '--select', 'source:*', '--indirect-selection', 'cautious'],
  after: [],
};

function hasSourceTests({ nodes }: Manifest): boolean {
  return [...nodes.values()].some(
    (node) =>
      node.resourceType === 'test' &&
      node.dependsOn.length > 0 &&
      node.dependsOn.every((id) => nodes.get(id)?.resourceType === 'source'),
  );
}

/**
 * dbt's selectors of single nodes. A node's fqn selects what is in a folder of its name as well (core/dbt/graph/
 * selector_methods.py: is_selected_node), which the path of a file does not.
 */
function selectors({ nodes, project }: Manifest): (node: ManifestNode) => string {
  const folders = new Set(
    [...nodes.values()].flatMap(({ fqn }) => fqn.slice(0, -1).map((_, i) => fqn.slice(0, i + 1).join('.'))),
  );
  return ({ fqn, packageName, originalFilePath }) => {
    const name = fqn.join('.');
    return folders.has(name) && packageName === project.config.name ? `path:${originalFilePath}` : name;
  };
}

/** The variable of the DAG's file that holds a task. */
export function variableOf(taskId: string): string {
  const name = taskId.replace(/[^A-Za-z0-9_]/g, '_');
  return /^\d/.test(name) ? `task_${name}` : name;
}

/** A name for each task, which neither another task nor its variable has: the shortest that is free. */
function taskIds(nodes: readonly ManifestNode[]): ReadonlyMap<UniqueId, string> {
  const taken = new Set<string>();
  return new Map(
    nodes.map((node) => {
      const id = freeId(node, taken);
      taken.add(variableOf(id));
      return [node.uniqueId, id];
    }),
  );
}

function freeId(node: ManifestNode, taken: ReadonlySet<string>): string {
  const version = node.resourceType === 'model' ? node.version?.v : undefined;
  const short = `${node.resourceType}_${node.name}${version === undefined ? '' : `_v${String(version)}`}`;
  const isFree = (id: string): boolean => !taken.has(variableOf(id));
  if (isFree(legalId(short))) return legalId(short);
  const whole = legalId(node.uniqueId);
  let id = whole;
  for (let count = 2; !isFree(id); count += 1) id = `${whole}_${String(count)}`;
  return id;
}

/** Airflow's ids of tasks have letters, digits, dots, dashes and underscores. */
function legalId(text: string): string {
  return text.replace(/[^A-Za-z0-9_.-]/g, '_');
}
