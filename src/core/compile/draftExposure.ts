import { parseTemplate } from '../jinja/template.ts';
import { tagsOf } from '../project/nodeConfig.ts';
import type { ExposureProperties } from '../project/properties.ts';
import { uniqueId } from '../project/uniqueId.ts';
import { isEnabled, type Drafting } from './drafting.ts';
import type { NodeDraft } from './nodeDraft.ts';
import { belowResourcePath, nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode } from './parseTemplateNode.ts';

/** An exposure, whose `depends_on` is written as calls of ref and source. */
export function draftExposure(drafting: Drafting, properties: ExposureProperties): NodeDraft {
  const { project } = drafting;
  const path = belowResourcePath(project, properties.file);
  const fqn = [project.config.name, ...path.split('/').slice(0, -1), properties.name];
  const calls = properties.dependsOn.map((call) => `{{ ${call} }}`).join('');
  const { value: template } = parseTemplate(calls, properties.file);
  const { database, schema } = project.target;
  const relation = { database, schema, identifier: properties.name };
  const { file: originalFilePath, name } = properties;
  const named = { resourceType: 'exposure', name, packageName: project.config.name, path, originalFilePath, fqn };
  const config = nodeConfigOf(drafting, 'exposures', fqn, properties.config);
  const parsed = parseTemplateNode({ ...drafting, template, node: named, relation, config });
  const inYaml = <T>(use: T): T => ({ ...use, file: properties.file, range: properties.range });
  return {
    node: {
      resourceType: 'exposure',
      uniqueId: uniqueId('exposure', project.config.name, properties.name),
      name: properties.name,
      packageName: project.config.name,
      path,
      originalFilePath: properties.file,
      range: properties.range,
      fqn,
      description: properties.description,
      config,
      unrenderedConfig: unrenderedConfigOf(drafting, 'exposures', fqn, properties.config),
      tags: tagsOf(config),
      dependsOn: [],
      refs: parsed.refs.map((use) => use.call),
      sources: parsed.sources.map((use) => use.call),
      properties,
    },
    refs: parsed.refs.map(inYaml),
    sources: parsed.sources.map(inYaml),
    reads: [],
    enabled: isEnabled(config),
    diagnostics: parsed.diagnostics.map(inYaml),
  };
}
