import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ResultsComparison } from '../../../src/protocol/resultsComparison.ts';
import {
  columnsText,
  columnsTitle,
  comparisonLook,
  rowCountsText,
  rowsText,
} from '../../../src/webview/results/comparisonWords.ts';

const equal: ResultsComparison = {
  sides: ['offline', 'postgres'],
  rowCounts: [1000, 1000],
  isEqual: true,
  differing: 0,
  shown: 0,
  key: ['id'],
  columns: [{ name: 'id', verdict: 'equal', types: ['integer', 'bigint'], hashes: ['a', 'a'] }],
  rows: [],
};

const words = (comparison: ResultsComparison): readonly string[] => [
  comparisonLook(comparison).label,
  rowCountsText(comparison),
  columnsText(comparison),
  columnsTitle(comparison),
  rowsText(comparison),
];

test('equal tables', () => {
  assert.deepEqual(words(equal), [
    'equal',
    '1,000 / 1,000 rows',
    '1 column',
    '1 column with the same values',
    '1,000 rows offline, 1,000 rows postgres. Rows are found by id.',
  ]);
});

test('rows that differ, of which not all are shown, without a key', () => {
  const other = { name: 'word', verdict: 'right', types: ['text'], hashes: [] } as const;
  const columns = [...equal.columns, other];
  const many = {
    ...equal,
    isEqual: false,
    rowCounts: [1, 2000],
    differing: 1999,
    shown: 1000,
    key: [],
    columns,
  } as const;
  assert.deepEqual(words(many), [
    '1,999 rows differ',
    '1 / 2,000 rows',
    '1 of 2 columns',
    '1 of 2 columns differ',
    '1 row offline, 2,000 rows postgres. The first 1,000 that differ are shown. Rows are compared as wholes: no test or constraint names a key.',
  ]);
  assert.equal(comparisonLook({ ...many, differing: 1 }).label, '1 row differs');
  assert.equal(comparisonLook({ ...many, differing: 0 }).label, 'columns differ');
});
