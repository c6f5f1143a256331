import { diagnostic } from '../diagnostics/diagnostic.ts';
import { fileStart } from '../diagnostics/text.ts';
import { parseTemplate } from '../jinja/template.ts';
import { textConfig, type NodeConfig } from '../project/nodeConfig.ts';
import type { SqlFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { uniqueId } from '../project/uniqueId.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import { findMaterialization, isBuiltAsTable, notOffered } from './materializations.ts';
import type { Materialization, ModelNode, RefCall, SourceCall } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fileNode, tableProperties, type FileNode } from './fileNode.ts';
import { hookUses } from './hooks.ts';
import { fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode, type Use } from './parseTemplateNode.ts';
import type { Relation } from './relation.ts';
import { writtenReference } from './writtenReference.ts';
import { sha256 } from './sha256.ts';

const materializations: readonly Materialization[] = ['table', 'view', 'incremental', 'ephemeral'];

/** Reads a model's file and what YAML says of it. */
export function draftModel(drafting: Drafting, file: SqlFile, properties: NodeProperties | undefined): NodeDraft {
  const { project, names } = drafting;
  const version = properties?.version;
  const fqn = modelFqn(project.config.name, file, properties);
  const outside = nodeConfigOf(drafting, 'models', fqn, properties?.config ?? {});
  const named = { resourceType: 'model', ...modelFile(file, fqn, outside, properties), version: version?.v };
  const { value: template } = parseTemplate(file.text, file.path);
  const parsed = parseTemplateNode({
    ...drafting,
    template,
    node: named,
    relation: names.relationOf(named, outside),
    config: outside,
  });
  const config = nodeConfigOf(drafting, 'models', fqn, properties?.config ?? {}, parsed.config);
  const wanted = textConfig(config, 'materialized') ?? 'view';
  const { type: adapter } = project.target;
  const materialization = findMaterialization(drafting.macros, wanted, adapter);
  const isKeptQuery = materialization === undefined && isBuiltAsTable(wanted, adapter);
  const materialized = isKeptQuery ? 'table' : materializations.find((one) => one === wanted);
  const supported = materialized !== undefined || materialization !== undefined;
  const place = { file: file.path, range: fileStart };
  const noted = isKeptQuery
    ? [diagnostic('compile.builtAsTable', { materialized: wanted }, place)]
    : supported
      ? []
      : [notOffered(wanted, adapter, place, 'warning')];
  const relation = names.relationOf(named, config);
  const hooks = hookUses(drafting, config, { node: named, relation });
  const keys = foreignKeys(drafting, properties, relation);
  const refs = [...parsed.refs, ...hooks.refs, ...keys.refs];
  const sources = [...parsed.sources, ...hooks.sources, ...keys.sources];
  const node: ModelNode = {
    resourceType: 'model',
    unrenderedConfig: unrenderedConfigOf(drafting, 'models', fqn, properties?.config, parsed.written),
    ...modelFile(file, fqn, config, properties, nodeConfigOf(drafting, 'models', fqn, parsed.config)),
    ...tableProperties(relation, properties),
    version,
    deprecationDate: properties?.deprecationDate,
    macroIds: parsed.macroIds,
    rawCode: file.text.trim(),
    refs: refs.map((use) => use.call),
    sources: sources.map((use) => use.call),
    materialized: materialized ?? (materialization === undefined ? 'view' : 'table'),
    materialization,
    checksum: sha256(file.text.trim()),
    template,
    constraints: properties?.constraints ?? [],
    supported,
  };
  const diagnostics = [...parsed.diagnostics, ...noted, ...hooks.diagnostics];
  return { node, refs, sources, reads: [], enabled: isEnabled(config), diagnostics };
}

/** The fqn of a version has the model's name and behind it the version (dbt-core: parser/schemas.py, ModelPatchParser). */
function modelFqn(
  packageName: string,
  file: SqlFile,
  properties: NodeProperties | undefined,
): readonly [string, ...string[]] {
  const version = properties?.version;
  if (version === undefined) return fqnOf(packageName, file.relativePath, file.name);
  return [...fqnOf(packageName, file.relativePath, properties?.name ?? file.name), `v${String(version.v)}`];
}

function modelFile(
  file: SqlFile,
  fqn: readonly [string, ...string[]],
  config: NodeConfig,
  properties: NodeProperties | undefined,
  first: NodeConfig = {},
): FileNode {
  const node = fileNode('model', file, fqn, config, first);
  const version = properties?.version;
  if (properties === undefined || version === undefined) return node;
  const { name } = properties;
  return { ...node, name, uniqueId: uniqueId('model', node.packageName, name, `v${String(version.v)}`) };
}

/** A model waits for what the foreign keys of its YAML name (dbt-core: parser/schemas.py, _process_constraints_refs_and_sources). */
function foreignKeys(
  drafting: Drafting,
  properties: NodeProperties | undefined,
  here: Relation,
): Pick<NodeDraft, 'refs' | 'sources'> {
  const all = [...(properties?.constraints ?? []), ...(properties?.columns ?? []).flatMap((one) => one.constraints)];
  const refs: Use<RefCall>[] = [];
  const sources: Use<SourceCall>[] = [];
  for (const { type, to, file, range } of all) {
    if (type !== 'foreign_key' || to === undefined) continue;
    const read = writtenReference(drafting, to, file, here);
    if (read.kind === 'ref') refs.push({ call: read.call, file, range });
    if (read.kind === 'source') sources.push({ call: read.call, file, range });
  }
  return { refs, sources };
}
