import type { Manifest, ModelNode } from '../manifest.ts';
import { textList } from '../../project/plainValue.ts';

/**
 * The columns that dbt takes for a model's primary key: of a constraint, else those with tests for unique and not_null,
 * else those with a test for unique (dbt-core: contracts/graph/nodes.py, infer_primary_key).
 */
export function inferredKey(manifest: Manifest, node: ModelNode): readonly string[] {
  const declared = node.constraints.find(({ type }) => type === 'primary_key');
  if (declared !== undefined) return [...declared.columns].sort();
  const column = node.columns.find((one) => one.constraints.some(({ type }) => type === 'primary_key'));
  if (column !== undefined) return [column.name];
  const unique = new Set<string>();
  const notNull = new Set<string>();
  for (const id of manifest.graph.children.get(node.uniqueId) ?? []) {
    const test = manifest.nodes.get(id);
    if (test?.resourceType !== 'test' || test.generic?.attachedNode !== node.uniqueId) continue;
    const { properties, kwargs, columnName } = test.generic;
    const columns =
      columnName === undefined
        ? textList(kwargs['combination_of_columns'] ?? kwargs['column_name'])
        : textList(kwargs['column_name']);
    const into = { unique, unique_combination_of_columns: unique, not_null: notNull }[properties.testName];
    for (const name of columns) into?.add(name);
  }
  const both = [...unique].filter((name) => notNull.has(name));
  return (both.length > 0 ? both : [...unique]).sort();
}
