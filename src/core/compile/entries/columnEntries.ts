import type { PlainMap } from '../../project/plainValue.ts';
import type { ColumnProperties } from '../../project/properties.ts';
import { columnConstraints } from './constraintEntries.ts';

/** Columns as dbt shows them, by name. */
export function columnEntries(columns: readonly ColumnProperties[]): PlainMap {
  return Object.fromEntries(
    columns.map((column) => [
      column.name,
      {
        name: column.name,
        description: column.description,
        meta: column.meta,
        data_type: column.dataType ?? null,
        constraints: columnConstraints(column.constraints),
        quote: column.quote ?? null,
        config: { meta: column.meta, tags: column.tags },
        tags: column.tags,
        granularity: null,
        doc_blocks: column.docBlocks,
      },
    ]),
  );
}
