import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NodeTest, TestVerdict } from '../../../src/protocol/nodeFacts.ts';
import { formatDuration, formatLocation, formatRows, formatRowsShort } from '../../../src/webview/shared/format.ts';
import { statusLook, summarizeTests, testsBySeverity } from '../../../src/webview/shared/nodeLook.ts';

const tests = (...verdicts: readonly TestVerdict[]): NodeTest[] =>
  verdicts.map((verdict, at) => ({ id: String(at), name: `test_${String(at)}`, verdict }));

test('counts, times and places', () => {
  assert.deepEqual([0, 1, 1234567].map(formatRows), ['0 rows', '1 row', '1,234,567 rows']);
  assert.deepEqual([99_999, 100_000, 1_240_000].map(formatRowsShort), ['99,999 rows', '100K rows', '1.2M rows']);
  assert.deepEqual([0.2, 8.4, 999.6, 1250, 12_340, 125_000].map(formatDuration), [
    '<1 ms',
    '8 ms',
    '1.00 s',
    '1.25 s',
    '12.3 s',
    '2 min 5 s',
  ]);
  assert.equal(formatLocation({ file: 'models/a.sql', line: 11, character: 4 }), 'models/a.sql:12:5');
});

test('a badge has the most serious verdict and how many have it', () => {
  assert.equal(summarizeTests([]), undefined);
  const summary = (...verdicts: readonly TestVerdict[]) => {
    const made = summarizeTests(tests(...verdicts));
    return `${made?.short ?? ''} ${made?.word ?? ''} | ${made?.label ?? ''}`;
  };
  assert.equal(summary('pass', 'pass'), '2 passed | 2 tests: 2 passed');
  assert.equal(summary('pass', 'warn', 'fail', 'fail'), '2/4 failed | 4 tests: 2 failed, 1 warned, 1 passed');
  assert.equal(summary('fail', 'error'), '1/2 could not run | 2 tests: 1 could not run, 1 failed');
  assert.equal(summary('none'), '1 not run | 1 test: 1 not run');
});

test('tests that failed come first, otherwise in their order', () => {
  const sorted = testsBySeverity(tests('pass', 'fail', 'pass', 'error', 'fail'));
  assert.deepEqual(
    sorted.map(({ id }) => id),
    ['3', '1', '4', '0', '2'],
  );
});

test('a source is loaded, a model is built', () => {
  assert.equal(statusLook('source', 'success').label, 'loaded');
  assert.equal(statusLook('source', 'none').label, 'not loaded');
  assert.equal(statusLook('model', 'success').label, 'built');
  assert.equal(statusLook('source', 'error').label, 'failed');
});
