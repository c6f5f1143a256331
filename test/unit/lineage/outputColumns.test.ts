import assert from 'node:assert/strict';
import { test } from 'node:test';
import { outputColumns } from '../../../src/core/lineage/outputColumns.ts';
import { parseStatement } from '../../../src/core/sql/parse/parseStatement.ts';

const tables = new Map([
  ['players', ['id', 'country', 'Updated_At']],
  ['orders', ['id', 'player_id', 'amount']],
]);

/** SQL in, columns out: `name=table.column`, `name` alone where nothing is passed on. */
function check(sql: string, expected: readonly string[] | undefined): void {
  const parsed = parseStatement(sql, 'duckdb');
  assert.ok(parsed.kind === 'query');
  const columns = outputColumns(parsed.query, tables);
  const shown = columns?.map(({ name = '?', origin }) =>
    origin === undefined ? name : `${name}=${origin.table}.${origin.column}`,
  );
  assert.deepEqual(shown, expected);
}

test('columns are passed on under their name or another, computed ones are not', () => {
  check('select id, (o.amount) as Paid, amount * 2 as double, 1 from main."orders" as o', [
    'id=orders.id',
    'paid=orders.amount',
    'double',
    '?',
  ]);
  check('select count(*) as n, player_id from orders group by player_id', ['n', 'player_id=orders.player_id']);
});

test('an unqualified name belongs to the one table that has it', () => {
  check('select id, amount, country from orders join players on player_id = players.id', [
    'id',
    'amount=orders.amount',
    'country=players.country',
  ]);
});

test('stars, with columns left out and replaced', () => {
  check('select * from players', ['id=players.id', 'country=players.country', 'updated_at=players.updated_at']);
  check('select o.*, p.country from orders o left join players p on p.id = o.player_id', [
    'id=orders.id',
    'player_id=orders.player_id',
    'amount=orders.amount',
    'country=players.country',
  ]);
  check('select * exclude (id) replace (upper(country) as country) from players', [
    'country',
    'updated_at=players.updated_at',
  ]);
  check('select * from elsewhere', undefined);
  check('select * from orders join players using (id)', undefined);
});

test('through CTEs, derived tables and below each other', () => {
  check('with c as (select id as key, country from players), d as (select * from c) select key from d', [
    'key=players.id',
  ]);
  check('with c(a, b) as (select id, amount from orders) select b, a from c', ['b=orders.amount', 'a=orders.id']);
  check('select x.id from (select * from orders where amount > 1) as x', ['id=orders.id']);
  check('select id, country from players union all select id, updated_at from players', ['id=players.id', 'country']);
  check('with recursive r as (select id from orders union all select id from r) select id from r', ['id']);
});

test('uses of one table are told apart', () => {
  const parsed = parseStatement('select a.id, a.country, b.id from players a join players b on a.id < b.id', 'duckdb');
  assert.ok(parsed.kind === 'query');
  const uses = outputColumns(parsed.query, tables)?.map(({ origin }) => origin?.use);
  assert.equal(uses?.[0], uses?.[1]);
  assert.notEqual(uses?.[0], uses?.[2]);
});
