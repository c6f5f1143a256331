import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts } from '../support/testProject.ts';
import { checked, sourceProject, violationText } from './checked.ts';

/** A project in, violations out as `file:line key rule: reason`. */
async function check(texts: Readonly<Record<string, string>>, expected: readonly string[]): Promise<void> {
  const { violations, diagnostics } = await checked(texts);
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(violations.map(violationText), expected);
}

const orders = `
      - name: orders
        columns:
          - name: id
            data_type: integer
            data_tests: [unique, not_null]
          - name: status
            data_tests:
              - accepted_values: {arguments: {values: [open, paid]}}
          - name: customer_id
            data_type: integer
            data_tests:
              - relationships: {arguments: {to: "source('raw', 'customers')", field: id}}
      - name: customers
        columns:
          - {name: id, data_type: integer}
          - {name: email, data_tests: [not_null]}
`;
const customers = { 'data/customers.csv': 'id,email\n1,a@example.com\n2,b@example.com\n' };

test("dbt's own tests, on the lines of the rows that fail them", async () => {
  await check(
    sourceProject(orders, {
      ...customers,
      'data/orders.csv': 'id,status,customer_id\n1,open,1\n2,lost,2\n2,paid,9\n,paid,\n3,"two\nlines",2\n4,lost,\n',
    }),
    [
      'data/orders.csv:3 2 source_accepted_values_raw_orders_status__open__paid: status lost is none of open, paid',
      'data/orders.csv:3 2 source_unique_raw_orders_id: id 2 occurs 2 times',
      'data/orders.csv:4 2 source_relationships_raw_orders_customer_id__id__source_raw_customers_: customer_id 9 is the id of no row of customers',
      'data/orders.csv:4 2 source_unique_raw_orders_id: id 2 occurs 2 times',
      'data/orders.csv:5 null source_not_null_raw_orders_id: id is empty',
      'data/orders.csv:6 3 source_accepted_values_raw_orders_status__open__paid: status two\nlines is none of open, paid',
      'data/orders.csv:8 4 source_accepted_values_raw_orders_status__open__paid: status lost is none of open, paid',
    ],
  );
});

test('a test with where looks at those rows alone, and a warning stays one', async () => {
  const tables = `
      - name: orders
        columns:
          - name: id
            data_tests:
              - not_null: {config: {where: "status = 'paid'", severity: warn}}
          - name: status
`;
  const texts = sourceProject(tables, { 'data/orders.csv': 'id,status\n,open\n,paid\n' });
  await check(texts, ['data/orders.csv:3 null source_not_null_raw_orders_id: id is empty']);
  assert.equal((await checked(texts)).violations[0]?.rule.severity, 'warning');
});

test('rows that have a value in common with a failing one, but that where leaves out, are not blamed', async () => {
  const tables = `
      - name: orders
        columns:
          - name: id
            data_tests:
              - unique: {config: {where: "status <> 'draft'"}}
              - accepted_values: {arguments: {values: ["1", "2"]}, config: {where: "status = 'paid'"}}
          - name: status
`;
  await check(sourceProject(tables, { 'data/orders.csv': 'id,status\n1,draft\n1,open\n1,paid\n9,open\n9,paid\n' }), [
    'data/orders.csv:3 1 source_unique_raw_orders_id: id 1 occurs 2 times',
    'data/orders.csv:4 1 source_unique_raw_orders_id: id 1 occurs 2 times',
    'data/orders.csv:5 9 source_unique_raw_orders_id: id 9 occurs 2 times',
    'data/orders.csv:6 9 source_accepted_values_raw_orders_id__1__2: id 9 is none of 1, 2',
    'data/orders.csv:6 9 source_unique_raw_orders_id: id 9 occurs 2 times',
  ]);
});

test('many rows that are the same are each named once, and soon', async () => {
  const copies = 4000;
  const { violations } = await checked(
    sourceProject(twoTables, {
      'data/orders.csv': `id,total,customer_id\n${'7,-1.00,1\n'.repeat(copies)}`,
      'data/customers.csv': 'id,name,limit_amount\n1,Ada,50.00\n',
      'tests/positive.sql': "select * from {{ source('raw', 'orders') }} where total < 0",
    }),
  );
  assert.equal(violations.length, copies);
  assert.equal(new Set(violations.map(({ line }) => line)).size, copies);
});

test('seeds are checked by the tests that are written under them', async () => {
  await check(
    projectTexts({
      'seeds/codes.csv': 'code,label\nA,one\nB,\nA,three\n',
      'seeds/seeds.yml':
        'seeds:\n  - name: codes\n    columns:\n      - name: code\n        data_tests: [unique]\n      - name: label\n        data_tests: [not_null]\n',
    }),
    [
      'seeds/codes.csv:2 A unique_codes_code: code A occurs 2 times',
      'seeds/codes.csv:3 B not_null_codes_label: label is empty',
      'seeds/codes.csv:4 A unique_codes_code: code A occurs 2 times',
    ],
  );
});

const twoTables = `
      - name: orders
        columns: [{name: id, data_type: integer}, {name: total, data_type: "decimal(9,2)"}, {name: customer_id, data_type: integer}]
      - name: customers
        columns: [{name: id, data_type: integer}, {name: name}, {name: limit_amount, data_type: "decimal(9,2)"}]
`;
const twoFiles = {
  'data/orders.csv': 'id,total,customer_id\n1,5.00,1\n2,70.00,1\n3,-1.00,2\n4,3.00,7\n',
  'data/customers.csv': 'id,name,limit_amount\n1,Ada,50.00\n2,Bo,60.00\n',
};

test('a singular test gives each reason that holds, by the names of the tables', async () => {
  await check(
    sourceProject(twoTables, {
      ...twoFiles,
      'tests/good_orders.sql': `
        with clients as (select id as client, limit_amount as credit from {{ source('raw', 'customers') }})
        select o.id, o.total
        from {{ source('raw', 'orders') }} as o
        left join clients c on c.client = o.customer_id
        where o.total <> 0 and (c.client is null or o.total > c.credit or not (o.total >= 0))`,
    }),
    [
      'data/orders.csv:3 2 good_orders: orders.total (70.00) is more than customers.limit_amount (50.00)',
      'data/orders.csv:4 3 good_orders: orders.total (-1.00) is less than 0',
      'data/orders.csv:5 4 good_orders: there is no row of customers for it',
    ],
  );
});

test('a grouped test leads to every row of the group, and HAVING says why', async () => {
  await check(
    sourceProject(twoTables, {
      ...twoFiles,
      'tests/few_orders.sql':
        "select customer_id, count(*) as n from {{ source('raw', 'orders') }} group by customer_id having count(*) > 1",
    }),
    [
      'data/orders.csv:2 1 few_orders: count(*) (2) is more than 1',
      'data/orders.csv:3 2 few_orders: count(*) (2) is more than 1',
    ],
  );
});

test('a row that comes from no table is told where the test stands, with its values', async () => {
  await check(
    sourceProject(twoTables, {
      ...twoFiles,
      'tests/enough.sql': "select distinct count(*) as n from {{ source('raw', 'orders') }} having count(*) < 9",
    }),
    ['tests/enough.sql:1 null enough: the test gives the row n: 4'],
  );
});

test("a generic test of the project's own leads to its rows as well", async () => {
  await check(
    sourceProject(
      twoTables.replace(
        '{name: total, data_type: "decimal(9,2)"}',
        '{name: total, data_type: "decimal(9,2)", data_tests: [positive]}',
      ),
      {
        ...twoFiles,
        'macros/positive.sql':
          '{% test positive(model, column_name) %} select * from {{ model }} where {{ column_name }} <= 0 {% endtest %}',
      },
    ),
    ['data/orders.csv:4 3 positive_raw_orders_total: orders.total (-1.00) is at most 0'].map((line) =>
      line.replace('positive_raw', 'source_positive_raw'),
    ),
  );
});

test('of rows that look alike in the test, only those that fail it are named', async () => {
  await check(
    sourceProject(twoTables, {
      'data/orders.csv': 'id,total,customer_id\n1,5.00,1\n2,70.00,1\n3,80.00,2\n',
      'data/customers.csv': 'id,name,limit_amount\n1,Ada,50.00\n',
      'tests/small.sql': "select customer_id from {{ source('raw', 'orders') }} where total > 60 and customer_id = 1",
    }),
    ['data/orders.csv:3 2 small: orders.total (70.00) is more than 60 and orders.customer_id (1) equals 1'],
  );
});

test('tests that read models, or a table without a data file, are named', async () => {
  const { unchecked, diagnostics, tables } = await checked(
    sourceProject(orders, {
      ...customers,
      'models/totals.sql': "select id from {{ source('raw', 'customers') }}",
      'tests/some.sql': "select * from {{ ref('totals') }} where false",
    }),
  );
  assert.deepEqual(
    tables.map((table) => table.name),
    ['raw.customers'],
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    unchecked
      .map(({ test: { name }, obstacle }) =>
        obstacle.kind === 'readsModel' ? `${name}: ${obstacle.model}` : `${name}: ${obstacle.reason}`,
      )
      .sort(),
    [
      'some: totals',
      ...[
        'accepted_values_raw_orders_status__open__paid',
        'not_null_raw_orders_id',
        'relationships_raw_orders_customer_id__id__source_raw_customers_',
        'unique_raw_orders_id',
      ].map((name) => `source_${name}: raw.orders has no data file`),
    ].sort(),
  );
});

test('a test that cannot be run is a fault of its own', async () => {
  const { diagnostics, violations } = await checked(
    sourceProject(twoTables, {
      ...twoFiles,
      'tests/bad.sql': "select nothing_there from {{ source('raw', 'orders') }}",
    }),
  );
  assert.deepEqual(violations, []);
  assert.match(diagnostics.map(({ file, message }) => `${file} ${message}`).join(), /^tests\/bad\.sql .*nothing_there/);
});
