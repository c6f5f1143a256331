import { hostFunction, tuple, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import { sequenceObject } from './sequenceObject.ts';
import type { StatementAnswer } from './templateDatabase.ts';

/** The rows of a statement as templates see them: agate's Table with its `rows`, `columns` and `column_names`. */
export function tableObject({ columns, rows }: Pick<StatementAnswer, 'columns' | 'rows'>): JinjaObject {
  const rowObjects = rows.map((row) => sequenceObject('Row', columns, row));
  const columnObjects = columns.map((name, at) => {
    const values = rows.map((row) => row[at] ?? null);
    const numbers = rows.map((_, index) => String(index));
    return sequenceObject('Column', numbers, values, new Map<string, JinjaValue>([['name', name]]));
  });
  const attributes = new Map<string, JinjaValue>([
    ['rows', sequenceObject('MappedSequence', [], rowObjects)],
    ['columns', sequenceObject('MappedSequence', columns, columnObjects)],
    ['column_names', tuple(columns)],
    ['print_table', hostFunction('print_table', () => null)],
  ]);
  return {
    kind: 'object',
    typeName: 'Table',
    display: () => '<agate.table.Table>',
    getAttr: (name) => attributes.get(name),
    iterate: () => rowObjects,
    length: () => rowObjects.length,
    truthy: () => true,
  };
}
