import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComparedTable, ComparedValue } from '../../../src/core/compare/comparedTable.ts';
import { compareTables, type CompareHost, type TableComparison } from '../../../src/core/compare/compareTables.ts';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';

const host: CompareHost = { progress: () => undefined, cancellation: neverCancelled };

/** A table from a header of `name type, …` and rows of values between bars; `~` is null. */
function table(header: string, ...rows: readonly string[]): ComparedTable {
  const columns = header.split(', ').map((column) => {
    const [name = '', ...type] = column.split(' ');
    return { name, type: type.join(' ') };
  });
  const value = (text: string): ComparedValue => (text === '~' ? null : text);
  return { columns, rows: rows.map((row) => row.split('|').map(value)) };
}

/** A comparison as lines: the columns with their verdicts, then the rows that differ. */
async function check(
  left: ComparedTable,
  right: ComparedTable,
  key: readonly string[],
  expected: readonly string[],
): Promise<void> {
  const compared = await compareTables(left, right, { key, mostDifferences: 100 }, host);
  assert.deepEqual(lines(compared), expected);
  // The other way round the same differs.
  const back = await compareTables(right, left, { key, mostDifferences: 100 }, host);
  assert.deepEqual([back.isEqual, back.differenceCount], [compared.isEqual, compared.differenceCount]);
}

function lines({ columns, differences, isEqual, key }: TableComparison): readonly string[] {
  const verdicts = columns.map((column) => {
    if (column.side !== 'both') return `${column.column.name} only ${column.side}`;
    assert.equal(column.leftHash === column.rightHash, column.agrees);
    const verdict = column.agrees ? '=' : column.kindsAgree ? '<>' : '?';
    return `${column.name}${verdict}`;
  });
  const shown = (row: readonly ComparedValue[]): string => row.map((value) => value ?? '~').join('|');
  const rows = differences.map((one) =>
    one.kind === 'changed'
      ? `${shown(one.left)} -> ${shown(one.right)} [${one.columns.join(',')}]`
      : `${one.kind} ${shown(one.row)}`,
  );
  return [`${isEqual ? 'equal' : 'different'} by ${key?.join(',') ?? 'row'}: ${verdicts.join(' ')}`, ...rows];
}

test('the same rows in another order, spelling and order of columns are equal', async () => {
  const left = table(
    'id integer, amount decimal(38,2), at timestamp, yes boolean',
    '1|10.50|2024-01-02 03:04:05|true',
    '2|~|~|~',
  );
  const right = table(
    'YES BOOLEAN, ID NUMBER(38,0), AMOUNT NUMBER(18,1), AT TIMESTAMP_NTZ(9)',
    '~|2|~|~',
    'T|1|10.5|2024-01-02T03:04:05.000Z',
  );
  await check(left, right, ['id'], ['equal by id: id= amount= at= yes=']);
  await check(left, right, [], ['equal by row: id= amount= at= yes=']);
});

test('a cent that differs is one row that changed, by its key', async () => {
  await check(
    table('id integer, amount decimal(38,2)', '1|0.10', '2|12345678901234567.89'),
    table('id bigint, amount numeric(38,2)', '2|12345678901234567.90', '1|0.1'),
    ['ID'],
    ['different by id: id= amount<>', '2|12345678901234567.89 -> 2|12345678901234567.90 [1]'],
  );
});

test('without a key rows are equal as wholes, each as often as it is there', async () => {
  await check(
    table('word text, n integer', 'a|1', 'a|1', 'b|2'),
    table('word text, n integer', 'b|2', 'a|1', 'b|2'),
    [],
    ['different by row: word<> n<>', 'left a|1', 'right b|2'],
  );
});

test('a column may agree as a whole while its rows do not', async () => {
  await check(
    table('id integer, n integer', '1|7', '2|8'),
    table('id integer, n integer', '1|8', '2|7'),
    ['id'],
    ['different by id: id= n=', '1|7 -> 1|8 [1]', '2|8 -> 2|7 [1]'],
  );
});

test('null is neither an empty text nor zero nor the word', async () => {
  await check(
    table('id integer, word text, n integer', '1|~|~', '2|~|0', '3||1'),
    table('id integer, word text, n integer', '1||0', '2|null|~', '3||1'),
    ['id'],
    ['different by id: id= word<> n=', '1|~|~ -> 1||0 [1,2]', '2|~|0 -> 2|null|~ [1,2]'],
  );
});

test('texts are equal to the character, whatever they look like', async () => {
  await check(
    table('word text', '10.50', 'A', ' x', '2024-01-02'),
    table('word varchar', '10.5', 'a', 'x', '2024-01-02'),
    [],
    ['different by row: word<>', 'left  x', 'right 10.5', 'left 10.50', 'left A', 'right a', 'right x'],
  );
});

test('types of other kinds are not silently taken for each other', async () => {
  await check(
    table('n text, day date, gone text', '1|2024-01-02|~'),
    table('n integer, day timestamp, gone boolean', '1|2024-01-02 00:00:00|~'),
    [],
    ['different by row: n? day? gone=', 'right 1|2024-01-02 00:00:00|~', 'left 1|2024-01-02|~'],
  );
});

test('a type that is not known is that of the other side', async () => {
  await check(
    table('n , m ', '1.0|1.0'),
    table('n numeric, m ', '1|1'),
    [],
    ['different by row: n= m<>', 'right 1|1', 'left 1.0|1.0'],
  );
});

test('binary fractions are equal to fifteen digits, and exact numbers to the last', async () => {
  await check(
    table('part real, sum real', '0.30000000000000004|12345678.900000012'),
    table('part double precision, sum decimal(18,2)', '3e-1|12345678.90'),
    [],
    ['equal by row: part= sum='],
  );
  await check(
    table('sum real', '10.504'),
    table('sum decimal(18,2)', '10.50'),
    [],
    ['different by row: sum<>', 'right 10.50', 'left 10.504'],
  );
  await check(
    table('n decimal(38,20)', '0.10000000000000000001'),
    table('n decimal(38,20)', '0.1'),
    [],
    ['different by row: n<>', 'right 0.1', 'left 0.10000000000000000001'],
  );
});

test('moments are equal in whatever zone they are written', async () => {
  await check(
    table('at timestamp', '2024-01-01 23:30:00.5', '2024-03-01'),
    table('at timestamp with time zone', '2024-01-02 01:00:00.500+01:30', '2024-03-01 00:00:00+00'),
    [],
    ['equal by row: at='],
  );
});

test('columns of one side are told, and rows are compared in the others', async () => {
  await check(
    table('id integer, old text', '1|x'),
    table('new text, id integer', 'y|1'),
    ['id'],
    ['different by id: id= old only left new only right'],
  );
});

test('a key that is there twice finds no partner; a key that is no column is none', async () => {
  await check(
    table('id integer, n integer', '1|1', '1|2', '2|5'),
    table('id integer, n integer', '1|1', '1|3', '2|5'),
    ['id'],
    ['different by id: id= n<>', 'left 1|2', 'right 1|3'],
  );
  await check(table('id integer', '1'), table('id integer', '1'), ['other'], ['equal by row: id=']);
});

test('names that differ in capitals only belong to the ones that are the same', async () => {
  await check(table('id integer, ID text', '1|a'), table('ID text, id integer', 'a|1'), [], ['equal by row: id= ID=']);
});

test('values that hold what could part them are not run into one another', async () => {
  await check(
    table('a text, b text', 'x1:y|z'),
    table('a text, b text', 'x|1:yz'),
    [],
    ['different by row: a<> b<>', 'right x|1:yz', 'left x1:y|z'],
  );
});

test('of many differences the first are kept, and all are counted', async () => {
  const many = Array.from({ length: 50 }, (_, at) => String(at));
  const options = { key: [], mostDifferences: 10 };
  const compared = await compareTables(table('n integer', ...many), table('n integer'), options, host);
  assert.deepEqual([compared.differences.length, compared.differenceCount], [10, 50]);
  assert.deepEqual(compared.rowCounts, { left: 50, right: 0 });
  const first = compared.differences.map((one) => (one.kind === 'left' ? one.row[0] : undefined));
  assert.deepEqual(first, many.slice(0, 10));
});

test('two empty tables are equal', async () => {
  await check(table('id integer'), table('id integer'), [], ['equal by row: id=']);
});
