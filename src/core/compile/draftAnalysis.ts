import { parseTemplate } from '../jinja/template.ts';
import type { SqlFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import { fileNode } from './fileNode.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import { sha256 } from './sha256.ts';

/** An analysis: a query that is compiled and never run (dbt-core: core/dbt/parser/analysis.py). */
export function draftAnalysis(drafting: Drafting, file: SqlFile, properties: NodeProperties | undefined): NodeDraft {
  const { project, names } = drafting;
  const folders = file.relativePath.split('/').slice(0, -1);
  const fqn = [project.config.name, 'analysis', ...folders, file.name] as const;
  const { value: template } = parseTemplate(file.text, file.path);
  const placed = { ...file, relativePath: `analysis/${file.relativePath}` };
  const named = { resourceType: 'analysis', ...fileNode('analysis', placed, fqn, {}) };
  const relation = names.relationOf(named, {});
  // dbt configures analyses under models: too.
  const outside = nodeConfigOf(drafting, 'models', fqn, properties?.config ?? {});
  const parsed = parseTemplateNode({ ...drafting, template, node: named, relation, config: outside });
  const config = nodeConfigOf(drafting, 'models', fqn, properties?.config ?? {}, parsed.config);
  return {
    node: {
      resourceType: 'analysis',
      ...fileNode('analysis', placed, fqn, config),
      unrenderedConfig: unrenderedConfigOf(drafting, 'models', fqn, properties?.config, parsed.written),
      description: properties?.description ?? '',
      columns: properties?.columns ?? [],
      docBlocks: properties?.docBlocks ?? [],
      patchPath: properties?.file,
      macroIds: parsed.macroIds,
      rawCode: file.text.trim(),
      refs: parsed.refs.map((use) => use.call),
      sources: parsed.sources.map((use) => use.call),
      checksum: sha256(file.text.trim()),
      template,
      here: relation,
    },
    refs: parsed.refs,
    sources: parsed.sources,
    reads: [],
    enabled: isEnabled(config),
    diagnostics: parsed.diagnostics,
  };
}
