import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRowRule } from '../../../src/core/datagen/rowRule.ts';

/** Facts in short: `amount >= 0`, `ends_at > starts_at`, `status in a|b`. */
function read(condition: string): string | undefined {
  return readRowRule(condition)
    ?.map((fact) => {
      switch (fact.kind) {
        case 'notNull':
          return `${fact.column} filled`;
        case 'bound':
          return `${fact.column} ${fact.op} ${String(fact.value)}`;
        case 'values':
          return `${fact.column} ${fact.not ? 'not ' : ''}in ${fact.values.join('|')}`;
        case 'order':
          return `${fact.later} ${fact.strict ? '>' : '>='} ${fact.earlier}`;
      }
    })
    .join(', ');
}

test('comparisons with literals are bounds, whichever side the column is on', () => {
  assert.equal(read('amount > 0'), 'amount > 0');
  assert.equal(read('0 <= amount'), 'amount >= 0');
  assert.equal(read('(amount) >= -1.5'), 'amount >= -1.5');
  assert.equal(read('stars between 1 and 5'), 'stars >= 1, stars <= 5');
  assert.equal(
    read("created_at >= '2020-01-01' and created_at < cast('2025-01-01' as timestamp)"),
    'created_at >= 2020-01-01, created_at < 2025-01-01',
  );
  assert.equal(read("t.day >= date '2020-01-01'"), 'day >= 2020-01-01');
});

test('comparisons of columns are orders', () => {
  assert.equal(read('ends_at >= starts_at'), 'ends_at >= starts_at');
  assert.equal(read('starts_at < ends_at'), 'ends_at > starts_at');
  assert.equal(read('total >= 0 and total >= tax'), 'total >= 0, total >= tax');
});

test('lists, equality and emptiness', () => {
  assert.equal(read("status in ('open', 'done')"), 'status in open|done');
  assert.equal(read("status not in ('gone')"), 'status not in gone');
  assert.equal(read("status <> ''"), 'status not in ');
  assert.equal(read('level != 3'), 'level not in 3');
  assert.equal(read("status = 'a' or status = 'b' or status in ('c')"), 'status in a|b|c');
  assert.equal(read('is_open = true'), 'is_open in true');
  assert.equal(read('email is not null'), 'email filled');
  assert.equal(read('ends_at is null or ends_at > starts_at'), 'ends_at > starts_at');
  assert.equal(read('amount > 0 or amount is null'), 'amount > 0');
});

test('from what is not known to be one of these nothing is concluded', () => {
  for (const condition of [
    'amount > 0 or total > 0',
    'tax is null or total > 0',
    "a = 'x' or b = 'y'",
    'amount + tax > 0',
    'length(name) > 3',
    'created_at <= current_timestamp',
    "name > 'm'",
    'email is null',
    'stars not between 1 and 5',
    'amount > (select 0)',
    'not amount > 0',
    'amount >',
    '',
  ]) {
    assert.equal(read(condition), undefined, condition);
  }
});
