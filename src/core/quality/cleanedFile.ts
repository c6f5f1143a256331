import { utf8 } from '../datagen/utf8.ts';
import { csvField, csvLine, csvLines } from './csvBytes.ts';
import { splitRecords, splitValues } from './recordSplitter.ts';
import type { RecordRepair, TableRepairs } from './tableRepairs.ts';

/** A record that a repair is about, as it was written. */
export interface RepairedRecord {
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly repair: RecordRepair;
}

const quote = 0x22;

/**
 * The bytes of a data file with its repairs done: the records that stay as they are written, each ended by a line
 * feed, with commas between the values and no byte order mark. The repaired records are told on the way.
 */
export async function* cleanedFile(
  chunks: AsyncIterable<Uint8Array>,
  repairs: TableRepairs,
  onRepaired: (record: RepairedRecord) => void,
): AsyncGenerator<Uint8Array> {
  const { delimiter, columns } = repairs.table;
  const records = repairs.records;
  for await (const piece of splitRecords(chunks, delimiter)) {
    const kept: Uint8Array[] = [];
    for (const { bytes, line } of piece) {
      const repair = records.get(line);
      if (repair !== undefined) onRepaired({ line, bytes, repair });
      if (repair?.action === 'rejected') continue;
      if (repair === undefined && delimiter === ',') {
        kept.push(bytes);
        continue;
      }
      const emptied = new Set(repair?.columns.map((name) => columns.findIndex((column) => column.name === name)));
      const values = splitValues(bytes, delimiter).map((value, i) => (emptied.has(i) ? new Uint8Array(0) : value));
      kept.push(csvLine(values.map(requoted)));
    }
    if (kept.length > 0) yield csvLines(kept);
  }
}

const rejectsHeader = 'table,file,line,action,rules,reasons,record';

/** The head of a file of rejects. */
export const rejectsHead = utf8(`${rejectsHeader}\n`);

/** True for a file that begins as a file of rejects does. */
export function isRejectsFile(text: string): boolean {
  return text.startsWith(`${rejectsHeader}\n`);
}

/** A line of the file of rejects: where the record stood, what was done and why, and the record as it was written. */
export function rejectLine({ table }: TableRepairs, { line, bytes, repair }: RepairedRecord): Uint8Array {
  const { action, rules, reasons } = repair;
  const fields = [table.name, table.file, String(line), action, rules.join(' '), reasons.join('; ')];
  return csvLines([csvLine([...fields.map((field) => csvField(utf8(field))), csvField(bytes)])]);
}

/** A value as it is written; one that has no quotes gets them where commas now stand between values. */
function requoted(value: Uint8Array): Uint8Array {
  return value[0] === quote ? value : csvField(value);
}
