import {
  versionedName,
  type AnalysisNode,
  type Manifest,
  type ManifestNode,
  type ModelNode,
  type OperationNode,
  type RefCall,
  type SeedNode,
  type SnapshotNode,
  type SourceNode,
  type SqlNode,
  type TestNode,
  type UnitTestNode,
} from '../compile/manifest.ts';
import { completeConfig } from '../compile/completeConfig.ts';
import { renderRelation } from '../compile/relation.ts';
import { pathInPackage } from '../project/project.ts';
import type { UniqueId } from '../project/uniqueId.ts';
import { accessOf, groupOf } from '../compile/groups.ts';
import { plainMapAt } from '../project/plainValue.ts';
import { childMap, parentMap } from './graphMaps.ts';
import { columnEntries } from './columnEntries.ts';
import { contractEntry, modelConstraints } from './constraintEntries.ts';
import { artifactMetadata, type Invocation } from './artifactMetadata.ts';
import type { Json } from './json.ts';
import { docEntry, groupEntry, groupMap } from './groupEntries.ts';
import { inferredKey } from './inferredKey.ts';
import { macroEntries } from './macroEntries.ts';
import { unitTestEntry } from './unitTestEntry.ts';

const schema = 'https://schemas.getdbt.com/dbt/manifest/v12.json';

type JsonMap = Readonly<Record<string, Json>>;

/** What the manifest's artifact shows beside the manifest. */
export interface NodeTexts {
  /** Code of the nodes that were compiled. */
  readonly compiled: ReadonlyMap<UniqueId, string>;
  /** SHA-256 of the seeds' files, as far as they are not too large to be read for it. */
  readonly seedChecksums: ReadonlyMap<UniqueId, string>;
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
        .map((node) => [node.uniqueId, manifestEntry(manifest, node, texts)]),
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
      ...Object.fromEntries(
        manifest.operations.map((node) => [
          node.uniqueId,
          operationEntry(manifest, node, texts.compiled.get(node.uniqueId)),
        ]),
      ),
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
      return [id, nodes.map((node) => manifestEntry(manifest, node, texts))];
    }),
  );
}

/** A node as manifest.json shows it. */
export function manifestEntry(
  manifest: Manifest,
  node: ManifestNode,
  { compiled, seedChecksums }: Pick<NodeTexts, 'compiled' | 'seedChecksums'>,
): JsonMap {
  switch (node.resourceType) {
    case 'model':
      return modelEntry(manifest, node, compiled.get(node.uniqueId));
    case 'snapshot':
      return snapshotEntry(manifest, node, compiled.get(node.uniqueId));
    case 'analysis':
      return analysisEntry(manifest, node, compiled.get(node.uniqueId));
    case 'seed':
      return seedEntry(manifest, node, seedChecksums.get(node.uniqueId));
    case 'source':
      return sourceEntry(manifest, node);
    case 'test':
      return testEntry(manifest, node, compiled.get(node.uniqueId));
    case 'unit_test':
      return unitTestEntry(node);
    case 'exposure':
      return exposureEntry(manifest, node);
  }
}

function common(manifest: Manifest, node: ManifestNode | OperationNode): JsonMap {
  return {
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: pathInPackage(manifest.project, node.packageName, node.originalFilePath),
    unique_id: node.uniqueId,
    fqn: node.fqn,
    description: node.description,
    config: completeConfig(node),
    tags: node.tags,
    meta: node.config['meta'] ?? {},
  };
}

/** What models, seeds and tests have on top of that. */
function built(
  manifest: Manifest,
  node: SqlNode | SeedNode | OperationNode,
  place: { schema: string; alias: string },
): JsonMap {
  return {
    database: manifest.project.target.database,
    ...place,
    group: groupOf(node, manifest.nodes) ?? null,
    docs: { show: true, node_color: null, ...plainMapAt(node.config, 'docs') },
    created_at: 0,
    build_path: null,
    unrendered_config: node.unrenderedConfig,
    columns: {},
    patch_path: null,
    relation_name: null,
    doc_blocks: [],
    ...common(manifest, node),
  };
}

function patchPath(manifest: Manifest, { packageName, patchPath: path }: PatchedNode): Json {
  return path === undefined ? null : `${packageName}://${pathInPackage(manifest.project, packageName, path)}`;
}

type PatchedNode = Extract<ManifestNode, { readonly patchPath: string | undefined }>;

function described(manifest: Manifest, node: ModelNode | SnapshotNode | SeedNode): JsonMap {
  return {
    columns: columnEntries(node.columns),
    doc_blocks: node.docBlocks,
    patch_path: patchPath(manifest, node),
    relation_name: renderRelation(node.relation, manifest.project.target),
  };
}

function sqlPart(manifest: Manifest, node: SqlNode, code: string | undefined): JsonMap {
  const compiled: JsonMap =
    code === undefined
      ? {}
      : {
          compiled: true,
          compiled_code: code,
          compiled_path: compiledPath(manifest, node),
          extra_ctes_injected: true,
          extra_ctes: [],
        };
  return {
    language: 'sql',
    raw_code: node.rawCode,
    refs: node.refs.map(refJson),
    sources: node.sources.map((source) => [source.sourceName, source.name]),
    metrics: [],
    functions: [],
    depends_on: { macros: node.macroIds, nodes: node.dependsOn },
    compiled_path: null,
    contract: { enforced: false, alias_types: true, checksum: null },
    ...compiled,
  };
}

function operationEntry(manifest: Manifest, node: OperationNode, code: string | undefined): JsonMap {
  const path = compiledPath(manifest, node);
  const compiled = code === undefined ? {} : { compiled_path: path, compiled: true, compiled_code: code };
  return {
    ...built(manifest, node, { schema: manifest.project.target.schema, alias: node.name }),
    original_file_path: `./${pathInPackage(manifest.project, node.packageName, node.originalFilePath)}`,
    build_path: null,
    language: 'sql',
    raw_code: node.rawCode,
    refs: [],
    sources: [],
    metrics: [],
    functions: [],
    depends_on: { macros: [], nodes: [] },
    extra_ctes_injected: code !== undefined,
    extra_ctes: [],
    contract: { enforced: false, alias_types: true, checksum: null },
    checksum: { name: 'sha256', checksum: node.checksum },
    index: node.index + 1,
    ...compiled,
  };
}

function refJson({ name, packageName, version }: RefCall): Json {
  return { name, package: packageName ?? null, version: version ?? null };
}

function modelEntry(manifest: Manifest, node: ModelNode, code: string | undefined): JsonMap {
  return {
    ...built(manifest, node, { schema: node.relation.schema, alias: node.relation.identifier }),
    ...described(manifest, node),
    ...(node.materialized === 'ephemeral' ? { relation_name: null } : {}),
    ...sqlPart(manifest, node, code),
    checksum: { name: 'sha256', checksum: node.checksum },
    contract: contractEntry(node),
    access: accessOf(node),
    constraints: modelConstraints(node.constraints),
    version: node.version?.v ?? null,
    latest_version: node.version?.latest ?? null,
    deprecation_date: momentText(node.deprecationDate),
    primary_key: inferredKey(manifest, node),
    time_spine: null,
  };
}

function snapshotEntry(manifest: Manifest, node: SnapshotNode, code: string | undefined): JsonMap {
  return {
    ...built(manifest, node, { schema: node.relation.schema, alias: node.relation.identifier }),
    ...described(manifest, node),
    ...sqlPart(manifest, node, code),
    checksum: { name: 'sha256', checksum: node.checksum },
  };
}

function analysisEntry(manifest: Manifest, node: AnalysisNode, code: string | undefined): JsonMap {
  return {
    ...built(manifest, node, { schema: manifest.project.target.schema, alias: node.name }),
    ...sqlPart(manifest, node, code),
    columns: columnEntries(node.columns),
    doc_blocks: node.docBlocks,
    patch_path: patchPath(manifest, node),
    checksum: { name: 'sha256', checksum: node.checksum },
  };
}

function seedEntry(manifest: Manifest, node: SeedNode, checksum: string | undefined): JsonMap {
  return {
    ...built(manifest, node, { schema: node.relation.schema, alias: node.relation.identifier }),
    ...described(manifest, node),
    checksum:
      checksum === undefined
        ? { name: 'path', checksum: pathInPackage(manifest.project, node.packageName, node.originalFilePath) }
        : { name: 'sha256', checksum },
    raw_code: '',
    root_path: null,
    depends_on: { macros: [] },
  };
}

function testEntry(manifest: Manifest, node: TestNode, code: string | undefined): JsonMap {
  const { generic } = node;
  const place = { schema: node.failuresRelation.schema, alias: node.alias };
  const genericPart: JsonMap =
    generic === undefined
      ? {}
      : {
          column_name: generic.columnName === undefined ? null : (generic.kwargs['column_name'] ?? null),
          file_key_name: fileKeyName(manifest, generic.attachedNode),
          attached_node: generic.attachedNode.startsWith('source.') ? null : generic.attachedNode,
          test_metadata: {
            name: generic.properties.testName,
            kwargs: generic.kwargs,
            namespace: generic.properties.namespace ?? null,
          },
        };
  return {
    ...built(manifest, node, place),
    ...sqlPart(manifest, node, code),
    patch_path: patchPath(manifest, node),
    ...genericPart,
    checksum:
      node.checksum === undefined ? { name: 'none', checksum: '' } : { name: 'sha256', checksum: node.checksum },
  };
}

function sourceEntry(manifest: Manifest, node: SourceNode): JsonMap {
  return {
    ...common(manifest, node),
    database: node.relation.database,
    schema: node.relation.schema,
    source_name: node.sourceName,
    source_description: node.sourceDescription,
    loader: node.loader,
    identifier: node.relation.identifier,
    quoting: { database: null, schema: null, identifier: null, column: null },
    loaded_at_field: node.config['loaded_at_field'] ?? null,
    loaded_at_query: node.config['loaded_at_query'] ?? null,
    freshness: node.config['freshness'] ?? null,
    external: null,
    columns: columnEntries(node.columns),
    source_meta: {},
    patch_path: null,
    unrendered_config: node.unrenderedConfig,
    relation_name: renderRelation(node.relation, manifest.project.target),
    created_at: 0,
    unrendered_database: null,
    unrendered_schema: null,
    doc_blocks: node.docBlocks,
  };
}

function exposureEntry(manifest: Manifest, node: Extract<ManifestNode, { resourceType: 'exposure' }>): JsonMap {
  const { properties } = node;
  return {
    ...common(manifest, node),
    type: properties.type,
    owner: { email: null, name: null, ...properties.owner },
    label: properties.label ?? null,
    maturity: properties.maturity ?? null,
    url: properties.url ?? null,
    depends_on: { macros: [], nodes: node.dependsOn },
    refs: node.refs.map(refJson),
    sources: node.sources.map((source) => [source.sourceName, source.name]),
    metrics: [],
    unrendered_config: node.unrenderedConfig,
    created_at: 0,
  };
}

/** The key of the YAML that a generic test is written under: `models.orders`, `sources.raw`. */
function fileKeyName({ nodes, disabled }: Manifest, attached: UniqueId): Json {
  const node = nodes.get(attached) ?? disabled.find(({ uniqueId }) => uniqueId === attached);
  if (node === undefined) return null;
  return node.resourceType === 'source' ? `sources.${node.sourceName}` : `${node.resourceType}s.${node.name}`;
}

/** A date or moment of YAML as dbt writes it; without a zone it is taken for UTC. */
function momentText(written: string | undefined): Json {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?.*)?$/.exec(written ?? '');
  return match === null ? null : `${match[1] ?? ''}T${match[2] ?? '00:00'}${match[3] ?? ':00'}+00:00`;
}

/** Where a node's compiled code is written, from the project's folder (dbt-core: core/dbt/contracts/graph/nodes.py). */
export function compiledPath(
  manifest: Manifest,
  node: SqlNode | UnitTestNode | OperationNode,
  folder = 'compiled',
): string {
  const { targetPath } = manifest.project.config;
  const file = pathInPackage(manifest.project, node.packageName, node.originalFilePath);
  if (node.resourceType === 'unit_test') {
    const beside = file.split('/').slice(0, -1);
    const path = [file, ...beside, `${versionedName(node)}.sql`].join('/');
    return `${targetPath}/${folder}/${node.packageName}/${path}`;
  }
  const inYaml = /\.ya?ml$/.test(file);
  // What stands in a YAML file has a folder of that name, with tests and snapshots side by side in it.
  const path = inYaml ? `${file}/${node.resourceType === 'snapshot' ? `${node.name}.sql` : node.path}` : file;
  return `${targetPath}/${folder}/${node.packageName}/${path}`;
}

/** Where the code is written that stands for a table in a unit test. */
export function givenPath(manifest: Manifest, node: UnitTestNode, name: string): string {
  const { targetPath } = manifest.project.config;
  return `${targetPath}/compiled/${node.packageName}/${node.originalFilePath}/${name}.sql`;
}
