import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reasonsOf } from '../../../src/core/quality/conditionTerms.ts';
import { sayTerm, type SaidValue } from '../../../src/core/quality/sayTerm.ts';
import { parseStatement } from '../../../src/core/sql/parse/parseStatement.ts';

const values: Readonly<Record<string, SaidValue>> = {
  a: { text: '7', type: { kind: 'integer' }, name: undefined, missing: undefined },
  'p.at': { text: '2024-01-02', type: { kind: 'date' }, name: 'players.created_at', missing: undefined },
  'p.id': { text: null, type: { kind: 'integer' }, name: 'players.id', missing: 'players' },
  empty: { text: null, type: { kind: 'text' }, name: undefined, missing: undefined },
};

/** A condition in, its reasons in words out. */
function check(condition: string, expected: readonly string[], clause = 'where'): void {
  const sql = `select x from t ${clause} ${condition}`;
  const parsed = parseStatement(sql, 'duckdb');
  assert.ok(parsed.kind === 'query' && parsed.query.body.kind === 'select', sql);
  const said = reasonsOf(parsed.query.body).map((terms) =>
    terms.map((term) => sayTerm(term, sql, (e) => values[sql.slice(e.span.start, e.span.end)])).join(' and '),
  );
  assert.deepEqual(said, expected);
}

test('each side of an OR is a reason; what holds beside it is none', () => {
  check('a < 1 or b > 2 or c', ['a (7) is less than 1', 'b is more than 2', 'c is true']);
  check('x = 1 and (a < 1 or b > 2)', ['a (7) is less than 1', 'b is more than 2']);
  check('a < 1 and b > 2', ['a (7) is less than 1 and b is more than 2']);
  check('(a = 1 or b = 2) and (c = 3 or d = 4)', ['a (7) equals 1', 'b equals 2', 'c equals 3', 'd equals 4']);
  check('a = 1 and b = 2 or c', ['a (7) equals 1 and b equals 2', 'c is true']);
});

test('NOT turns words, and AND and OR, into each other', () => {
  check('not (a >= 1 and b <> 2)', ['a (7) is less than 1', 'b equals 2']);
  check('not (not a > 1)', ['a (7) is more than 1']);
  check('not c', ['c is false']);
  check('not (a is null or b in (1, 2))', ['a is not empty and b is none of 1, 2']);
});

test('times come before and after, and columns have the names of their tables', () => {
  check("p.at < '2024-01-03'", ["players.created_at (2024-01-02) is before '2024-01-03'"]);
  check("not (p.at > '2024-01-03')", ["players.created_at (2024-01-02) is not after '2024-01-03'"]);
  check('p.id is null', ['there is no row of players for it']);
  check('p.id is not null', ['players.id is not empty']);
});

test('other conditions', () => {
  check('a between 1 and 3', ['a (7) is between 1 and 3']);
  check('a not between 1 and 3', ['a (7) is not between 1 and 3']);
  check("empty not like 'A%'", ["empty (empty) is not like 'A%'"]);
  check('a is distinct from b', ['a (7) is not b']);
  check('c is true', ['c is true']);
  check('c is not false', ['c is not false']);
  check('exists (select 1)', ['exists (select 1) is true']);
  check('count(*)   >\n 1', ['count(*) is more than 1'], 'group by x having');
  check('a = 1 group by x', []);
});
