/**
 * Reads CSV as Python's `csv.DictReader` does: the first record names the columns, blank lines are left out, a record
 * that is too short has nulls at its end, and what is too long is cut.
 */
export function readFixtureCsv(text: string): readonly ReadonlyMap<string, string | null>[] {
  const [header = [], ...records] = splitCsv(text);
  return records
    .filter((record) => record.length > 0)
    .map((record) => new Map(header.map((name, at) => [name, record[at] ?? null])));
}

/** Records of fields; a blank line is a record without fields. */
function splitCsv(text: string): readonly (readonly string[])[] {
  const records: string[][] = [];
  const scanner = /(?:"((?:[^"]|"")*)"([^,\r\n]*)|([^,\r\n]*))(,|\r\n|\n|\r|$)/y;
  let record: string[] = [];
  while (scanner.lastIndex < text.length || record.length > 0) {
    const match = scanner.exec(text);
    if (match === null) break;
    const [, quoted, behind = '', bare = '', end = ''] = match;
    const isBlank = record.length === 0 && quoted === undefined && bare === '' && end !== ',';
    if (!isBlank) record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"') + behind);
    if (end === ',') continue;
    records.push(record);
    record = [];
    if (end === '') break;
  }
  return records;
}
