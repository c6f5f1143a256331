import { displayValue } from '../../run/displayValue.ts';
import type { SqlValue } from '../../run/sqlEngine.ts';
import { utf8 } from '../../datagen/utf8.ts';
import type { SqlType } from '../../sql/translation.ts';
import { csvField, csvLine, csvLines } from '../csvBytes.ts';
import { splitRecords, splitValues } from '../recordSplitter.ts';
import { rowOnLine, type RawTable } from '../rawTable.ts';
import { kindTitle, type PlantedKind, type TriedKind } from './defect.ts';

const lineFeed = 0x0a;

/** On which lines of the written file the spoiled rows stand: rows as they were, and rows that were added. */
export interface SpoiledLines {
  readonly own: ReadonlyMap<number, number>;
  readonly repeated: ReadonlyMap<number, number>;
}

/** Of defects that meet in one value only the first can be written. */
export function writtenDefects<K extends PlantedKind>(kinds: readonly K[]): readonly K[] {
  const taken = new Set<string>();
  return kinds.flatMap((one) => {
    const { table, column } = one.kind;
    const planted = one.planted.filter(({ row }) => {
      const place = `${table.name} ${column ?? ''} ${String(row)}`;
      return !taken.has(place) && taken.add(place);
    });
    return planted.length === 0 ? [] : [{ ...one, planted }];
  });
}

/** The bytes of a data file with its defects in it. Repeated rows come at the end. */
export class SpoiledFile {
  readonly #table: RawTable;
  readonly #edits: ReadonlyMap<number, Edit>;
  readonly #repeated: ReadonlySet<number>;
  readonly #own = new Map<number, number>();
  readonly #added = new Map<number, number>();
  /** Line on which the next record is written. */
  #line = 1;

  constructor(table: RawTable, kinds: readonly PlantedKind[]) {
    const own = kinds.filter(({ kind }) => kind.table === table);
    this.#table = table;
    this.#edits = editsOf(table, own);
    const whole = own.filter(({ kind }) => kind.column === undefined);
    this.#repeated = new Set(whole.flatMap(({ planted }) => planted.map(({ row }) => row)));
  }

  /** Known when all bytes were taken. */
  get lines(): SpoiledLines {
    return { own: this.#own, repeated: this.#added };
  }

  async *bytes(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { lines, delimiter } = this.#table;
    const atEnd = new Map<number, Uint8Array>();
    for await (const piece of splitRecords(chunks, delimiter)) {
      const records = piece.map(({ bytes, line }) => {
        const row = rowOnLine(lines, line);
        const edit = row === undefined ? undefined : this.#edits.get(row);
        const values = edit === undefined ? [] : splitValues(bytes, delimiter);
        const spoiled = edit === undefined ? bytes : csvLine(values.map((value, i) => edit.get(i) ?? value));
        if (row !== undefined && this.#repeated.has(row)) atEnd.set(row, spoiled);
        if (row !== undefined && edit !== undefined) this.#own.set(row, this.#line);
        this.#line += linesIn(spoiled);
        return spoiled;
      });
      if (records.length > 0) yield csvLines(records);
    }
    for (const [row, record] of atEnd) {
      this.#added.set(row, this.#line);
      this.#line += linesIn(record);
    }
    if (atEnd.size > 0) yield csvLines([...atEnd.values()]);
  }
}

function linesIn(record: Uint8Array): number {
  return record.reduce((count, byte) => (byte === lineFeed ? count + 1 : count), 1);
}

/** New values by their place in a row. */
type Edit = ReadonlyMap<number, Uint8Array>;

function editsOf(table: RawTable, kinds: readonly PlantedKind[]): ReadonlyMap<number, Edit> {
  const edits = new Map<number, Map<number, Uint8Array>>();
  for (const { kind, planted } of kinds) {
    const at = table.columns.findIndex((column) => column.name.toLowerCase() === kind.column?.toLowerCase());
    if (at === -1) continue;
    for (const { row, after } of planted) {
      const edit = edits.get(row) ?? new Map<number, Uint8Array>();
      edit.set(at, csvField(utf8(fieldText(after, table.columns[at]?.type))));
      edits.set(row, edit);
    }
  }
  return edits;
}

/** A stored value as the generator writes it into files. */
export function fieldText(value: SqlValue, type: SqlType | undefined): string {
  const shown = displayValue(value, type);
  if (shown === null) return '';
  if (typeof shown === 'boolean') return shown ? 'TRUE' : 'FALSE';
  return type?.kind === 'timestamp' ? `${String(shown)}+00:00` : String(shown);
}

/** The ledger of what was planted where, and what caught it, as CSV. */
export function defectLedger(
  kinds: readonly TriedKind[],
  linesOf: (table: RawTable) => SpoiledLines | undefined,
): Uint8Array {
  const rows = kinds.flatMap(({ kind, planted, caughtBy }) => {
    const { table, column } = kind;
    const type = table.columns.find(({ name }) => name.toLowerCase() === column?.toLowerCase())?.type;
    const lines = column === undefined ? linesOf(table)?.repeated : linesOf(table)?.own;
    return planted.map(({ row, key, before, after }) => [
      kindTitle(kind),
      kind.rule,
      table.name,
      table.file,
      String(lines?.get(row) ?? ''),
      key === null ? '' : String(key),
      column ?? '',
      fieldText(before, type),
      fieldText(after, type),
      caughtBy.join(' '),
    ]);
  });
  const header = ['defect', 'rule', 'table', 'file', 'line', 'row_key', 'column', 'before', 'after', 'caught_by'];
  return csvLines([header, ...rows].map((row) => csvLine(row.map((text) => csvField(utf8(text))))));
}
