/** The rows of a CSV by column name, quotes read as RFC 4180 says; written apart from the code under test. */
export function parseCsv(text: string): readonly Readonly<Record<string, string>>[] {
  const [header = [], ...rows] = fieldsOf(text);
  return rows.map((fields, at) => {
    if (fields.length !== header.length) throw new Error(`row ${String(at + 1)} has ${String(fields.length)} fields`);
    return Object.fromEntries(header.map((name, i) => [name, fields[i] ?? '']));
  });
}

function fieldsOf(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows;
}
