import { JinjaDict } from '../jinja/values/dict.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import { plainMapAt, type PlainMap } from '../project/plainValue.ts';
import { batchValue, type CurrentBatch } from './batch.ts';
import { groupEntry } from './entries/groupEntry.ts';
import { nodeEntry, type EntryTexts } from './entries/nodeEntry.ts';
import type { Manifest, ManifestNode, OperationNode } from './manifest.ts';

/** A node as templates find it in `graph.nodes` and in `results` (dbt's to_dict of a node); it is not compiled yet. */
export function nodeValues(manifest: Manifest, node: ManifestNode | OperationNode): PlainMap {
  const entry = nodeEntry(manifest, node, noTexts);
  // Hooks are numbered from one only once they are run.
  return node.resourceType === 'operation' ? { ...entry, index: node.index } : entry;
}

const noTexts: EntryTexts = { compiled: new Map(), seedChecksums: new Map() };

/** A node as its own templates find it in `model`: what it or its config has no value for is not there. */
export function modelOf(manifest: Manifest, node: ManifestNode | OperationNode, batch?: CurrentBatch): JinjaDict {
  const values = nodeValues(manifest, node);
  return withBatch({ ...withoutNulls(values), config: withoutNulls(plainMapAt(values, 'config')) }, node, batch);
}

/** A node's values with the batch of it that is built now. */
export function withBatch(
  values: PlainMap,
  { uniqueId }: ManifestNode | OperationNode,
  batch: CurrentBatch | undefined,
): JinjaDict {
  const entries = Object.entries(values).map(([key, value]): [string, JinjaValue] => [key, fromPlain(value)]);
  const current: [string, JinjaValue][] = batch?.node === uniqueId ? [['batch', batchValue(batch)]] : [];
  return new JinjaDict([...entries, ...current]);
}

function withoutNulls(values: PlainMap): PlainMap {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

const graphs = new WeakMap<Manifest, JinjaValue>();

/** `graph`: a project's nodes and groups by their ids, made once (dbt-core: contracts/graph/manifest.py, build_flat_graph). */
export function graphOf(manifest: Manifest): JinjaValue {
  const known = graphs.get(manifest) ?? graphValue(manifest);
  graphs.set(manifest, known);
  return known;
}

function graphValue(manifest: Manifest): JinjaValue {
  const all = [...manifest.nodes.values()];
  const of = (nodes: readonly (ManifestNode | OperationNode)[]): JinjaValue =>
    new JinjaDict(nodes.map((node) => [node.uniqueId, fromPlain(nodeValues(manifest, node))]));
  const groups = manifest.groups.map((group) => [group.uniqueId, fromPlain(groupEntry(group))] as const);
  const isGeneric = (node: ManifestNode): boolean => node.resourceType === 'test' && node.generic !== undefined;
  const inNodes = all.filter(({ resourceType }) => !['source', 'exposure', 'unit_test'].includes(resourceType));
  return new JinjaDict([
    ['exposures', of(all.filter(({ resourceType }) => resourceType === 'exposure'))],
    ['functions', new JinjaDict()],
    ['groups', new JinjaDict(groups)],
    ['metrics', new JinjaDict()],
    // dbt reads what properties files declare last.
    [
      'nodes',
      of([...inNodes.filter((node) => !isGeneric(node)), ...manifest.operations, ...inNodes.filter(isGeneric)]),
    ],
    ['sources', of(all.filter(({ resourceType }) => resourceType === 'source'))],
    ['semantic_models', new JinjaDict()],
    ['saved_queries', new JinjaDict()],
  ]);
}
