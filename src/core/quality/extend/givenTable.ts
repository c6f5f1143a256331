import { embeddedTable, quoteIdentifier } from '../../compile/relation.ts';
import type { GivenTable } from '../../datagen/givenRows.ts';
import { displayValue } from '../../run/displayValue.ts';
import type { SqlEngine } from '../../run/sqlEngine.ts';
import { csvLines } from '../csvBytes.ts';
import { splitRecords } from '../recordSplitter.ts';
import type { RawTable } from '../rawTable.ts';

/** The rows of a loaded table as the generator takes them. */
export async function givenTable(engine: SqlEngine, { relation, columns, rows }: RawTable): Promise<GivenTable> {
  const values = new Map<string, readonly (string | undefined)[]>();
  for (const { name, type } of columns) {
    const found = await engine.query(
      `select ${quoteIdentifier(name)} from ${embeddedTable(relation)} order by _rowid_`,
    );
    const texts = found.rows.map(([value = null]) => {
      const shown = displayValue(value, type);
      return shown === null ? undefined : String(shown);
    });
    values.set(name.toLowerCase(), texts);
  }
  return { rows, header: columns.map((column) => column.name), columns: values };
}

/** The bytes of a data file as other rows can be put behind it: without a byte order mark, each line ended. */
export async function* givenBytes(
  chunks: AsyncIterable<Uint8Array>,
  { delimiter }: RawTable,
): AsyncGenerator<Uint8Array> {
  for await (const records of splitRecords(chunks, delimiter)) {
    if (records.length > 0) yield csvLines(records.map((record) => record.bytes));
  }
}
