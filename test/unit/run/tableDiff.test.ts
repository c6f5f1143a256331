import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { unitTestDiff } from '../../../src/core/run/unitTestDiff.ts';
import type { SqlType } from '../../../src/core/sql/translation.ts';
import { root } from '../root.ts';

type Kind = 'integer' | 'number' | 'boolean' | 'text' | 'date' | 'timestamp';
type Row = readonly (null | number | string | boolean)[];

interface Case {
  readonly columns: readonly { readonly name: string; readonly type: Kind }[];
  readonly expected: readonly Row[];
  readonly actual: readonly Row[];
}

const read = (name: string): unknown => JSON.parse(readFileSync(`${root}/test/fixtures/diff/${name}.json`, 'utf8'));

void test('the difference of two tables is drawn as dbt draws it', () => {
  const cases = read('cases') as readonly Case[];
  const { answers } = read('answers') as { readonly answers: readonly (string | null)[] };
  assert.equal(answers.length, cases.length);
  for (const [i, { columns, expected, actual }] of cases.entries()) {
    const typed = columns.map(({ name, type }) => ({ name, type: sqlType(type) }));
    const kept = (rows: readonly Row[]): Parameters<typeof unitTestDiff>[1] =>
      rows.map((row) => row.map((value, at) => sqlValue(value, columns[at]?.type ?? 'text')));
    assert.equal(unitTestDiff(typed, kept(expected), kept(actual)), answers[i] ?? undefined, `case ${String(i)}`);
  }
});

function sqlType(type: Kind): SqlType {
  return type === 'number' ? { kind: 'real' } : { kind: type };
}

/** The value as SQLite keeps it. */
function sqlValue(value: Row[number], type: Kind): null | number | string {
  if (value === null) return null;
  if (type === 'timestamp') return String(value).replace('T', ' ').replace('.500', '.500000');
  return type === 'number' || type === 'boolean' ? Number(value) : (value as number | string);
}
