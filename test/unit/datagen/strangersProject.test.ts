import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { generateData, type GenerateRequest } from '../../../src/core/service/generateData.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { faultLine, projectTexts, testProject, type TestProject } from '../support/testProject.ts';

const rename = (table: string, columns: string): string => `with source as (
    select * from {{ source('shop', '${table}') }}
),
renamed as (
    select ${columns} from source
)
select * from renamed
`;

/** A small shop by somebody who never heard of this generator: no types, no hints, two tables without any columns. */
const shop: Readonly<Record<string, string>> = projectTexts({
  'models/sources.yml': `
sources:
  - name: shop
    tables:
      - name: raw_customers
        columns:
          - { name: id, data_tests: [unique, not_null] }
          - { name: email, data_tests: [unique, not_null] }
      - name: raw_orders
        columns:
          - { name: id, data_tests: [unique, not_null] }
          - name: status
            data_tests: [not_null, { accepted_values: { arguments: { values: [placed, shipped, returned] } } }]
      - name: raw_order_items
      - name: raw_products
`,
  'models/staging.yml': `
models:
  - name: stg_customers
    columns:
      - { name: customer_id, data_tests: [unique, not_null] }
  - name: stg_orders
    columns:
      - { name: order_id, data_tests: [unique, not_null] }
      - name: customer_id
        data_tests: [not_null, { relationships: { arguments: { to: ref('stg_customers'), field: customer_id } } }]
  - name: stg_order_items
    columns:
      - { name: order_item_id, data_tests: [unique, not_null] }
      - name: product_id
        data_tests: [not_null, { relationships: { arguments: { to: ref('stg_products'), field: product_id } } }]
      - name: order_id
        data_tests: [not_null, { relationships: { arguments: { to: ref('stg_orders'), field: order_id } } }]
`,
  'models/stg_customers.sql': rename(
    'raw_customers',
    'id as customer_id, first_name, last_name, lower(email) as email',
  ),
  'models/stg_orders.sql': rename('raw_orders', 'id as order_id, customer_id, status, cast(ordered_at as date) as day'),
  'models/stg_order_items.sql': rename('raw_order_items', 'id as order_item_id, order_id, product_id, quantity'),
  'models/stg_products.sql': rename('raw_products', 'id as product_id, name, price, is_active'),
  'models/revenue.sql': `
select o.day, c.customer_id, c.email, sum(i.quantity * p.price) as revenue
from {{ ref('stg_orders') }} o
join {{ ref('stg_customers') }} c on c.customer_id = o.customer_id
join {{ ref('stg_order_items') }} i on i.order_id = o.order_id
join {{ ref('stg_products') }} p using (product_id)
where p.is_active and o.status <> 'returned'
group by o.day, c.customer_id, c.email
`,
  'tests/no_negative_revenue.sql': "select * from {{ ref('revenue') }} where revenue <= 0",
  'tests/customers_are_active_in_2024.sql':
    "select id from {{ source('shop', 'raw_customers') }} where signed_up_at < '2024-01-01'",
});

const ask = { judge: true, seed: 42, rows: 200, cancellation: neverCancelled, progress: (): void => undefined };

async function generated(
  texts: Readonly<Record<string, string>>,
  request: Partial<GenerateRequest> = {},
): Promise<{ readonly made: TestProject; readonly files: Record<string, string> }> {
  const made = await testProject(texts);
  const { value, diagnostics } = await generateData(made.project, { ...ask, ...request });
  assert.deepEqual(diagnostics.map(faultLine), []);
  assert.deepEqual([value?.verdict?.failed, value?.verdict?.notRun], [[], []]);
  const files = Object.fromEntries((value?.tables ?? []).map(({ path }) => [path, made.files.text(path)]));
  return { made, files };
}

test('rows for a project that says nothing of them pass its tests', async () => {
  const { made, files } = await generated(shop);
  const head = (table: string): string | undefined => files[`data/raw_${table}.csv`]?.split('\n')[0];
  assert.equal(head('customers'), 'id,email,first_name,last_name,signed_up_at');
  assert.equal(head('orders'), 'id,status,customer_id,ordered_at');
  assert.equal(head('order_items'), 'id,order_id,product_id,quantity');
  assert.equal(head('products'), 'id,name,price,is_active');
  const run = await made.run('build');
  const bad = run.endings.filter((ending) => !/ (success|pass)$/.test(ending));
  assert.deepEqual([bad, run.faults, run.refused], [[], [], false]);
  assert.ok(run.endings.includes('no_negative_revenue pass') && run.endings.length > 15, String(run.endings.length));
  const [[rows] = []] = await made.rows('select count(*) from revenue where revenue > 0');
  assert.ok(Number(rows) > 20, 'the models join to something');
});

test('the same seed gives the same bytes, and another seed others', async () => {
  const [first, second, other] = [await generated(shop), await generated(shop), await generated(shop, { seed: 43 })];
  assert.deepEqual(first.files, second.files);
  assert.notEqual(first.files['data/raw_orders.csv'], other.files['data/raw_orders.csv']);
});

test('a column that a model newly reads changes no other', async () => {
  const before = await generated(shop);
  const wider = {
    ...shop,
    'models/stg_products.sql': rename('raw_products', 'category, id as product_id, name, price, is_active'),
  };
  const after = await generated(wider);
  const rows = (files: Record<string, string>): Record<string, string>[] =>
    parseRows(files['data/raw_products.csv'] ?? '');
  assert.ok(rows(after.files).every((row) => /^[a-z]+$/.test(row['category'] ?? '')));
  assert.deepEqual(
    rows(after.files).map(({ id, name, price, is_active }) => ({ id, name, price, is_active })),
    rows(before.files).map(({ id, name, price, is_active }) => ({ id, name, price, is_active })),
  );
  assert.equal(after.files['data/raw_orders.csv'], before.files['data/raw_orders.csv']);
});

test('a table that nothing reads and that lists nothing is left out, and said', async () => {
  const lonely = { ...shop, 'models/more.yml': 'sources:\n  - name: other\n    tables:\n      - name: unread\n' };
  const made = await testProject(lonely);
  const { value, diagnostics } = await generateData(made.project, ask);
  assert.deepEqual(
    value?.tables.map(({ name }) => name),
    ['raw_customers', 'raw_orders', 'raw_order_items', 'raw_products'],
  );
  assert.deepEqual(diagnostics.map(faultLine), [
    'data.noColumns models/more.yml:4 The table unread lists no columns and no model names any, so no rows are made for it. List its columns under the source.',
  ]);
});

test('seeds that are only described are made, loaded and pass their tests; those with a file stay as they are', async () => {
  const jaffle = projectTexts({
    'seeds/seeds.yml': `
seeds:
  - name: raw_customers
    columns: [{ name: id, data_tests: [unique, not_null] }, { name: first_name }, { name: last_name }]
  - name: raw_orders
    columns:
      - { name: id, data_tests: [unique, not_null] }
      - { name: user_id, data_tests: [not_null, { relationships: { arguments: { to: "ref('raw_customers')", field: id } } }] }
      - { name: order_date }
      - { name: region, data_tests: [relationships: { arguments: { to: "ref('regions')", field: code } }] }
      - { name: status, data_tests: [{ accepted_values: { arguments: { values: [placed, shipped, returned] } } }] }
  - name: raw_payments
    columns:
      - { name: id, data_tests: [unique] }
      - { name: order_id, data_tests: [not_null] }
      - { name: payment_method }
      - { name: amount, constraints: [{ type: check, expression: amount > 0 }] }
  - name: regions
    columns: [{ name: code, data_tests: [unique] }]
`,
    'seeds/regions.csv': 'id,Code\n7,"EU, north"\n8,US\n9,\n',
    'models/customer_payments.sql': `
select c.id, c.first_name, sum(p.amount) as paid
from {{ ref('raw_customers') }} c
join {{ ref('raw_orders') }} o on o.user_id = c.id
join {{ ref('raw_payments') }} p on p.order_id = o.id
group by c.id, c.first_name
`,
    'tests/nothing_is_free.sql': "select * from {{ ref('customer_payments') }} where paid <= 0",
  });
  const { made, files } = await generated(jaffle);
  assert.deepEqual(Object.keys(files), ['seeds/raw_customers.csv', 'seeds/raw_orders.csv', 'seeds/raw_payments.csv']);
  assert.match(made.files.text('seeds/regions.csv'), /^id,Code\n7/);
  assert.match(files['seeds/raw_orders.csv'] ?? '', /,"EU, north",(placed|shipped|returned)\n/);
  const run = await made.run('build');
  assert.deepEqual(
    run.endings.filter((ending) => !/ (success|pass)$/.test(ending)),
    [],
  );
  const [[rows] = []] = await made.rows('select count(*) from customer_payments');
  assert.ok(Number(rows) > 20);
});
