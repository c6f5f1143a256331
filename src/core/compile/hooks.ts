import { parseTemplate } from '../jinja/template.ts';
import type { NodeConfig } from '../project/nodeConfig.ts';
import { isPlainList, isPlainMap, type PlainValue } from '../project/plainValue.ts';
import { uniqueId } from '../project/uniqueId.ts';
import type { Drafting } from './drafting.ts';
import type { OperationNode } from './manifest.ts';
import { nodeConfigOf, unrenderedConfigOf } from './nodePlace.ts';
import type { NamedNode } from './nodeValues.ts';
import { parseTemplateNode, type ParsedTemplate } from './parseTemplateNode.ts';
import type { Relation } from './relation.ts';
import { sha256 } from './sha256.ts';

/** SQL with Jinja that a node's config runs before or after the node is built. */
export interface Hook {
  readonly sql: string;
  /** False for one that is run outside of the transaction in which the node is built. */
  readonly transaction: boolean;
}

/** The hooks of a config (dbt-core: contracts/graph/model_config.py, Hook): texts, or mappings with `sql`. */
export function hooksOf(config: NodeConfig, key: 'pre-hook' | 'post-hook'): readonly Hook[] {
  return listOf(config[key]).flatMap((one): Hook[] => {
    if (typeof one === 'string') return one.trim() === '' ? [] : [{ sql: one, transaction: true }];
    if (!isPlainMap(one) || typeof one['sql'] !== 'string') return [];
    return [{ sql: one['sql'], transaction: one['transaction'] !== false }];
  });
}

function listOf(value: PlainValue | undefined): readonly PlainValue[] {
  if (value === undefined || value === null) return [];
  return isPlainList(value) ? value : [value];
}

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
    listOf(config[hookType === 'on-run-start' ? 'onRunStart' : 'onRunEnd']).flatMap((sql, at): OperationNode[] => {
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
