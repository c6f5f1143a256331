import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventMomentOf } from '../../../src/core/compile/eventMomentOf.ts';

/** What Python 3.11 reads with `datetime.fromisoformat`, and without an offset; null where it refuses. */
const read: Readonly<Record<string, string | null>> = {
  '2024-01-02': '2024-01-02T00:00:00.000Z',
  '20240102': '2024-01-02T00:00:00.000Z',
  '2024-0102': null,
  '2024-W01-1': '2024-01-01T00:00:00.000Z',
  '2024W011': '2024-01-01T00:00:00.000Z',
  '2024-W01': '2024-01-01T00:00:00.000Z',
  '2024-W011': null,
  '2024-W53-1': null,
  '2024-W00-1': null,
  '2024-W01-8': null,
  '2020-W53-7': '2021-01-03T00:00:00.000Z',
  '2024-01-02T10': '2024-01-02T10:00:00.000Z',
  '2024-01-02x10:30': '2024-01-02T10:30:00.000Z',
  '2024-01-02 1030': '2024-01-02T10:30:00.000Z',
  '2024-01-02T10:3045': null,
  '2024-01-02T103045.5': '2024-01-02T10:30:45.500Z',
  '2024-01-02T10:30:45,123456789': '2024-01-02T10:30:45.123Z',
  '2024-01-02T10:30.5': '2024-01-02T10:30:00.500Z',
  '2024-01-02T10:30Z': '2024-01-02T10:30:00.000Z',
  '2024-01-02T10:30z': null,
  '2024-01-02Z': null,
  '2024-01-02T10:30:00+05:00': '2024-01-02T10:30:00.000Z',
  '2024-01-02T10:30:00-0530': '2024-01-02T10:30:00.000Z',
  '2024-01-02T10:30:00+05': '2024-01-02T10:30:00.000Z',
  '2024-01-02T10:30:00+25:00': null,
  '2024-01-02T': null,
  '2024-01-02T24:00': null,
  '2024-01-02T10:30:60': null,
  '2024-02-30': null,
  '2024-13-01': null,
  '0001-01-01': '0001-01-01T00:00:00.000Z',
  '2024-1-2': null,
  ' 2024-01-02': null,
  '': null,
};

for (const [text, expected] of Object.entries(read)) {
  test(`the moment of "${text}"`, () => {
    const moment = eventMomentOf(text);
    assert.equal(moment === undefined ? null : new Date(moment).toISOString(), expected);
  });
}
