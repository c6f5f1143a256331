import { JinjaDict } from '../jinja/values/dict.ts';
import { fromPlain } from '../jinja/values/plain.ts';
import type { JinjaValue } from '../jinja/values/value.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import type { PlainMap, PlainValue } from '../project/plainValue.ts';
import { pathInPackage, type Project } from '../project/project.ts';
import type { ColumnProperties, ModelVersion } from '../project/properties.ts';
import { isTableNode, type Manifest, type ManifestNode, type NodeBase, type OperationNode } from './manifest.ts';
import { renderRelation } from './relation.ts';

/** What is known of a node before it is rendered. */
export type NamedNode = Pick<NodeBase, 'name' | 'packageName' | 'path' | 'originalFilePath' | 'fqn'> &
  Partial<Pick<NodeBase, 'uniqueId' | 'description'>> & {
    readonly resourceType: string;
    /** Version of a model that has some. */
    readonly version?: ModelVersion | undefined;
  };

/** A node under dbt's names, as far as it is known before it is rendered. */
export function namedValues(project: Project, node: NamedNode, config: NodeConfig): PlainMap {
  return {
    unique_id: node.uniqueId ?? null,
    name: node.name,
    resource_type: node.resourceType,
    package_name: node.packageName,
    path: node.path,
    original_file_path: pathInPackage(project, node.packageName, node.originalFilePath),
    fqn: node.fqn,
    description: node.description ?? '',
    config,
    tags: config['tags'] ?? [],
    meta: config['meta'] ?? {},
    version: node.version ?? null,
  };
}

function versionOf(node: ManifestNode | OperationNode): ModelVersion | undefined {
  if (node.resourceType === 'unit_test') return node.version;
  return node.resourceType === 'model' ? node.version?.v : undefined;
}

/** A node as templates find it in `model`, in `graph.nodes` and in `results` (dbt's to_dict of a node). */
export function nodeValues(manifest: Manifest, node: ManifestNode | OperationNode): PlainMap {
  const { project } = manifest;
  return {
    ...namedValues(project, { ...node, version: versionOf(node) }, node.config),
    depends_on: { nodes: node.dependsOn },
    tags: node.tags,
    ...('rawCode' in node ? { raw_code: node.rawCode } : {}),
    ...('refs' in node
      ? {
          refs: node.refs.map(({ name, packageName, version }) => ({
            name,
            package: packageName ?? null,
            version: version ?? null,
          })),
        }
      : {}),
    ...('sources' in node ? { sources: node.sources.map(({ sourceName, name }) => [sourceName, name]) } : {}),
    ...placeValues(manifest, node),
    ...(node.resourceType === 'source' ? sourceValues(node) : {}),
    ...(node.resourceType === 'test' && node.generic !== undefined
      ? { column_name: node.generic.columnName ?? null, attached_node: node.generic.attachedNode }
      : {}),
  };
}

function placeValues({ project }: Manifest, node: ManifestNode | OperationNode): PlainMap {
  if (!isTableNode(node)) return { database: project.target.database, schema: project.target.schema, alias: node.name };
  const { database, schema, identifier } = node.relation;
  const relationName = renderRelation(node.relation, project.target);
  return { database, schema, alias: identifier, relation_name: relationName, columns: columnValues(node.columns) };
}

function sourceValues(node: Extract<ManifestNode, { resourceType: 'source' }>): PlainMap {
  const { sourceName, sourceDescription, loader, relation } = node;
  return { source_name: sourceName, source_description: sourceDescription, loader, identifier: relation.identifier };
}

function columnValues(columns: readonly ColumnProperties[]): PlainMap {
  return Object.fromEntries(
    columns.map((column): [string, PlainValue] => [
      column.name,
      {
        name: column.name,
        description: column.description,
        data_type: column.dataType ?? null,
        meta: column.meta,
        tags: column.tags,
        quote: column.quote ?? null,
      },
    ]),
  );
}

const graphs = new WeakMap<Manifest, JinjaValue>();

/** `graph`: the nodes of a project by their ids, made once (dbt-core: contracts/graph/manifest.py, build_flat_graph). */
export function graphOf(manifest: Manifest): JinjaValue {
  const known = graphs.get(manifest) ?? graphValue([...manifest.nodes.values()], (node) => nodeValues(manifest, node));
  graphs.set(manifest, known);
  return known;
}

/** `graph` while nodes are still being read: there are none. */
export function emptyGraph(): JinjaValue {
  return graphValue([], () => ({}));
}

function graphValue(nodes: readonly ManifestNode[], values: (node: ManifestNode) => PlainMap): JinjaValue {
  const of = (wanted: (node: ManifestNode) => boolean): JinjaValue =>
    new JinjaDict(nodes.filter(wanted).map((node) => [node.uniqueId, fromPlain(values(node))]));
  const apart = ['source', 'exposure', 'unit_test'];
  return new JinjaDict([
    ['nodes', of(({ resourceType }) => !apart.includes(resourceType))],
    ['sources', of(({ resourceType }) => resourceType === 'source')],
    ['exposures', of(({ resourceType }) => resourceType === 'exposure')],
    ['unit_tests', of(({ resourceType }) => resourceType === 'unit_test')],
    ['groups', new JinjaDict()],
    ['metrics', new JinjaDict()],
    ['semantic_models', new JinjaDict()],
    ['saved_queries', new JinjaDict()],
  ]);
}
