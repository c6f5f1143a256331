import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { type CsvFault, type LoadColumn, type LoadType, type SqlValue } from '../../../src/core/run/sqlEngine.ts';
import { root } from '../root.ts';
import { chunksOf, load, openEngine } from './testEngine.ts';

/** Text in, table out: on SQLite's C functions and on what sql.js documents alone. */
async function check(
  csv: string | Uint8Array,
  columns: readonly string[],
  rows: readonly (readonly SqlValue[])[],
  options: { columns?: readonly LoadColumn[]; size?: number; delimiter?: string } = {},
): Promise<void> {
  for (const documentedOnly of [false, true]) {
    const { result, table } = await load(csv, { ...options, documentedOnly });
    assert.deepEqual(result.faults, []);
    assert.deepEqual(table, { columns, rows });
    assert.equal(result.rowCount, rows.length);
  }
}

/** Text in, faults out as `line kind: message`; nothing is loaded. */
async function checkFaults(
  csv: string | Uint8Array,
  expected: readonly string[],
  columns: readonly LoadColumn[] = [],
): Promise<void> {
  const { result } = await load(csv, { columns });
  assert.deepEqual(result.faults.map(shownFault), expected);
  assert.equal(result.loaded, false);
}

const shownFault = (fault: CsvFault): string => `${fault.line} ${fault.kind}: ${fault.message}`;

const everything = [
  '\ufeffid,"the name",note\r\n',
  '1,Zoë,"says ""hi"", twice"\r\n',
  '2,"line one\nline two",\r\n',
  '\r\n',
  '3,😀,"""quoted"""\n',
  '4,"",x"y\n',
  '5,日本,"end\r\nof"',
].join('');
const everythingRows = [
  [1, 'Zoë', 'says "hi", twice'],
  [2, 'line one\nline two', null],
  [3, '😀', '"quoted"'],
  [4, null, 'x"y'],
  [5, '日本', 'end\r\nof'],
];

test('quotes, doubled quotes, newlines in values, CRLF, BOM, blank lines, Unicode', async () => {
  await check(everything, ['id', 'the name', 'note'], everythingRows);
});

test('the same whatever the size of the pieces, so a border falls on every byte', async () => {
  const length = new TextEncoder().encode(everything).length;
  for (let size = 1; size <= length; size += 1) {
    const { table } = await load(everything, { size });
    assert.deepEqual(table?.rows, everythingRows, `pieces of ${size} bytes`);
  }
});

test('a buffer border falls on every byte of a record', async () => {
  // The reader cuts records out of 256 KiB at a time: the filler moves its border through the record after it.
  const record = '"a ""q""\r\nb",é,2024-01-10T17:07:01Z\r\n';
  const length = new TextEncoder().encode(record).length;
  for (let shift = 0; shift <= length; shift += 1) {
    const filler = `${'x'.repeat(256 * 1024 - 10 - shift)},y,\n`;
    const { table, result } = await load(`a,b,c\n${filler}${record}`);
    assert.deepEqual(result.faults, []);
    assert.deepEqual(table?.rows[1], ['a "q"\r\nb', 'é', '2024-01-10 17:07:01'], `moved by ${shift}`);
  }
});

test('a value longer than the buffer', async () => {
  const long = 'ab""c\n'.repeat(200_000);
  const { table } = await load(`a,b\n1,"${long}"\n2,z\n`, { size: 100_000 });
  assert.deepEqual(table?.rows, [
    [1, long.replaceAll('""', '"')],
    [2, 'z'],
  ]);
});

test('lines that end in CR alone, and no line end at the end of the file', async () => {
  await check(
    'a,b\r1,x\r2,y',
    ['a', 'b'],
    [
      [1, 'x'],
      [2, 'y'],
    ],
  );
});

test('one column: a blank line is none, a quoted empty value is a row', async () => {
  await check('a\n1\n\n""\n2\n', ['a'], [[1], [null], [2]]);
});

test('a header alone makes an empty table', async () => {
  await check('a,b\n', ['a', 'b'], []);
  await check('\n\na,b', ['a', 'b'], []);
});

test('columns without a name are named by their place, and spaces around names go', async () => {
  await check(',b , "c"\n1,2,3\n', ['column_1', 'b', '"c"'], [[1, 2, 3]]);
});

test('another delimiter', async () => {
  await check('a;b\n1;"x;y"\n', ['a', 'b'], [[1, 'x;y']], { delimiter: ';' });
  await check('a\tb\n1\tx,y\n', ['a', 'b'], [[1, 'x,y']], { delimiter: '\t' });
});

/** Loads one column of a declared type and gives its values. */
async function declared(type: LoadType, values: readonly string[]): Promise<readonly (SqlValue | undefined)[]> {
  const csv = `v,n\n${values.map((value, at) => `"${value}",${at}\n`).join('')}`;
  const { table, result } = await load(csv, { columns: [{ name: 'V', type }] });
  assert.deepEqual(result.faults, []);
  assert.equal(result.columns[0]?.type, type);
  return table?.rows.map((row) => row[0]) ?? [];
}

test('declared integers: exact to 64 bits, as pandas writes them, with zeros and signs in front', async () => {
  const texts = ['7', '-7', '007', '+7', '2.0', '2.', ' 5 ', '', '9007199254740993', '-9223372036854775808'];
  const values = [7, -7, 7, 7, 2, 2, 5, null, 9007199254740993n, -9223372036854775808n];
  assert.deepEqual(await declared('integer', texts), values);
  assert.deepEqual(await declared('integer', ['4294967296', '123456789012345', '12345678901234567.0']), [
    4294967296,
    123456789012345,
    12345678901234567n,
  ]);
});

test('declared decimals and reals', async () => {
  assert.deepEqual(await declared('decimal', ['1.50', '-0.10', '.5', '+3', '4.', '100000000000.01', '-0.00', '']), [
    1.5,
    -0.1,
    0.5,
    3,
    4,
    100000000000.01,
    0,
    null,
  ]);
  assert.deepEqual(
    await declared('real', ['1e5', '-2.5E-3', '0.1', '12345678901234567890']),
    [1e5, -2.5e-3, 0.1, 12345678901234567000],
  );
});

test('declared booleans become 1 and 0', async () => {
  assert.deepEqual(await declared('boolean', ['TRUE', 'true', 'True', 't', '1', 'FALSE', 'false', 'f', '0', '']), [
    1,
    1,
    1,
    1,
    1,
    0,
    0,
    0,
    0,
    null,
  ]);
});

test('declared dates, and timestamps in UTC', async () => {
  assert.deepEqual(await declared('date', ['2024-02-29', '2024-01-10 00:00:00', '2024-01-10T00:00:00Z', '']), [
    '2024-02-29',
    '2024-01-10',
    '2024-01-10',
    null,
  ]);
  const times: readonly (readonly [string, string | null])[] = [
    ['2024-01-10 17:07:01+00:00', '2024-01-10 17:07:01'],
    ['2024-01-10T17:07:01Z', '2024-01-10 17:07:01'],
    ['2024-01-10 17:07:01', '2024-01-10 17:07:01'],
    ['2024-01-10 17:07', '2024-01-10 17:07:00'],
    ['2024-01-10', '2024-01-10 00:00:00'],
    ['2024-01-10 17:07:01 UTC', '2024-01-10 17:07:01'],
    ['2024-01-10 00:30:00+02:00', '2024-01-09 22:30:00'],
    ['2024-12-31T23:59:59.5-0530', '2025-01-01 05:29:59.500000'],
    ['2024-01-10 17:07:01.123456', '2024-01-10 17:07:01.123456'],
    ['2024-01-10 17:07:01.000', '2024-01-10 17:07:01'],
    ['', null],
  ];
  assert.deepEqual(
    await declared(
      'timestamp',
      times.map(([text]) => text),
    ),
    times.map(([, value]) => value),
  );
});

test('values that do not fit a declared type are faults with line and value', async () => {
  const columns: readonly LoadColumn[] = [
    { name: 'i', type: 'integer' },
    { name: 'd', type: 'decimal' },
    { name: 'b', type: 'boolean' },
    { name: 't', type: 'timestamp' },
  ];
  const csv = [
    'i,d,b,t',
    '1,1.5,true,2024-01-10 17:07:01',
    '1.5,"1,5",maybe,2024-02-30',
    '"\n",1,1,',
    '9223372036854775808,12345678901234.567,1,2024-01-10 17:07:01.1234567',
  ].join('\n');
  await checkFaults(
    csv,
    [
      '3 badValue: column i: "1.5" is not an integer of 64 bits',
      '3 badValue: column d: "1,5" is not a number of at most 15 digits',
      '3 badValue: column b: "maybe" is not true or false',
      '3 badValue: column t: "2024-02-30" is not a timestamp (YYYY-MM-DD HH:MM:SS, to the microsecond, with or without an offset)',
      '4 badValue: column i: "\\n" is not an integer of 64 bits',
      '6 badValue: column i: "9223372036854775808" is not an integer of 64 bits',
      '6 badValue: column d: "12345678901234.567" is not a number of at most 15 digits',
      '6 badValue: column t: "2024-01-10 17:07:01.1234567" is not a timestamp (YYYY-MM-DD HH:MM:SS, to the microsecond, with or without an offset)',
    ],
    columns,
  );
});

/** Loads one undeclared column and gives its type and values. */
async function inferred(values: readonly string[]): Promise<unknown> {
  const csv = `v,n\n${values.map((value) => `${value},0\n`).join('')}`;
  const { table, result } = await load(csv);
  assert.deepEqual(result.faults, []);
  return [result.columns[0]?.type, ...(table?.rows.map((row) => row[0]) ?? [])];
}

test('types are inferred from all values, and nothing is lost', async () => {
  assert.deepEqual(await inferred(['1', '', '-20']), ['integer', 1, null, -20]);
  assert.deepEqual(await inferred(['9007199254740993', '1']), ['integer', 9007199254740993n, 1]);
  assert.deepEqual(await inferred(['1', '007']), ['text', '1', '007']);
  assert.deepEqual(await inferred(['99999999999999999999', '1']), ['text', '99999999999999999999', '1']);
  assert.deepEqual(await inferred(['1.50', '2']), ['decimal', 1.5, 2]);
  assert.deepEqual(await inferred(['0.1234567890123456', '2']), ['text', '0.1234567890123456', '2']);
  assert.deepEqual(await inferred(['1e5', '2']), ['text', '1e5', '2']);
  assert.deepEqual(await inferred(['TRUE', 'FALSE', 'true']), ['boolean', 1, 0, 1]);
  assert.deepEqual(await inferred(['true', '1']), ['text', 'true', '1']);
  assert.deepEqual(await inferred(['2024-01-10', '2024-02-29']), ['date', '2024-01-10', '2024-02-29']);
  assert.deepEqual(await inferred(['2024-01-10', '2024-02-30']), ['text', '2024-01-10', '2024-02-30']);
  assert.deepEqual(await inferred(['2024-01-10', '2024-01-10T01:00:00+01:00']), [
    'timestamp',
    '2024-01-10 00:00:00',
    '2024-01-10 00:00:00',
  ]);
  assert.deepEqual(await inferred(['', '']), ['text', null, null]);
});

/** 3,000 values of one kind, more than the type is guessed from, then one of another kind. */
async function turned(
  usual: string,
  last: string,
): Promise<readonly [string | undefined, SqlValue | undefined, SqlValue | undefined]> {
  const csv = `v,n\n${`${usual},0\n`.repeat(3000)}${last},0\n`;
  const { table, result } = await load(csv, { size: 10_000 });
  assert.deepEqual([result.faults, result.rowCount], [[], 3001]);
  return [result.columns[0]?.type, table?.rows[7]?.[0], table?.rows[3000]?.[0]];
}

test('a column that turns out to be another than its first thousand values said loses nothing', async () => {
  const cases: readonly (readonly [string, string, string, SqlValue, SqlValue])[] = [
    ['12', 'x', 'text', '12', 'x'],
    ['12', '1.5', 'decimal', 12, 1.5],
    ['9007199254740993', 'x', 'text', '9007199254740993', 'x'],
    ['1.50', 'x', 'text', '1.50', 'x'],
    ['1.50', '-0.00', 'decimal', 1.5, 0],
    ['1.50', '01.50', 'text', '1.50', '01.50'],
    ['TRUE', 'x', 'text', 'TRUE', 'x'],
    ['FALSE', 'x', 'text', 'FALSE', 'x'],
    ['True', 'false', 'boolean', 1, 0],
    ['2024-01-10', '2024-01-10 05:00:00', 'timestamp', '2024-01-10 00:00:00', '2024-01-10 05:00:00'],
    ['2024-01-10T05:00:00.120Z', 'x', 'text', '2024-01-10T05:00:00.120Z', 'x'],
    ['2024-01-10 05:00:00+00:00', '', 'timestamp', '2024-01-10 05:00:00', null],
    ['2024-01-10 05:00:00+00:00', 'x', 'text', '2024-01-10 05:00:00+00:00', 'x'],
    ['2024-01-10 05:00+02:00', 'x', 'text', '2024-01-10 05:00+02:00', 'x'],
    ['2024-01-10 05:00+02:00', '', 'timestamp', '2024-01-10 03:00:00', null],
    ['', '12', 'integer', null, 12],
    ['', '1.50', 'decimal', null, 1.5],
    ['', 'FALSE', 'boolean', null, 0],
  ];
  for (const [usual, last, ...expected] of cases) {
    assert.deepEqual(await turned(usual, last), expected, `${usual}, then ${last}`);
  }
});

test("the scale of a decimal is its values' largest", async () => {
  const scaleOf = async (csv: string, columns: readonly LoadColumn[] = []): Promise<number | undefined> =>
    (await load(csv, { columns })).result.columns[0]?.scale;
  assert.equal(await scaleOf('v,n\n1.5,0\n2,0\n3.125,0\n'), 3);
  assert.equal(await scaleOf('v\n1.50\n2.25\n'), 2);
  assert.equal(await scaleOf(`v\n${'1.50\n'.repeat(1000)}2.2501\n`), 4);
  assert.equal(await scaleOf('v\n1.50\n+2.2501\n', [{ name: 'v', type: 'decimal' }]), 4);
  assert.equal(await scaleOf('v\n1\n2\n'), undefined);
});

test('ragged records, by the line on which they start', async () => {
  await checkFaults('a,b\n1,2\n"x\ny",2,3\n1\n', [
    '3 ragged: 3 values where the header has 2',
    '5 ragged: 1 value where the header has 2',
  ]);
});

test('quotes that are not closed, or not doubled', async () => {
  await checkFaults('a,b\n1,x\n2,"y\n3,z\n', [
    '3 unclosedQuote: a quote is opened and not closed up to the end of the file',
  ]);
  await checkFaults('a,b\n1,"say "hi" now"\n', [
    '2 unclosedQuote: a quote inside a quoted value must be written twice',
  ]);
});

test('equal column names, whatever their case', async () => {
  await checkFaults('id,name,ID\n1,2,3\n', ['1 duplicateColumn: columns 1 and 3 are both named ID']);
});

test('an empty file', async () => {
  for (const empty of ['', '\n\r\n', '\ufeff']) {
    await checkFaults(empty, ['1 empty: data/t.csv is empty: a header with the names of the columns is needed']);
  }
});

test('another delimiter than the one that was said', async () => {
  await checkFaults('a;b;c\n1;2;3\n', [
    '1 delimiter: the header "a;b;c" is one column: are the values separated by semicolons?',
  ]);
});

test('bytes that are not UTF-8', async () => {
  const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));
  await checkFaults(latin1('a,b\n1,x\n2,Jos\u00e9\n3,y\n'), [
    '3 encoding: the bytes are not UTF-8: save the file in that encoding',
  ]);
  await checkFaults(latin1('a,b\n1,x\n2,Jos\u00c3'), [
    '3 encoding: the bytes are not UTF-8: save the file in that encoding',
  ]);
  await checkFaults(latin1('pa\u00eds,b\n1,x\n'), [
    '1 encoding: the bytes are not UTF-8: save the file in that encoding',
  ]);
  await checkFaults('a,b\n1,x\0y\n', ['2 encoding: the value has a NUL byte in it']);
  const utf16 = new Uint8Array(new Uint16Array(Array.from('\ufeffa,b\n1,2\n', (c) => c.charCodeAt(0))).buffer);
  await checkFaults(utf16, ['1 encoding: the header has NUL bytes: save the file as UTF-8, not UTF-16']);
});

test('the first hundred faults are told', async () => {
  const { result } = await load(`a,b\n${'1\n'.repeat(5000)}`);
  assert.equal(result.faults.length, 100);
  assert.equal(result.faults[99]?.line, 101);
});

test('a refused load leaves the table that was there, and nothing else', async () => {
  const engine = await openEngine();
  const request = { table: 'players', file: 'players.csv', columns: [{ name: 'id', type: 'integer' as const }] };
  await engine.load(request, chunksOf('id\n1\n2\n'));
  const refused = await engine.load(request, chunksOf(`id\n${'3\n'.repeat(100_000)}x\n`));
  assert.deepEqual(refused.faults.map(shownFault), ['100002 badValue: column id: "x" is not an integer of 64 bits']);
  assert.deepEqual((await engine.query('SELECT id FROM players')).rows, [[1], [2]]);
  assert.deepEqual((await engine.query('SELECT name FROM sqlite_schema')).rows, [['players']]);
  await engine.load(request, chunksOf('id\n9\n'));
  assert.deepEqual((await engine.query('SELECT id FROM players')).rows, [[9]]);
  await engine.close();
});

test('a view of that name, and views over it, do not stand in the way', async () => {
  const engine = await openEngine();
  await engine.exec('CREATE VIEW "my ""t""" AS SELECT 1 AS a; CREATE VIEW over AS SELECT a + 1 AS b FROM "my ""t"""');
  for (const value of [5, 6]) {
    const result = await engine.load({ table: 'my "t"', file: 't.csv', columns: [] }, chunksOf(`a\n${value}\n`));
    assert.deepEqual([result.faults, result.loaded], [[], true]);
    assert.deepEqual((await engine.query('SELECT b FROM over')).rows, [[value + 1]]);
  }
  await engine.close();
});

test('a load inside a transaction is part of it', async () => {
  const engine = await openEngine();
  await engine.exec('BEGIN');
  await engine.load({ table: 't', file: 't.csv', columns: [] }, chunksOf('a\n1\n'));
  await engine.exec('ROLLBACK');
  assert.deepEqual((await engine.query('SELECT name FROM sqlite_schema')).rows, []);
  await engine.close();
});

test('the raw sample of the gaming case is loaded as it is', async () => {
  const shapes: readonly (readonly [string, number, readonly string[]])[] = [
    ['affiliates', 10, ['id integer', 'code text', 'origin text', 'redeemed_at timestamp']],
    [
      'players',
      11,
      [
        'id integer',
        'affiliate_id integer',
        'country_code text',
        'is_kyc_approved boolean',
        'created_at timestamp',
        'updated_at timestamp',
      ],
    ],
    ['transactions', 10, ['id integer', 'timestamp timestamp', 'player_id integer', 'type text', 'amount decimal']],
  ];
  for (const [name, rows, columns] of shapes) {
    const file = path.join(root, 'templates/gaming_analytics/dbt_project/data', `${name}.csv`);
    const { result } = await load(fs.readFileSync(file));
    assert.deepEqual([result.faults, result.rowCount], [[], rows]);
    assert.deepEqual(
      result.columns.map((column) => `${column.name} ${column.type}`),
      columns,
    );
  }
});

test('a lenient load keeps what can be read, tells every fault, and knows the line of each row', async () => {
  const columns = [
    { name: 'id', type: 'integer' as const },
    { name: 'at', type: 'date' as const },
  ];
  const bad = Array.from({ length: 150 }, (_, i) => `${i},never`).join('\n');
  const csv = `id,at,note\n1,2024-01-01,"two\nlines"\n2\n\nx,2024-01-02,\n3,2024-13-01,late\n${bad.replaceAll('\n', ',\n')},\n`;
  for (const documentedOnly of [false, true]) {
    const { result, table } = await load(csv, { columns, lenient: true, documentedOnly, size: 7 });
    assert.deepEqual(result.faults.slice(0, 4).map(shownFault), [
      '4 ragged: 1 value where the header has 3',
      '6 badValue: column id: "x" is not an integer of 64 bits',
      '7 badValue: column at: "2024-13-01" is not a date (YYYY-MM-DD)',
      '8 badValue: column at: "never" is not a date (YYYY-MM-DD)',
    ]);
    assert.equal(result.faults.length, 153);
    assert.deepEqual(table?.rows.slice(0, 3), [
      [1, '2024-01-01', 'two\nlines'],
      [null, '2024-01-02', null],
      [3, null, 'late'],
    ]);
    assert.equal(result.rowCount, 153);
    assert.deepEqual([...(result.lines ?? [])].slice(0, 4), [2, 6, 7, 8]);
    assert.equal(result.lines?.at(-1), 157);
  }
});

test('a lenient load of a file whose end is lost in a quote gives the rows before it', async () => {
  const { result, table } = await load('id,note\n1,a\n2,"b\n3,c\n', { lenient: true });
  assert.deepEqual(result.faults.map(shownFault), [
    '3 unclosedQuote: a quote is opened and not closed up to the end of the file',
  ]);
  assert.deepEqual(table?.rows, [[1, 'a']]);
  assert.deepEqual([...(result.lines ?? [])], [2]);
});

test('a lenient load makes no table of a file without a header that can be read', async () => {
  for (const csv of ['', 'id;name\n1;a\n', 'id,id\n1,2\n']) {
    const { result } = await load(csv, { lenient: true });
    assert.equal(result.loaded, false, csv);
    assert.equal(result.faults.length, 1, csv);
  }
});
