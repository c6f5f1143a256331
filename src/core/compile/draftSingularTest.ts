import { diagnostic, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { parseTemplate } from '../jinja/template.ts';
import { textConfig } from '../project/nodeConfig.ts';
import type { SqlFile } from '../project/project.ts';
import type { NodeProperties } from '../project/properties.ts';
import { isEnabled, testConfig, verdictRule, type Drafting } from './drafting.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { fileNode } from './fileNode.ts';
import { failuresConfig } from './failuresConfig.ts';
import { fqnOf, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';
import { sha256 } from './sha256.ts';

/** A singular test: a file whose rows are the failures. */
export function draftSingularTest(
  drafting: Drafting,
  file: SqlFile,
  properties: NodeProperties | undefined,
): NodeDraft {
  const { project, names } = drafting;
  const fqn = fqnOf(project.config.name, file.relativePath, file.name);
  const outside = nodeConfigOf(drafting, 'data_tests', fqn, properties?.config ?? {});
  const named = { resourceType: 'test', ...fileNode('test', file, fqn, outside) };
  const { value: template } = parseTemplate(file.text, file.path);
  const relation = names.relationOf(named, failuresConfig(outside, file.name));
  const parsed = parseTemplateNode({ ...drafting, template, node: named, relation, config: outside });
  const config = testConfig(nodeConfigOf(drafting, 'data_tests', fqn, properties?.config ?? {}, parsed.config));
  const alias = textConfig(config, 'alias') ?? file.name;
  return {
    node: {
      resourceType: 'test',
      ...fileNode('test', file, fqn, config),
      unrenderedConfig: unrenderedConfigOf(drafting, 'data_tests', fqn, properties?.config, parsed.written),
      description: properties?.description ?? '',
      patchPath: properties?.file,
      macroIds: parsed.macroIds,
      alias,
      failuresRelation: names.relationOf(named, failuresConfig(config, alias)),
      rawCode: file.text.trim(),
      refs: parsed.refs.map((use) => use.call),
      sources: parsed.sources.map((use) => use.call),
      verdictRule: verdictRule(config),
      generic: undefined,
      checksum: sha256(file.text.trim()),
      template,
    },
    refs: parsed.refs,
    sources: parsed.sources,
    reads: [],
    enabled: isEnabled(config),
    diagnostics: [...parsed.diagnostics, ...endingSemicolon(file)],
  };
}

function endingSemicolon(file: SqlFile): readonly Diagnostic[] {
  const text = file.text.trimEnd();
  if (!text.endsWith(';')) return [];
  const before = text.slice(0, -1).split('\n');
  const line = before.length - 1;
  const character = before[line]?.length ?? 0;
  const range = { start: { line, character }, end: { line, character: character + 1 } };
  return [diagnostic('compile.singularTestSemicolon', {}, { file: file.path, range })];
}
