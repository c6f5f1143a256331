import type { NodeConfig } from '../project/nodeConfig.ts';
import { isPlainList, isPlainMap, type PlainMap, type PlainValue } from '../project/plainValue.ts';

/** SQL with Jinja that a node's config runs before or after the node is built. */
export interface Hook {
  readonly sql: string;
  /** False for one that is run outside of the transaction in which the node is built. */
  readonly transaction: boolean;
}

/** The hooks of a config (dbt-core: contracts/graph/model_config.py, Hook): texts, or mappings with `sql`. */
export function hooksOf(config: NodeConfig, key: 'pre-hook' | 'post-hook'): readonly Hook[] {
  return hookList(config[key]).flatMap((one): Hook[] => {
    const hook = typeof one === 'string' ? (jsonHook(one) ?? { sql: one }) : one;
    if (!isPlainMap(hook) || typeof hook['sql'] !== 'string' || hook['sql'].trim() === '') return [];
    return [{ sql: hook['sql'], transaction: hook['transaction'] !== false }];
  });
}

/** A hook that is written as JSON, which is what dbt's `before_begin` and `after_commit` give (dbt-core: core/dbt/hooks.py). */
function jsonHook(text: string): PlainMap | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value = JSON.parse(text) as PlainValue;
    return isPlainMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The one or many hooks of a setting. */
export function hookList(value: PlainValue | undefined): readonly PlainValue[] {
  if (value === undefined || value === null) return [];
  return isPlainList(value) ? value : [value];
}
