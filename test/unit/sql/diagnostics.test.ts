import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translate } from '../../../src/core/sql/translate.ts';
import type { Dialect } from '../../../src/core/sql/translation.ts';
import { gamingTables } from './gamingTables.ts';
import { marked } from './markedSql.ts';

/** The first fault stands between the brackets and says this. */
function check(text: string, code: string, message: string | RegExp, dialect: Dialect = 'duckdb'): void {
  test(text, () => {
    const { sql, range } = marked(text);
    const made = translate({ sql, dialect, relations: gamingTables, file: 'models/m.sql' });
    const [first] = made.diagnostics;
    assert.equal(made.sql, undefined);
    assert.equal(first?.code, code);
    if (typeof message === 'string') assert.equal(first.message, message);
    else assert.match(first.message, message);
    assert.deepEqual(first.range, range);
    assert.equal(first.file, 'models/m.sql');
  });
}

check('⟦⟧', 'sql.empty', 'There is no query here: write a SELECT');
check('⟦insert⟧ into players values (1)', 'sql.notAQuery', 'Expected a query (SELECT or WITH), found insert');
check('select 1;\n⟦drop⟧ table players', 'sql.manyStatements', 'A second statement starts here: a model is one query');
check('select id from ⟦from⟧ players', 'sql.syntax', 'Expected a table or a subquery, found from');
check("select 'é', id\nfrom players ⟦)⟧", 'sql.syntax', 'Expected the end of the query, found )');
check("select id from players where country_code = ⟦'DE⟧", 'sql.syntax', "This ' is not closed");
check('select id from players where ⟦⟧', 'sql.syntax', 'Expected an expression, found the end of the query');
check('select ⟦amont⟧ from transactions', 'sql.unknownColumn', 'There is no column "amont". Did you mean "amount"?');
check(
  'select t.⟦amont⟧ from transactions t',
  'sql.unknownColumn',
  'There is no column "amont". Did you mean "amount"?',
);
check('with a as (select id from players) select ⟦code⟧ from a', 'sql.unknownColumn', 'There is no column "code"');
check('select ⟦y⟧.id from players x', 'sql.unknownTable', 'Nothing in FROM is named "y". Did you mean "x"?');
check(
  'select ⟦id⟧ from players p join affiliates a on a.id = p.affiliate_id',
  'sql.ambiguousColumn',
  'The column "id" is in p and in a: write which one, as p.id',
);
check(
  'select ⟦sunstr⟧(type, 1) from transactions',
  'sql.unknownFunction',
  'The function sunstr is not known to the embedded engine. Did you mean "substr"?',
);
check(
  'select id, ⟦crc32⟧(code) as h from affiliates',
  'sql.unknownFunction',
  'The function crc32 is not known to the embedded engine',
);
check(
  'select ⟦to_char⟧(id) from players',
  'sql.unknownFunction',
  'The function to_char is not known to the embedded engine',
);
check('select ⟦round(amount, 1, 2)⟧ from transactions', 'sql.wrongArguments', 'round takes 1 to 2 arguments');
check(
  'select ⟦player_id⟧, sum(amount) from transactions',
  'sql.notGrouped',
  /neither in GROUP BY nor within an aggregate/,
);
check('select type, upper(⟦player_id⟧ || type) as k from transactions group by type', 'sql.notGrouped', /"player_id"/);
check('select amount + ⟦type⟧ from transactions', 'sql.typeMismatch', '+ needs numbers, and this is text: cast it');
check(
  "select id from transactions where timestamp > ⟦'tomorrow'⟧",
  'sql.typeMismatch',
  /'tomorrow' is not a timestamp/,
);
check('select id from transactions where type = ⟦id⟧', 'sql.typeMismatch', /text and integer\. Cast one of them/);
check('select cast(⟦is_kyc_approved⟧ as date) from players', 'sql.typeMismatch', 'A boolean cannot be cast to a date');
check(
  'select cast(id as ⟦uuid⟧) from players',
  'sql.unsupported',
  'The type uuid is not supported by the embedded engine',
);
check('select ⟦(select id from players)⟧ as x', 'sql.unsupported', /aggregate it, or LIMIT 1$/);
check('select id from players ⟦union⟧ select id, code from affiliates', 'sql.typeMismatch', /1 and 2 columns/);
check('select id from transactions where type ⟦~⟧ 1', 'sql.syntax', 'Expected the end of the query, found ~');
check('select count(*) from players where id > ⟦any⟧ (select 1)', 'sql.syntax', /write IN or EXISTS$/);
check('select ⟦id / 2⟧ from players', 'sql.unsupported', /^The division of integers/, 'snowflake');

check("select id from players where country_code = ⟦'a\\\\b'⟧", 'sql.syntax', /^A backslash in a string/, 'snowflake');
check('select ⟦amount / 2⟧ from transactions', 'sql.unsupported', /^The division of decimals/, 'trino');
check('select ⟦avg(id)⟧ from players', 'sql.unsupported', /^avg of integer/, 'redshift');
check('select ⟦extract(dow from created_at)⟧ from players', 'sql.unsupported', /^The part dow/, 'bigquery');
check('⟦select 1⟧', 'sql.unsupported', /^The dialect of ClickHouse/, 'clickhouse');

test('every fault is found, each once', () => {
  const sql = 'select nope, foo(id), nope2 from players where bar(id) order by nope';
  const made = translate({ sql, dialect: 'duckdb', relations: gamingTables, file: 'm.sql' });
  assert.deepEqual(
    made.diagnostics.map((one) => one.range.start.character),
    [7, 13, 22, 47],
  );
});

test('a column is only missing for certain when all tables are known', () => {
  const relations = { ...gamingTables };
  const sql = 'select nope, p.id from players p join elsewhere e on e.id = p.id';
  assert.deepEqual(translate({ sql, dialect: 'duckdb', relations, file: 'm.sql' }).diagnostics, []);
});
