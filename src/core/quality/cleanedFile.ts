import { utf8 } from '../datagen/utf8.ts';
import { splitRecords, splitValues } from './recordSplitter.ts';
import type { RecordRepair, TableRepairs } from './tableRepairs.ts';

/** A record that a repair is about, as it was written. */
export interface RepairedRecord {
  readonly line: number;
  readonly bytes: Uint8Array;
  readonly repair: RecordRepair;
}

const [comma, quote, lineFeed, carriageReturn] = [0x2c, 0x22, 0x0a, 0x0d];

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
      kept.push(joinValues(values));
    }
    if (kept.length > 0) yield lines(kept);
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
  const cells = [...fields.map((field) => quotedBytes(utf8(field))), quotedBytes(bytes)];
  return joinBytes([
    ...cells.flatMap((cell, i) => (i === 0 ? [cell] : [Uint8Array.of(comma), cell])),
    Uint8Array.of(lineFeed),
  ]);
}

/** Values as they are written, with commas between; one that holds a comma and no quotes gets them. */
function joinValues(values: readonly Uint8Array[]): Uint8Array {
  const parts = values.flatMap((value, i) => {
    const bare = value[0] !== quote && value.some((byte) => byte === comma || byte === quote);
    return [...(i === 0 ? [] : [Uint8Array.of(comma)]), bare ? quotedBytes(value) : value];
  });
  return joinBytes(parts);
}

function quotedBytes(bytes: Uint8Array): Uint8Array {
  if (!bytes.some((byte) => byte === comma || byte === quote || byte === lineFeed || byte === carriageReturn))
    return bytes;
  const doubled: number[] = [quote];
  for (const byte of bytes) {
    if (byte === quote) doubled.push(quote);
    doubled.push(byte);
  }
  doubled.push(quote);
  return Uint8Array.from(doubled);
}

function lines(records: readonly Uint8Array[]): Uint8Array {
  return joinBytes(records, lineFeed);
}

/** Byte arrays behind each other, each ended by a byte where one is given. */
function joinBytes(parts: readonly Uint8Array[], end?: number): Uint8Array {
  const extra = end === undefined ? 0 : 1;
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length + extra, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
    if (end !== undefined) all[at++] = end;
  }
  return all;
}
