import type { Manifest, SeedNode, SourceNode } from '../compile/manifest.ts';
import type { TypedColumn } from '../sql/translation.ts';

/**
 * The column that names a table's rows: the first with a `unique` test, or else `id` or `TABLE_id`. Undefined when it
 * has none of these.
 */
export function keyColumn(
  { nodes }: Manifest,
  node: SourceNode | SeedNode,
  columns: readonly TypedColumn[],
): string | undefined {
  const tested = [...nodes.values()].flatMap((test) =>
    test.resourceType === 'test' &&
    test.generic?.attachedNode === node.uniqueId &&
    test.generic.properties.testName === 'unique'
      ? [test.generic.columnName]
      : [],
  );
  const own = node.name.toLowerCase();
  const wanted = [...tested, 'id', `${own}_id`, `${own.replace(/s$/, '')}_id`];
  for (const name of wanted) {
    const found = columns.find((column) => column.name.toLowerCase() === name?.toLowerCase());
    if (found !== undefined) return found.name;
  }
  return undefined;
}
