import { hostFunction, tuple, type JinjaObject, type JinjaValue } from '../jinja/values/value.ts';
import { sequenceObject } from './sequenceObject.ts';
import type { StatementAnswer } from './templateDatabase.ts';

type Rows = Pick<StatementAnswer, 'columns' | 'rows'>;

/**
 * The rows of a statement as templates see them: agate's Table with its `rows`, `columns` and `column_names`. They are
 * read when something is asked of them.
 */
export function tableObject(read: () => Rows): JinjaObject {
  let known: ReadonlyMap<string, JinjaValue> | undefined;
  const attributes = (): ReadonlyMap<string, JinjaValue> => (known ??= tableAttributes(read()));
  const rows = (): readonly JinjaObject[] => rowsOf(read());
  return {
    kind: 'object',
    typeName: 'Table',
    display: () => '<agate.table.Table>',
    getAttr: (name) => attributes().get(name),
    iterate: rows,
    length: () => rows().length,
    truthy: () => true,
  };
}

function rowsOf({ columns, rows }: Rows): readonly JinjaObject[] {
  return rows.map((row) => sequenceObject('Row', columns, row));
}

function tableAttributes({ columns, rows }: Rows): ReadonlyMap<string, JinjaValue> {
  const columnObjects = columns.map((name, at) => {
    const values = rows.map((row) => row[at] ?? null);
    const numbers = rows.map((_, index) => String(index));
    return sequenceObject('Column', numbers, values, new Map<string, JinjaValue>([['name', name]]));
  });
  return new Map<string, JinjaValue>([
    ['rows', sequenceObject('MappedSequence', [], rowsOf({ columns, rows }))],
    ['columns', sequenceObject('MappedSequence', columns, columnObjects)],
    ['column_names', tuple(columns)],
    ['print_table', hostFunction('print_table', () => null)],
  ]);
}
