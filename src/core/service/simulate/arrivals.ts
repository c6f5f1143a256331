import type { DataTable } from '../../datagen/dataModel.ts';
import type { SeedNode, SourceNode } from '../../compile/manifest.ts';
import { textConfig } from '../../project/nodeConfig.ts';
import type { ProjectFiles } from '../../project/projectFiles.ts';
import { csvLines } from '../../quality/csvBytes.ts';
import { splitRecords, splitValues } from '../../quality/recordSplitter.ts';
import { momentIn, timeColumns } from './arrivalTime.ts';

/** The rows of one data file, by when they arrive. */
export interface Arrivals {
  readonly node: SourceNode | SeedNode;
  readonly path: string;
  /** The column that says when; undefined when all rows are there from the first day on. */
  readonly column: string | undefined;
  readonly header: Uint8Array;
  /** In the order of the file; undefined times are those of rows that are there from the first day on. */
  readonly records: readonly { readonly bytes: Uint8Array; readonly moment: number | undefined }[];
}

/** Reads a data file and finds out when its rows arrive; undefined when there is no such file. */
export async function readArrivals(
  files: ProjectFiles,
  node: SourceNode | SeedNode,
  path: string,
  table: DataTable | undefined,
): Promise<Arrivals | undefined> {
  const chunks = await files.stream(path);
  if (chunks === undefined) return undefined;
  const delimiter = textConfig(node.config, 'delimiter') ?? ',';
  const rows: Uint8Array[] = [];
  for await (const records of splitRecords(chunks, delimiter)) rows.push(...records.map(({ bytes }) => bytes));
  const [header = new Uint8Array(0), ...records] = rows;
  const names = splitValues(header, delimiter).map((value) => asciiText(value).replace(/^"|"$/g, ''));
  const values = (record: Uint8Array, at: number): string =>
    asciiText(splitValues(record, delimiter)[at] ?? new Uint8Array(0));
  for (const column of timeColumns(names, table, textConfig(node.config, 'loaded_at_field'))) {
    const at = names.indexOf(column);
    const texts = records.map((record) => values(record, at));
    const moments = texts.map(momentIn);
    const isRead = moments.filter((moment) => moment !== undefined).length * 2 >= texts.filter(Boolean).length;
    if (!isRead || moments.every((moment) => moment === undefined)) continue;
    return { node, path, column, header, records: records.map((bytes, i) => ({ bytes, moment: moments[i] })) };
  }
  return { node, path, column: undefined, header, records: records.map((bytes) => ({ bytes, moment: undefined })) };
}

/** The file as it is at a moment, and how many rows it has then. */
export function arrivedBy(
  { header, records }: Arrivals,
  moment: number,
): { readonly bytes: Uint8Array; readonly rows: number } {
  const arrived = records.filter((record) => record.moment === undefined || record.moment <= moment);
  return { bytes: csvLines([header, ...arrived.map(({ bytes }) => bytes)]), rows: arrived.length };
}

/** Bytes as the characters that they are in ASCII: names and times are written with these. */
function asciiText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}
