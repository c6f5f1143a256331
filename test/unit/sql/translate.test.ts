import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { translate } from '../../../src/core/sql/translate.ts';
import type { Dialect, RelationTypes, SqlType } from '../../../src/core/sql/translation.ts';
import { gamingTables } from './gamingTables.ts';

function run(sql: string, dialect: Dialect = 'duckdb', relations: RelationTypes = gamingTables) {
  return translate({ sql, dialect, relations, file: 'models/m.sql' });
}

/** Text in, text out. */
function check(dialect: Dialect, sql: string, wanted: string): void {
  test(`${dialect}: ${sql}`, () => {
    const made = run(sql, dialect);
    assert.deepEqual(made.diagnostics, []);
    assert.equal(made.sql, wanted);
  });
}

function columnsOf(sql: string, dialect: Dialect = 'duckdb'): Readonly<Record<string, SqlType>> {
  const made = run(sql, dialect);
  assert.deepEqual(made.diagnostics, []);
  return Object.fromEntries((made.columns ?? []).map((one) => [one.name, one.type]));
}

describe('what means the same stays as it was written', () => {
  const same = [
    'select id, amount from "main"."transactions" where type = \'Deposit\'',
    'select\n  p.id, -- the player\n  count(*) as n\nfrom players as p /* all */\njoin transactions as t on t.player_id = p.id\ngroup by p.id',
    'select count(*) as failures, count(*) != 0 as should_warn, count(*) != 0 as should_error from ( select id from players where id is null ) dbt_internal_test',
    "select case when amount > 10 then 'high' end as size from transactions",
    "select id from players where is_kyc_approved and country_code in ('DE', 'FR')",
  ];
  for (const sql of same) check('duckdb', sql, sql);
});

describe('a semicolon and what stands around the query is left out', () => {
  check('duckdb', '-- the model\nselect 1 as a;\n-- the end\n', 'select 1 as a');
});

describe('each dialect by its own rules', () => {
  const t = 'transactions';
  check('duckdb', `select id / 2 as h from ${t}`, `select cast(id as real) / 2 as h from ${t}`);
  check('postgres', `select id / 2 as h from ${t}`, `select id / 2 as h from ${t}`);
  check('postgres', `select amount / 2 as h from ${t}`, `select cast(amount as real) / 2 as h from ${t}`);
  check('duckdb', `select id from ${t} order by id desc`, `select id from ${t} order by id desc`);
  check('postgres', `select id from ${t} order by id desc`, `select id from ${t} order by id desc nulls first`);
  check('bigquery', `select id from ${t} order by id`, `select id from ${t} order by id`);
  check('snowflake', `select id from ${t} order by id`, `select id from ${t} order by id nulls last`);
  check('postgres', `select id from ${t} where type like 'a\\_%'`, `select id from ${t} where type glob 'a_*'`);
  check('duckdb', `select id from ${t} where type like 'a\\_%'`, `select id from ${t} where type glob 'a\\?*'`);
  check(
    'postgres',
    `select greatest(id, 3) as g from ${t}`,
    `select max(coalesce(id, 3), coalesce(3, id)) as g from ${t}`,
  );
  check('snowflake', `select greatest(id, 3) as g from ${t}`, `select max(id, 3) as g from ${t}`);
  check(
    'bigquery',
    'select date_trunc(date(`timestamp`), month) as m from transactions',
    "select substr(substr(`timestamp`, 1, 10), 1, 7) || '-01' as m from transactions",
  );
  check(
    'snowflake',
    `select datediff(day, "timestamp", current_date) as d from ${t}`,
    `select cast(julianday(substr(current_date, 1, 10)) - julianday(substr("timestamp", 1, 10)) as integer) as d from ${t}`,
  );
  check(
    'redshift',
    `select dateadd(month, 1, cast("timestamp" as date)) as d from ${t}`,
    `select datetime(substr("timestamp", 1, 10), '+1 months', 'floor') as d from ${t}`,
  );
  check(
    'postgres',
    `select to_char("timestamp", 'YYYY-MM') as m from ${t}`,
    `select strftime('%Y-%m', "timestamp") as m from ${t}`,
  );
  check(
    'postgres',
    'select cast(country_code as varchar(2)) as c from players',
    'select substr(country_code, 1, 2) as c from players',
  );
});

describe('money', () => {
  check('duckdb', 'select sum(amount) as s from transactions', 'select round(sum(amount), 2) as s from transactions');
  check(
    'duckdb',
    'select amount + 0.5 - amount as s from transactions',
    'select round(amount + 0.5 - amount, 2) as s from transactions',
  );
  check(
    'duckdb',
    'select sum(amount + 0.5) as s from transactions',
    'select round(sum(amount + 0.5), 2) as s from transactions',
  );
  check(
    'duckdb',
    'select min(amount + 0.5) as s from transactions',
    'select min(round(amount + 0.5, 2)) as s from transactions',
  );
  check(
    'duckdb',
    'select amount = 0.1 + 0.2 as s from transactions',
    'select amount = round(0.1 + 0.2, 1) as s from transactions',
  );
  check(
    'duckdb',
    'select cast(amount as decimal(18, 2)) as s from transactions',
    'select amount as s from transactions',
  );
});

describe('names that SQLite would read otherwise', () => {
  check('duckdb', 'select "id" from elsewhere', 'select `id` from elsewhere');
  check(
    'duckdb',
    'with values_of as (select id as index from players) select index from values_of',
    'with values_of as (select id as "index" from players) select "index" from values_of',
  );
  check(
    'duckdb',
    'select count(*), sum(id), id + 1 from players group by id',
    'select count(*) as "count_star()", sum(id) as "sum(id)", id + 1 as "id + 1" from players group by id',
  );
  check(
    'postgres',
    'select count(*), sum(id), id + 1, id::text from players group by id',
    'select count(*) as "count", sum(id) as "sum", id + 1 as "?column?", cast(id as text) as "id" from players group by id',
  );
});

test('operators are enclosed where SQLite binds them otherwise', () => {
  assert.equal(
    run('select 1 || id + 2 as x from players').sql,
    'select cast(1 as text) || cast(id + 2 as text) as x from players',
  );
});

describe('types of the result', () => {
  test('through CTEs, joins, aggregates and windows', () => {
    const sql = `with tx as (select player_id, cast(timestamp as date) as day, amount from transactions)
      select tx.day, p.is_kyc_approved as ok, sum(tx.amount) as total, avg(tx.amount) as mean, count(*) as n,
        max(p.created_at) as seen, row_number() over (order by sum(tx.amount)) as place
      from tx join players p on p.id = tx.player_id group by tx.day, p.is_kyc_approved`;
    assert.deepEqual(columnsOf(sql), {
      day: { kind: 'date' },
      ok: { kind: 'boolean' },
      total: { kind: 'decimal', scale: 2 },
      mean: { kind: 'real' },
      n: { kind: 'integer' },
      seen: { kind: 'timestamp' },
      place: { kind: 'integer' },
    });
  });

  test('of a star, in order', () => {
    const made = run('select a.*, p.id as player from affiliates a join players p on p.affiliate_id = a.id');
    assert.deepEqual(
      made.columns?.map((one) => one.name),
      ['id', 'code', 'origin', 'redeemed_at', 'player'],
    );
  });

  test('of a star over a table that is not known: untold', () => {
    assert.equal(run('select * from elsewhere').columns, undefined);
  });
});

test("SQLite's own dialect is passed through, though it is one query", () => {
  const sql = 'select cast(timestamp as date) as d from transactions where x match 1';
  assert.deepEqual(run(sql, 'sqlite'), { sql, columns: undefined, diagnostics: [] });
  assert.equal(run('delete from players', 'sqlite').sql, undefined);
});

test('a text that is no date, number or boolean stops the query instead of becoming NULL or 0', () => {
  const relations: RelationTypes = { raw: [{ name: 'v', type: { kind: 'text' } }] };
  for (const type of ['date', 'timestamp', 'integer', 'decimal(10, 2)', 'double', 'boolean']) {
    assert.match(
      run(`select cast(v as ${type}) as x from raw`, 'duckdb', relations).sql ?? '',
      /json_extract\('\{\}', 'not a/,
    );
  }
});
