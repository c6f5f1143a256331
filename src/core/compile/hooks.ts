import type { NodeConfig } from '../project/nodeConfig.ts';
import { isPlainList, isPlainMap, type PlainValue } from '../project/plainValue.ts';

/** SQL with Jinja that a node's config runs before or after the node is built. */
export interface Hook {
  readonly sql: string;
  /** False for one that is run outside of the transaction in which the node is built. */
  readonly transaction: boolean;
}

/** The hooks of a config (dbt-core: contracts/graph/model_config.py, Hook): texts, or mappings with `sql`. */
export function hooksOf(config: NodeConfig, key: 'pre-hook' | 'post-hook'): readonly Hook[] {
  return hookList(config[key]).flatMap((one): Hook[] => {
    if (typeof one === 'string') return one.trim() === '' ? [] : [{ sql: one, transaction: true }];
    if (!isPlainMap(one) || typeof one['sql'] !== 'string') return [];
    return [{ sql: one['sql'], transaction: one['transaction'] !== false }];
  });
}

/** The one or many hooks of a setting. */
export function hookList(value: PlainValue | undefined): readonly PlainValue[] {
  if (value === undefined || value === null) return [];
  return isPlainList(value) ? value : [value];
}
