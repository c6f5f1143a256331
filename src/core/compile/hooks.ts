import { parseTemplate } from '../jinja/template.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { Drafting } from './drafting.ts';
import { hookList, hooksOf } from './hookConfig.ts';
import type { OperationNode } from './manifest.ts';
import type { NamedNode } from './namedValues.ts';
import { nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import { parseTemplateNode, type ParsedTemplate } from './parseTemplateNode.ts';
import type { Relation } from './relation.ts';
import { sha256 } from './sha256.ts';

/** What the hooks of a node read; what they would configure is not looked at (dbt-core: parser/base.py). */
export function hookUses(
  drafting: Drafting,
  config: NodeConfig,
  { node, relation }: { readonly node: NamedNode; readonly relation: Relation },
): Pick<ParsedTemplate, 'refs' | 'sources' | 'diagnostics'> {
  const hooks = [...hooksOf(config, 'pre-hook'), ...hooksOf(config, 'post-hook')];
  const parsed = hooks.map(({ sql }) =>
    parseTemplateNode({
      ...drafting,
      template: parseTemplate(sql, node.originalFilePath).value,
      node,
      relation,
      config,
    }),
  );
  return {
    refs: parsed.flatMap((one) => one.refs),
    sources: parsed.flatMap((one) => one.sources),
    diagnostics: parsed.flatMap((one) => one.diagnostics),
  };
}

/** The hooks `on-run-start` and `on-run-end` of a dbt_project.yml, as dbt makes nodes of them (parser/hooks.py). */
export function operationsOf(drafting: Drafting): readonly OperationNode[] {
  const { config } = drafting.project;
  return (['on-run-start', 'on-run-end'] as const).flatMap((hookType) =>
    hookList(config[hookType === 'on-run-start' ? 'onRunStart' : 'onRunEnd']).flatMap((sql, at): OperationNode[] => {
      if (typeof sql !== 'string') return [];
      const name = `${config.name}-${hookType}-${String(at)}`;
      const fqn = [config.name, 'hooks', name];
      return [
        {
          resourceType: 'operation',
          uniqueId: uniqueId('operation', config.name, name),
          name,
          packageName: config.name,
          path: `hooks/${name}.sql`,
          originalFilePath: config.file,
          range: config.root.range,
          fqn,
          description: '',
          config: nodeConfigOf(drafting, 'models', fqn),
          unrenderedConfig: unrenderedConfigOf(drafting, 'models', fqn, undefined),
          tags: [hookType],
          dependsOn: [],
          hookType,
          index: at,
          rawCode: sql,
          checksum: sha256(config.text.trim()),
        },
      ];
    }),
  );
}
