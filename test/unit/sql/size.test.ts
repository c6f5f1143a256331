import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../src/core/sql/translate.ts';

/** SQL beyond what SQLite reads ends with one fault of this code, and does not overflow. */
function check(name: string, sql: string, code: string): void {
  test(name, () => {
    const made = translate({ sql, dialect: 'duckdb', relations: {}, file: 'models/m.sql' });
    assert.deepEqual(
      made.diagnostics.map((one) => [one.code, one.file, one.range.start.line]),
      [[code, 'models/m.sql', 0]],
    );
  });
}

const depth = 50_000;
check('parentheses', `select ${'('.repeat(depth)}1${')'.repeat(depth)} as x`, 'sql.tooDeep');
check('subqueries', `${'select * from ('.repeat(depth)}select 1 as x${')'.repeat(depth)}`, 'sql.tooDeep');
check('calls', `select ${'abs('.repeat(depth)}1${')'.repeat(depth)} as x`, 'sql.tooDeep');
check('a sum', `select ${Array.from({ length: depth }, () => '1').join(' + ')} as x`, 'sql.syntax');
check('conditions', `select 1 as x where ${Array.from({ length: depth }, () => '1 = 2').join(' or ')}`, 'sql.syntax');
check('a union', Array.from({ length: depth }, () => 'select 1 as x').join(' union all '), 'sql.syntax');

test('what SQLite still reads is translated', () => {
  const sum = `select ${Array.from({ length: 900 }, () => '1').join(' + ')} as x`;
  const union = Array.from({ length: 490 }, () => 'select 1 as x').join(' union all ');
  for (const sql of [sum, union]) {
    assert.deepEqual(translate({ sql, dialect: 'duckdb', relations: {}, file: 'm.sql' }).diagnostics, []);
  }
});
