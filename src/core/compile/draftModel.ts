import { diagnostic } from '../diagnostics/diagnostic.ts';
import { fileStart } from '../diagnostics/text.ts';
import { parseTemplate } from '../jinja/template.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { SqlFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { Materialization, ModelNode } from './manifest.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fileNode, tableProperties } from './fileNode.ts';
import { hookUses } from './hooks.ts';
import { fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import { sha256 } from './sha256.ts';

const materializations: readonly Materialization[] = ['table', 'view', 'incremental', 'ephemeral'];

/** Reads a model's file and what YAML says of it. */
export function draftModel(drafting: Drafting, file: SqlFile, properties: NodeProperties | undefined): NodeDraft {
  const { project, names } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const outside = nodeConfigOf(drafting, 'models', fqn, properties?.config ?? {});
  const named = { resourceType: 'model', ...fileNode('model', file, fqn, outside) };
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
  const materialized = materializations.find((one) => one === wanted);
  const place = { file: file.path, range: fileStart };
  const unsupported =
    materialized === undefined
      ? [diagnostic('compile.unsupportedMaterialization', { materialized: wanted }, place, { severity: 'warning' })]
      : [];
  const relation = names.relationOf(named, config);
  const hooks = hookUses(drafting, config, { node: named, relation });
  const [refs, sources] = [
    [...parsed.refs, ...hooks.refs],
    [...parsed.sources, ...hooks.sources],
  ];
  const node: ModelNode = {
    resourceType: 'model',
    ...fileNode('model', file, fqn, config),
    unrenderedConfig: unrenderedConfigOf(drafting, 'models', fqn, properties?.config, parsed.config),
    ...tableProperties(relation, properties),
    rawCode: file.text.trim(),
    refs: refs.map((use) => use.call),
    sources: sources.map((use) => use.call),
    materialized: materialized ?? 'view',
    checksum: sha256(file.text.trim()),
    template,
    supported: materialized !== undefined,
  };
  const diagnostics = [...parsed.diagnostics, ...unsupported, ...hooks.diagnostics];
  return { node, refs, sources, reads: [], enabled: isEnabled(config), diagnostics };
}
