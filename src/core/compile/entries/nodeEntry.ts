import { plainMapAt, type PlainMap, type PlainValue } from '../../project/plainValue.ts';
import { pathInPackage } from '../../project/project.ts';
import type { UniqueId } from '../../project/uniqueId.ts';
import { compiledPath, toldPath } from '../compiledPath.ts';
import { completeConfig } from '../completeConfig.ts';
import { accessOf, groupOf } from '../groups.ts';
import type {
  AnalysisNode,
  Manifest,
  ManifestNode,
  ModelNode,
  OperationNode,
  RefCall,
  SeedNode,
  SnapshotNode,
  SourceNode,
  SqlNode,
  TestNode,
} from '../manifest.ts';
import { renderRelation } from '../relation.ts';
import { columnEntries } from './columnEntries.ts';
import { contractEntry, modelConstraints } from './constraintEntries.ts';
import { inferredKey } from './inferredKey.ts';
import { unitTestEntry } from './unitTestEntry.ts';

/** What a node's entry shows beside the node: texts that are known once it was compiled, or its file was read. */
export interface EntryTexts {
  /** Code of the nodes that were compiled. */
  readonly compiled: ReadonlyMap<UniqueId, string>;
  /** SHA-256 of the seeds' files, as far as they are not too large to be read for it. */
  readonly seedChecksums: ReadonlyMap<UniqueId, string>;
}

/** A node under dbt's names, as manifest.json shows it and templates find it (dbt-core: artifacts/resources/v1). */
export function nodeEntry(
  manifest: Manifest,
  node: ManifestNode | OperationNode,
  { compiled, seedChecksums }: EntryTexts,
): PlainMap {
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
    case 'operation':
      return operationEntry(manifest, node, compiled.get(node.uniqueId));
  }
}

function common(manifest: Manifest, node: ManifestNode | OperationNode): PlainMap {
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
): PlainMap {
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

function patchPath(manifest: Manifest, { packageName, patchPath: path }: PatchedNode): PlainValue {
  return path === undefined ? null : `${packageName}://${pathInPackage(manifest.project, packageName, path)}`;
}

type PatchedNode = Extract<ManifestNode, { readonly patchPath: string | undefined }>;

function described(manifest: Manifest, node: ModelNode | SnapshotNode | SeedNode): PlainMap {
  return {
    columns: columnEntries(node.columns),
    doc_blocks: node.docBlocks,
    patch_path: patchPath(manifest, node),
    relation_name: renderRelation(node.relation, manifest.project.target),
  };
}

function sqlPart(manifest: Manifest, node: SqlNode, code: string | undefined): PlainMap {
  const compiled: PlainMap =
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

function operationEntry(manifest: Manifest, node: OperationNode, code: string | undefined): PlainMap {
  const compiled =
    code === undefined ? {} : { compiled_path: toldPath(manifest, node), compiled: true, compiled_code: code };
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

function refJson({ name, packageName, version }: RefCall): PlainValue {
  return { name, package: packageName ?? null, version: version ?? null };
}

function modelEntry(manifest: Manifest, node: ModelNode, code: string | undefined): PlainMap {
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

function snapshotEntry(manifest: Manifest, node: SnapshotNode, code: string | undefined): PlainMap {
  return {
    ...built(manifest, node, { schema: node.relation.schema, alias: node.relation.identifier }),
    ...described(manifest, node),
    ...sqlPart(manifest, node, code),
    checksum: { name: 'sha256', checksum: node.checksum },
  };
}

function analysisEntry(manifest: Manifest, node: AnalysisNode, code: string | undefined): PlainMap {
  return {
    ...built(manifest, node, { schema: manifest.project.target.schema, alias: node.name }),
    ...sqlPart(manifest, node, code),
    columns: columnEntries(node.columns),
    doc_blocks: node.docBlocks,
    patch_path: patchPath(manifest, node),
    checksum: { name: 'sha256', checksum: node.checksum },
  };
}

function seedEntry(manifest: Manifest, node: SeedNode, checksum: string | undefined): PlainMap {
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

function testEntry(manifest: Manifest, node: TestNode, code: string | undefined): PlainMap {
  const { generic } = node;
  const place = { schema: node.failuresRelation.schema, alias: node.alias };
  const genericPart: PlainMap =
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

function sourceEntry(manifest: Manifest, node: SourceNode): PlainMap {
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

function exposureEntry(manifest: Manifest, node: Extract<ManifestNode, { resourceType: 'exposure' }>): PlainMap {
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
function fileKeyName({ nodes, disabled }: Manifest, attached: UniqueId): PlainValue {
  const node = nodes.get(attached) ?? disabled.find(({ uniqueId }) => uniqueId === attached);
  if (node === undefined) return null;
  return node.resourceType === 'source' ? `sources.${node.sourceName}` : `${node.resourceType}s.${node.name}`;
}

/** A date or moment of YAML as dbt writes it; without a zone it is taken for UTC. */
function momentText(written: string | undefined): PlainValue {
  const match = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d)(:\d\d)?.*)?$/.exec(written ?? '');
  return match === null ? null : `${match[1] ?? ''}T${match[2] ?? '00:00'}${match[3] ?? ':00'}+00:00`;
}
