import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { readWarehouseRows, type WarehouseRows } from '../../../src/core/compare/readWarehouseRows.ts';
import { warehouseRowsQuery } from '../../../src/core/compare/warehouseRowsQuery.ts';
import { root } from '../root.ts';

interface Recorded {
  readonly 'dbt-core': string;
  readonly cases: Readonly<Record<string, { readonly exit: number; readonly lines: readonly string[] }>>;
}

const folder = path.join(root, 'test/fixtures/show');
const recorded = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => JSON.parse(fs.readFileSync(path.join(folder, file), 'utf8')) as Recorded);

const columns = [
  { name: 'id', type: 'INTEGER' },
  { name: 'amount', type: 'DECIMAL(16,2)' },
  { name: 'big', type: 'DECIMAL(38,9)' },
  { name: 'day', type: 'DATE' },
  { name: 'moment', type: 'TIMESTAMP' },
  { name: 'yes', type: 'BOOLEAN' },
  { name: 'word', type: 'VARCHAR' },
  { name: 'part', type: 'DOUBLE' },
  { name: 'far', type: 'BIGINT' },
  { name: 'Odd Name', type: 'VARCHAR' },
];
const first = '1|10.50|12345678901234567890.123456789|2024-01-02|2024-01-02 03:04:05.678901|true||0.30000000000000004';
const rows = [
  [...first.split('|'), '9007199254740993', 'null'],
  ['2', null, null, null, null, null, null, null, null, null],
  [
    '3',
    '-0.05',
    '0.000000000',
    '0001-01-01',
    '2024-01-02 00:00:00',
    'false',
    'tab\t"quote"\nline €',
    'nan',
    '-1',
    ' spaced ',
  ],
];

test('the query is the one whose answers are recorded', () => {
  const query = warehouseRowsQuery({ packageName: 'shop', name: 'kinds', version: undefined }, 100);
  assert.equal(`${query}\n`, fs.readFileSync(path.join(folder, 'query.jinja'), 'utf8'));
});

test('a version of a model is named, and without a bound no rows are withheld', () => {
  const query = warehouseRowsQuery({ packageName: 'shop', name: 'kinds', version: 2 });
  assert.match(query, /ref\("shop", "kinds", v=2\)/);
  assert.match(query, /set withheld = false/);
});

test('there are answers of each version since 1.7, and of dbt 2 with and without Fusion', () => {
  const minors = recorded.map((one) => one['dbt-core'].split('.').slice(0, 2).join('.')).sort();
  assert.deepEqual(minors, ['1.10', '1.11', '1.7', '1.8', '1.9', '2.0', '2.0']);
});

for (const { 'dbt-core': version, cases } of recorded) {
  const read = (name: string): WarehouseRows => readWarehouseRows((cases[name]?.lines ?? []).join('\n'));

  test(`dbt ${version}: every digit, null apart from empty text, and the columns' types`, () => {
    assert.deepEqual(read('all'), { kind: 'rows', columns, count: 3, rows });
    assert.deepEqual(read('limited'), { kind: 'rows', columns, count: 3, rows: rows.slice(0, 2) });
  });

  test(`dbt ${version}: a table without rows has columns, and one with too many has a number`, () => {
    const kinds = { id: 'INTEGER', word: 'VARCHAR' };
    const empty = Object.entries(kinds).map(([name, type]) => ({ name, type }));
    assert.deepEqual(read('empty'), { kind: 'rows', columns: empty, count: 0, rows: [] });
    assert.deepEqual(read('withheld'), { kind: 'tooMany', count: 3 });
  });

  test(`dbt ${version}: what keeps it from giving rows is one sentence`, () => {
    assert.deepEqual(read('absent'), { kind: 'absent' });
    const reasons = ['broken', 'noTarget', 'unknown'].map((name) => {
      assert.notEqual(cases[name]?.exit, 0);
      const found = read(name);
      return found.kind === 'failed' ? found.reason : found.kind;
    });
    assert.match(reasons[0] ?? '', /^IO Error: Cannot open file "\/nowhere\/shop\.duckdb": No such file or directory$/);
    if (version.startsWith('1.')) {
      assert.match(reasons[1] ?? '', /^The profile 'shop' does not have a target named 'nowhere'\./);
      assert.match(reasons[2] ?? '', /depends on a node named 'nowhere' .*which was not found$/);
    } else {
      assert.equal(reasons[1], "target 'nowhere' not found in profile 'shop'");
      assert.equal(reasons[2], "Ref 'nowhere' not found in project. Searched for 'shop.nowhere'");
    }
  });
}

test('columns may come back in capitals', () => {
  const lines = recorded[0]?.cases['all']?.lines ?? [];
  const inCapitals = lines.map((line) => line.replace(/\\"c(\d+)\\"/g, '\\"C$1\\"')).join('\n');
  assert.notEqual(inCapitals, lines.join('\n'));
  assert.deepEqual(readWarehouseRows(inCapitals), { kind: 'rows', columns, count: 3, rows });
});

test('what other programs write between the lines is passed over', () => {
  const lines = recorded[0]?.cases['limited']?.lines ?? [];
  const noisy = ['12:00:00 a warning', '{ not json', '{"other": 1}', '', ...lines, 'bye'].join('\n');
  const found = readWarehouseRows(noisy);
  assert.equal(found.kind === 'rows' ? found.rows.length : found.kind, 2);
});

test('of an error of dbt 2, the calls that led to it are not told', () => {
  const msg = '[error] [AuthenticationFailed (dbt1011)]: no such user\n   0: <unknown>\n   1: start_thread\n';
  const found = readWarehouseRows(JSON.stringify({ info: { level: 'error', name: 'Generic', msg }, data: {} }));
  assert.deepEqual(found, { kind: 'failed', reason: 'no such user' });
});

test('a program that logs nothing is quoted', () => {
  const said = 'Traceback (most recent call last):\n  File "x"\nModuleNotFoundError: No module named dbt\n';
  const found = readWarehouseRows(said);
  assert.equal(
    found.kind === 'failed' ? found.reason : found.kind,
    'Traceback (most recent call last): File "x" ModuleNotFoundError: No module named dbt',
  );
  const silent = readWarehouseRows('');
  assert.equal(silent.kind === 'failed' ? silent.reason : silent.kind, 'dbt gave no rows, and did not say why.');
});
