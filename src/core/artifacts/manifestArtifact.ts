import type { Manifest, ManifestNode } from '../compile/manifest.ts';
import { nodeEntry, type EntryTexts } from '../compile/entries/nodeEntry.ts';
import { groupEntry } from '../compile/entries/groupEntry.ts';
import { childMap, parentMap } from './graphMaps.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';
import { docEntry, groupMap } from './groupEntries.ts';
import { macroEntries } from './macroEntries.ts';

const schema = 'https://schemas.getdbt.com/dbt/manifest/v12.json';

type JsonMap = Readonly<Record<string, Json>>;

/** What the manifest's artifact shows beside the manifest. */
export interface NodeTexts extends EntryTexts {
  /** The definitions of selectors.yml. */
  readonly selectors: Json;
}

/** target/manifest.json, version 12 of dbt's schema. */
export function manifestArtifact(manifest: Manifest, texts: NodeTexts, invocation: Invocation): Json {
  const { config, target } = manifest.project;
  const { unlinked } = manifest;
  const all = [...manifest.nodes.values(), ...unlinked];
  const entries = (wanted: readonly ManifestNode['resourceType'][]): JsonMap =>
    Object.fromEntries(
      all
        .filter((node) => wanted.includes(node.resourceType))
        .map((node) => [node.uniqueId, nodeEntry(manifest, node, texts)]),
    );
  return {
    metadata: {
      ...artifactMetadata(schema, invocation),
      project_name: config.name,
      project_id: null,
      user_id: null,
      send_anonymous_usage_stats: false,
      adapter_type: target.type,
    },
    nodes: {
      ...entries(['model', 'snapshot', 'analysis', 'seed', 'test']),
      ...Object.fromEntries(manifest.operations.map((node) => [node.uniqueId, nodeEntry(manifest, node, texts)])),
    },
    sources: entries(['source']),
    macros: macroEntries(manifest),
    docs: Object.fromEntries(manifest.docs.map((block) => [block.uniqueId, docEntry(block)])),
    exposures: entries(['exposure']),
    metrics: {},
    groups: Object.fromEntries(manifest.groups.map((group) => [group.uniqueId, groupEntry(group)])),
    selectors: texts.selectors,
    disabled: disabledEntries(manifest, texts),
    parent_map: parentMap(manifest),
    child_map: childMap(manifest),
    group_map: groupMap(manifest),
    saved_queries: {},
    semantic_models: {},
    unit_tests: entries(['unit_test']),
    functions: {},
  };
}

/** What is left out, by ids that more than one may have. */
function disabledEntries(manifest: Manifest, texts: NodeTexts): JsonMap {
  const ids = [...new Set(manifest.disabled.map(({ uniqueId }) => uniqueId))];
  return Object.fromEntries(
    ids.map((id) => {
      const nodes = manifest.disabled.filter(({ uniqueId }) => uniqueId === id);
      return [id, nodes.map((node) => nodeEntry(manifest, node, texts))];
    }),
  );
}
