import assert from 'node:assert/strict';
import { test } from 'node:test';
import initSqlJs from 'sql.js';
import { translate } from '../../../src/core/sql/translate.ts';
import type { RelationTypes } from '../../../src/core/sql/translation.ts';

const rows = 1_000_000;
const groups = 500;

/** Cents of one payment, from a cent to ten million units, one in five taken away: the same in SQL and here. */
function centsOf(id: number): number {
  return ((id * 48271) % 100003) * (id % 1000 === 0 ? 9973 : 1) * (id % 5 === 0 ? -1 : 1);
}

const centsSql = `(id * 48271 % 100003) * iif(id % 1000 = 0, 9973, 1) * iif(id % 5 = 0, -1, 1)`;

test('sums of a million amounts are exact to the cent: in all, by group, and running', async () => {
  const sqlite = await initSqlJs();
  const database = new sqlite.Database();
  database.run(`create table pay as
    with recursive n(id) as (select 0 union all select id + 1 from n where id < ${rows - 1})
    select id, id % ${groups} as g, (${centsSql}) / 100.0 as amount from n`);
  const cents: bigint[] = Array.from({ length: groups }, () => 0n);
  const running: bigint[] = [];
  let total = 0n;
  for (let id = 0; id < rows; id += 1) {
    const amount = centsOf(id);
    total += BigInt(amount);
    cents[id % groups] = (cents[id % groups] ?? 0n) + BigInt(amount);
    if (id < 20_000) running.push(total);
  }
  const relations: RelationTypes = {
    pay: [
      { name: 'id', type: { kind: 'integer' } },
      { name: 'g', type: { kind: 'integer' } },
      { name: 'amount', type: { kind: 'decimal', scale: 2 } },
    ],
  };
  const answer = (sql: string): readonly unknown[] => {
    const made = translate({ sql, dialect: 'duckdb', relations, file: 'm.sql' });
    assert.deepEqual(made.diagnostics, []);
    return (database.exec(made.sql ?? '')[0]?.values ?? []).map((row) => row[0]);
  };
  // The nearest double to the cents is the one value that counts as exact.
  const exact = (one: bigint): number => Number(one) / 100;
  assert.deepEqual(answer('select sum(amount) as s from pay'), [exact(total)]);
  assert.deepEqual(answer('select sum(amount) as s from pay group by g order by g'), cents.map(exact));
  const first = 'select sum(amount) over (order by id) as s from pay where id < 20000 order by id';
  assert.deepEqual(answer(first), running.map(exact));
  const sliding =
    'select sum(amount) over (order by id rows between 9 preceding and current row) as s from pay where id < 20000 order by id';
  assert.deepEqual(
    answer(sliding),
    running.map((one, i) => exact(one - (running[i - 10] ?? 0n))),
  );
});
