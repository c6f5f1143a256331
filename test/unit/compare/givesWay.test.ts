import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ComparedTable, ComparedValue } from '../../../src/core/compare/comparedTable.ts';
import {
  compareTables,
  type CompareHost,
  type CompareProgress,
  type TableComparison,
} from '../../../src/core/compare/compareTables.ts';
import { Cancelled, CancellationSource, neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';

const columns = [
  { name: 'id', type: 'integer' },
  { name: 'word', type: 'text' },
  { name: 'amount', type: 'decimal(38,2)' },
];

/** Rows by their numbers; `word` says what is in the second column. */
function table(rows: number, word: (row: number) => ComparedValue): ComparedTable {
  return {
    columns,
    rows: Array.from({ length: rows }, (_, row) => [row, word(row), `${String(row % 700)}.50`]),
  };
}

const many = 20_000;
const left = table(many, (row) => `word ${String(row)}`);
const right = table(many, (row) => `word ${String(row % 2000 === 7 ? -row : row)}`);

function compare(host: CompareHost, key: readonly string[]): Promise<TableComparison> {
  return compareTables(left, right, { key, mostDifferences: 4 }, host);
}

for (const key of [['id'], []]) {
  test(`other work has its turn while rows are compared by ${key[0] ?? 'row'}`, async () => {
    const heard: CompareProgress[] = [];
    let turns = 0;
    const progress = (one: CompareProgress): Promise<void> => {
      heard.push(one);
      return new Promise((resolve) => {
        setImmediate(() => {
          turns += 1;
          resolve();
        });
      });
    };
    const compared = await compare({ progress, cancellation: neverCancelled }, key);
    assert.equal(turns, heard.length);
    const steps = heard.map(({ column, done, total }) => `${column ?? 'rows'} ${String(done)} of ${String(total)}`);
    assert.deepEqual([...new Set(steps)], ['id 0 of 4', 'word 1 of 4', 'amount 2 of 4', 'rows 3 of 4']);
    // So many rows of one step are never done without a pause.
    for (const step of new Set(steps)) assert.ok(steps.filter((one) => one === step).length >= 5, step);
    assert.deepEqual(compared, await compare({ progress: () => undefined, cancellation: neverCancelled }, key));
    assert.deepEqual([compared.differenceCount, compared.differences.length], [key.length === 0 ? 20 : 10, 4]);
  });
}

test('few rows with long texts make pauses too', async () => {
  let pauses = 0;
  const long = table(40, (row) => String(row).repeat(50_000));
  await compareTables(
    long,
    long,
    { key: [], mostDifferences: 4 },
    { progress: () => void (pauses += 1), cancellation: neverCancelled },
  );
  assert.ok(pauses >= 80, String(pauses));
});

test('rows that all differ are put in order with pauses', async () => {
  let pauses = 0;
  const options = { key: [], mostDifferences: 3 };
  const other = table(many, () => null);
  const progress = ({ column }: CompareProgress): void => void (pauses += column === undefined ? 1 : 0);
  const compared = await compareTables(left, other, options, { progress, cancellation: neverCancelled });
  assert.equal(compared.differenceCount, 2 * many);
  assert.deepEqual(compared.differences, [
    { kind: 'left', row: [0, 'word 0', '0.50'] },
    { kind: 'right', row: [0, null, '0.50'] },
    { kind: 'left', row: [1, 'word 1', '1.50'] },
  ]);
  assert.ok(pauses >= 30, String(pauses));
});

for (const step of ['id', 'amount', undefined]) {
  test(`cancelled while ${step ?? 'rows'} are compared, it ends there`, async () => {
    const source = new CancellationSource();
    let heard = 0;
    const progress = ({ column }: CompareProgress): void => {
      if (column !== step) return;
      heard += 1;
      if (heard === 2) source.cancel();
    };
    await assert.rejects(compare({ progress, cancellation: source.token }, ['id']), Cancelled);
    assert.equal(heard, 2);
  });
}

test('cancelled while its host waits, it ends there', async () => {
  const source = new CancellationSource();
  const progress = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    source.cancel();
  };
  await assert.rejects(compare({ progress, cancellation: source.token }, []), Cancelled);
});
