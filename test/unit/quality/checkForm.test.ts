import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checked, sourceProject, violationText } from './checked.ts';

const tables = `
      - name: events
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - {name: at, data_type: timestamp, data_tests: [not_null]}
          - {name: paid, data_type: boolean}
`;

/** A data file in, violations out. */
async function check(csv: string, expected: readonly string[]): Promise<void> {
  const { violations } = await checked(sourceProject(tables, { 'data/events.csv': csv }));
  assert.deepEqual(
    violations.map((one) => violationText(one).replace('data/events.csv', 'e')),
    expected,
  );
}

test('ragged rows and bad values, each once, and the rest is checked all the same', async () => {
  await check(
    'id,at,paid\n1,2024-01-01 10:00:00,yes\n2,2024-13-01 10:00:00,no\n3,2024-01-01\n1,2024-02-01,maybe\nx,,true\n',
    [
      'e:2 1 source_unique_raw_events_id: id 1 occurs 2 times',
      'e:3 2 csv_bad_value: column at: "2024-13-01 10:00:00" is not a timestamp (YYYY-MM-DD HH:MM:SS, to the microsecond, with or without an offset)',
      'e:4 null csv_ragged_row: 2 values where the header has 3',
      'e:5 1 csv_bad_value: column paid: "maybe" is not true or false',
      'e:5 1 source_unique_raw_events_id: id 1 occurs 2 times',
      'e:6 null csv_bad_value: column id: "x" is not an integer of 64 bits',
      'e:6 null source_not_null_raw_events_at: at is empty',
    ],
  );
});

test('a byte order mark and mixed line ends; line ends within quotes do not count', async () => {
  await check('\ufeffid,at,paid\r\n1,2024-01-01,\r\n2,2024-01-02,\n3,2024-01-03,\r\n', [
    'e:1 null csv_byte_order_mark: the file begins with a byte order mark, which not every warehouse leaves out of the first name',
    'e:3 null csv_mixed_line_ends: this line ends in another way than the first: CRLF and LF are mixed',
  ]);
  await check('id,at,paid,note\r\n1,2024-01-01,,"two\nlines, 5"" x"\r\n2,2024-01-02,,5" screen\r\n', []);
});

test('a quote within a value opens nothing: line ends behind it count', async () => {
  await check('id,at,paid,note\r\n1,2024-01-01,,5" screen\r\n2,2024-01-02,,\n', [
    'e:3 null csv_mixed_line_ends: this line ends in another way than the first: CRLF and LF are mixed',
  ]);
});

test('another delimiter is told, and the rows are read with it', async () => {
  for (const delimiter of [';', '\t', '|']) {
    const { violations, tables: read } = await checked(
      sourceProject(tables, {
        'data/events.csv': 'id,at,paid\n1,2024-01-01,\n1,2024-01-02,\n'.replaceAll(',', delimiter),
      }),
    );
    assert.equal(read[0]?.delimiter, delimiter);
    assert.deepEqual(
      violations.map(({ rule }) => rule.name),
      ['csv_delimiter', 'source_unique_raw_events_id', 'source_unique_raw_events_id'],
    );
  }
});

test('an empty file, a quote that stays open, a column that is missing and one that is there twice', async () => {
  await check('', [
    'e:1 null csv_empty_file: data/events.csv is empty: a header with the names of the columns is needed',
  ]);
  await check('id,at,paid\n1,2024-01-01,\n2,"2024', [
    'e:3 null csv_quote: a quote is opened and not closed up to the end of the file',
  ]);
  const cut = await checked(sourceProject(tables, { 'data/events.csv': 'id,at,paid\n1,2024-01-01,\n1,"2024' }));
  assert.ok(
    cut.unchecked.length === 3 &&
      cut.unchecked.every(
        ({ obstacle }) =>
          obstacle.kind === 'withoutData' && obstacle.reason === 'the data of raw.events could not be read to the end',
      ),
  );
  const { diagnostics, unchecked } = await checked(sourceProject(tables, { 'data/events.csv': 'id,paid\n1,\n' }));
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    unchecked.map(({ obstacle }) => obstacle),
    [{ kind: 'withoutData', reason: 'data/events.csv has no column at' }],
  );
  await check('id,at\n1,2024-01-01\n', [
    'e:1 null csv_missing_column: the header has no column paid, which the project declares',
  ]);
  await check('id,at,paid,id\n1,2024-01-01,,1\n', ['e:1 null csv_duplicate_column: columns 1 and 4 are both named id']);
});
