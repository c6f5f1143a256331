import type { Manifest, SeedNode, SourceNode } from '../compile/manifest.ts';
import { embeddedName } from '../compile/relation.ts';
import type { ProjectFiles } from '../project/projectFiles.ts';
import { loadColumns, typesOfLoaded } from '../run/dataType.ts';
import type { RelationCatalog } from '../run/relationCatalog.ts';
import type { CsvFault, LoadResult, SqlEngine } from '../run/sqlEngine.ts';
import type { TypedColumn } from '../sql/translation.ts';
import { ByteWatch, type ByteFindings } from './byteFindings.ts';
import type { FormFault } from './rule.ts';
import { keyColumn } from './tableKey.ts';

/** A fault of a file's form, on a one-based line. */
export interface FoundFault {
  readonly kind: FormFault;
  readonly line: number;
  readonly column: string | undefined;
  readonly message: string;
  /** The row's number when the row was loaded all the same, with the value that is at fault read as empty. */
  readonly row: number | undefined;
}

/** A data file as far as it could be read into the database. */
export interface RawTable {
  readonly node: SourceNode | SeedNode;
  /** `raw.players`, or a seed's name. */
  readonly name: string;
  readonly file: string;
  /** What separates its values. */
  readonly delimiter: string;
  /** Its table in the database. */
  readonly relation: string;
  /** False when nothing of it could be read. */
  readonly isLoaded: boolean;
  /** False when records are missing because where they begin cannot be told: what is not there says nothing then. */
  readonly isWhole: boolean;
  readonly columns: readonly TypedColumn[];
  /** The column that names its rows. */
  readonly key: string | undefined;
  readonly rows: number;
  /** The one-based line of each row, by its number less one. */
  readonly lines: Int32Array;
  readonly faults: readonly FoundFault[];
  /** Places of the values that are at fault and were read as empty. */
  readonly faultyValues: ReadonlySet<string>;
}

/** One text for a value's place, to be looked up by. */
export function valuePlace(row: number | undefined, column: string | undefined): string {
  return `${String(row)} ${String(column?.toLowerCase())}`;
}

export interface RawContext {
  readonly manifest: Manifest;
  readonly files: ProjectFiles;
  readonly engine: SqlEngine;
  readonly catalog: RelationCatalog;
}

/** The file of a source's or seed's rows; undefined when the source names none inside the project. */
export function dataFileOf(node: SourceNode | SeedNode): string | undefined {
  return node.resourceType === 'source' ? node.dataFile : node.originalFilePath;
}

/** `raw.players`, or a seed's name. */
export function tableName(node: SourceNode | SeedNode): string {
  return node.resourceType === 'source' ? `${node.sourceName}.${node.name}` : node.name;
}

/** Loads what can be read of a data file, and finds the faults of its form. Undefined when there is no file. */
export async function loadRawTable(
  context: RawContext,
  node: SourceNode | SeedNode,
  file: string,
  onRows: (rows: number) => void,
): Promise<RawTable | undefined> {
  const { manifest, catalog } = context;
  const relation = embeddedName(node.relation, manifest.project.target);
  const read = await readLeniently(context, node, relation, file, onRows);
  if (read === undefined) return undefined;
  const { result, findings, delimiter, found } = read;
  const columns = typesOfLoaded(result.columns, node);
  if (result.loaded) await catalog.put({ relation, kind: 'table', version: file, rowCount: result.rowCount, columns });
  const lines = result.lines ?? new Int32Array(0);
  const faults = [
    ...found,
    ...result.faults.map((fault) => loadFault(fault, result, lines)),
    ...byteFaults(findings),
    ...(result.loaded ? missingColumns(node, columns) : []),
  ];
  return {
    node,
    name: tableName(node),
    file,
    delimiter,
    relation,
    isLoaded: result.loaded,
    isWhole: result.loaded && !result.faults.some(({ kind }) => kind === 'unclosedQuote'),
    columns,
    key: keyColumn(manifest, node, columns),
    rows: result.loaded ? result.rowCount : 0,
    lines,
    faults,
    faultyValues: new Set(
      faults.flatMap(({ row, column }) => (row === undefined || column === undefined ? [] : [valuePlace(row, column)])),
    ),
  };
}

interface Read {
  readonly result: LoadResult;
  readonly findings: ByteFindings;
  readonly delimiter: string;
  /** Faults of earlier attempts. */
  readonly found: readonly FoundFault[];
}

const delimiters = [';', '\t', '|'];

/** Reads with commas, and where the header speaks of another delimiter, with that one. */
async function readLeniently(
  { files, engine }: RawContext,
  node: SourceNode | SeedNode,
  table: string,
  file: string,
  onRows: (rows: number) => void,
): Promise<Read | undefined> {
  const columns = loadColumns(node);
  const load = async (delimiter: string, found: readonly FoundFault[]): Promise<Read | undefined> => {
    const chunks = await files.stream(file);
    if (chunks === undefined) return undefined;
    const watch = new ByteWatch(delimiter);
    const request = { table, file, columns, delimiter, lenient: true };
    const result = await engine.load(request, watch.watch(chunks), onRows);
    return { result, findings: watch.findings, delimiter, found };
  };
  const first = await load(',', []);
  const header = first?.result.faults.find((fault) => fault.kind === 'delimiter');
  if (first === undefined || header === undefined) return first;
  const found = [loadFault(header, first.result, new Int32Array(0))];
  for (const delimiter of delimiters) {
    const other = await load(delimiter, found);
    if (other?.result.loaded === true) return other;
  }
  return first;
}

function loadFault({ kind, line, field, message }: CsvFault, result: LoadResult, lines: Int32Array): FoundFault {
  const column = field === undefined ? undefined : result.columns[field]?.name;
  const at = kind === 'badValue' || kind === 'encoding' ? rowOnLine(lines, line) : undefined;
  return { kind, line, column, message, row: at };
}

/** The number of the row that starts on a line; undefined when none does. Lines rise with the rows. */
export function rowOnLine(lines: Int32Array, line: number): number | undefined {
  let [low, high] = [0, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return lines[low] === line ? low + 1 : undefined;
}

function byteFaults({ hasByteOrderMark, otherLineEnd }: ByteFindings): readonly FoundFault[] {
  const whole = { column: undefined, row: undefined };
  const found: FoundFault[] = [];
  if (hasByteOrderMark) {
    const message = 'the file begins with a byte order mark, which not every warehouse leaves out of the first name';
    found.push({ ...whole, kind: 'byteOrderMark', line: 1, message });
  }
  if (otherLineEnd !== undefined) {
    const message = 'this line ends in another way than the first: CRLF and LF are mixed';
    found.push({ ...whole, kind: 'mixedLineEnds', line: otherLineEnd, message });
  }
  return found;
}

function missingColumns(node: SourceNode | SeedNode, columns: readonly TypedColumn[]): readonly FoundFault[] {
  const there = new Set(columns.map(({ name }) => name.toLowerCase()));
  const missing = node.columns.filter(({ name }) => !there.has(name.toLowerCase()));
  return missing.map(({ name }) => {
    const message = `the header has no column ${name}, which the project declares`;
    return { kind: 'missingColumn', line: 1, column: name, row: undefined, message };
  });
}
