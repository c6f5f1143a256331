import assert from 'node:assert/strict';
import { test } from 'node:test';
import initSqlJs from 'sql.js';
import { explainSqlError, locateSqlError } from '../../../src/core/sql/locateSqlError.ts';
import { marked } from './markedSql.ts';

const sqlite = await initSqlJs();
const database = new sqlite.Database();
database.run('create table t (id integer, kind text); create table u (id integer)');

function messageOf(sql: string): string {
  try {
    database.exec(sql);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return assert.fail(`SQLite answers ${sql}`);
}

/** Runs the statement on SQLite, and finds the place between the brackets by the message that it gives. */
function check(text: string): void {
  test(text, () => {
    const { sql, range } = marked(text);
    assert.deepEqual(locateSqlError(messageOf(sql), sql), range);
  });
}

check('select id, ⟦nope⟧ from t');
check('select id,\n  ⟦x.id⟧ from t');
check('select id from t\nwhere ⟦`gone`⟧ = 1');
check('select 1 from ⟦missing⟧');
check('select 1 from t join ⟦"main"."missing"⟧');
check('select ⟦id⟧ from t, u');
check('select id, ⟦nosuch⟧(id) from t');
check('select ⟦substr⟧(kind) from t');
check('select id from t where ⟦sum⟧(id) > 1');
check('select ⟦row_number⟧() from t');
check('select id\nfrom t t2 ⟦where2⟧ id = 1');
check('select id from t join ⟦from⟧ u');
check("select id from t where kind = ⟦'open⟧");
check('select id from t ⟦union⟧ select id, kind from t');
check('select id from t ⟦order⟧ by 7');
check('select id from t where⟦⟧');

test('a message that names nothing has no place', () => {
  assert.equal(locateSqlError('out of memory', 'select 1'), undefined);
  assert.equal(locateSqlError('no such column: elsewhere', 'select 1'), undefined);
});

test('a failure that the translation raised is told in its own words', () => {
  assert.equal(explainSqlError("bad JSON path: 'not a date: it''s 06/05'"), "not a date: it's 06/05");
  assert.equal(explainSqlError("bad JSON path: '$.a['"), "bad JSON path: '$.a['");
  assert.equal(explainSqlError('no such column: x'), 'no such column: x');
});
