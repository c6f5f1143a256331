import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceColumns, type ReadingQuery, type ReadTable } from '../../../src/core/lineage/sourceColumns.ts';

const tables: readonly ReadTable[] = [
  { id: 'raw.orders', name: 'orders', columns: [], isClosed: false },
  { id: 'raw.users', name: 'users', columns: ['id'], isClosed: false },
  { id: 'raw.codes', name: 'codes', columns: ['code'], isClosed: true },
];

/** Queries as they come: a text, or the relation it makes with the text. */
function check(queries: readonly (string | readonly [string, string])[], expected: Record<string, string[]>): void {
  const reading = queries.map((one): ReadingQuery =>
    typeof one === 'string' ? { relation: undefined, sql: one } : { relation: one[0], sql: one[1] },
  );
  assert.deepEqual(Object.fromEntries(sourceColumns(reading, tables, 'duckdb')), expected);
}

test('columns are read with and without their table, anywhere in a query', () => {
  check(['select Id, o.status, sum(amount) filter (where paid) from main."orders" o where placed_at > now()'], {
    'raw.orders': ['Id', 'status', 'amount', 'paid', 'placed_at'],
  });
  check(['select count(*) from orders group by a having max(b) > 1 order by c'], { 'raw.orders': ['a', 'b', 'c'] });
  check(['select row_number() over (partition by a order by b) as n from orders qualify n = 1'], {
    'raw.orders': ['a', 'b'],
  });
  check(['select ID, id, "id" from orders'], { 'raw.orders': ['ID'] });
});

test('a join gives each table its own', () => {
  check(['select o.total, u.email from orders o join users u on o.user_id = u.id'], {
    'raw.orders': ['user_id', 'total'],
    'raw.users': ['email'],
  });
  check(['select o.total from orders o join users using (user_id)'], {
    'raw.orders': ['user_id', 'total'],
    'raw.users': ['user_id'],
  });
  check(['select code, id, total from orders, codes'], { 'raw.orders': ['id', 'total'] });
});

test('what may be of several tables, or is known, is left out', () => {
  check(['select total from orders, users'], {});
  check(['select id from orders, users'], {});
  check(['select id, code, wrong from users, codes where users.id = 1'], { 'raw.users': ['wrong'] });
  check(['select total from orders, somewhere_else'], {});
  check(['select code, nothing from codes'], {});
});

test('stars are followed through common tables, subqueries and models', () => {
  const renamed = `with source as (select * from main."orders"),
    renamed as (select id as order_id, user_id as customer_id, total / 100 as total from source)
    select order_id, customer_id, total from renamed`;
  check([renamed], { 'raw.orders': ['id', 'user_id', 'total'] });
  check(['select x.total from (select * from orders) as x'], { 'raw.orders': ['total'] });
  check([['stg_orders', 'select *, 1 as one from orders'], 'select total, one from stg_orders'], {
    'raw.orders': ['total'],
  });
  check([['stg_orders', 'select id as order_id from orders'], 'select order_id, other from stg_orders'], {
    'raw.orders': ['id'],
  });
  check(['with t(a, b) as (select * from orders) select a, c from t'], {});
  check(['select * exclude (secret) replace (lower(name) as name) from orders'], { 'raw.orders': ['secret', 'name'] });
  check(['select o.*, u.id from orders o join users u on u.id = o.user_id'], { 'raw.orders': ['user_id'] });
});

test('what a union passes on, both sides have', () => {
  check(['select x from (select * from orders union all select * from users) both_of_them'], {
    'raw.orders': ['x'],
    'raw.users': ['x'],
  });
});

test('aliases of the SELECT list are no columns behind it', () => {
  check(['select upper(name) as label, count(*) as n from orders group by label having n > 1 order by n'], {
    'raw.orders': ['name'],
  });
});

test('subqueries see the query around them', () => {
  check(['select id from users u where exists (select 1 from orders o where o.user_id = u.key and u.id = 2)'], {
    'raw.orders': ['user_id'],
    'raw.users': ['key'],
  });
  check(['select (select max(code) from codes where code = outside) from orders'], { 'raw.orders': ['outside'] });
  check(['select 1 from users where id in (select user_id from orders)'], { 'raw.orders': ['user_id'] });
});

test('recursion ends, and what is not understood reads nothing', () => {
  check(['with recursive t as (select id, parent_id from orders union all select t.id, t.x from t) select y from t'], {
    'raw.orders': ['id', 'parent_id'],
  });
  check(['select from where', ['m', 'delete from orders'], 'select a from m', 'values (1)'], {});
});
