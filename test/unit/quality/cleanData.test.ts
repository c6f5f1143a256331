import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changedTables, writeCleaned } from '../../../src/core/service/cleanProject.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { faultLine } from '../support/testProject.ts';
import { sourceProject } from './checked.ts';
import { cleaned, planned, rejectsOf } from './cleaned.ts';

const tables = `
      - name: orders
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - {name: status, data_tests: [{accepted_values: {arguments: {values: [open, paid]}}}]}
          - name: customer_id
            data_type: integer
            data_tests: [{relationships: {arguments: {to: "source('raw', 'customers')", field: id}}}]
      - name: customers
        columns:
          - {name: id, data_type: integer, data_tests: [unique]}
          - {name: email, data_tests: [not_null]}
`;
const customers = 'id,email\n1,a@example.com\n2,\n';
const orders = 'id,status,customer_id\n1,open,1\n2,lost,1\n3,paid,2\n4,open,1\n4,paid,1\n4,lost,1\n';
const texts = sourceProject(tables, { 'data/customers.csv': customers, 'data/orders.csv': orders });

test('a rejected parent takes its children along, and the first of equal rows stays', async () => {
  const result = await cleaned(texts);
  assert.deepEqual(rejectsOf(result), [
    'raw.orders:3 rejected [source_accepted_values_raw_orders_status__open__paid]: status lost is none of open, paid',
    'raw.orders:4 rejected [source_relationships_raw_orders_customer_id__id__source_raw_customers_]: customer_id 2 is the id of no row of customers',
    'raw.orders:6 rejected [source_unique_raw_orders_id]: id 4 occurs 2 times; line 5 is kept, the first',
    'raw.orders:7 rejected [source_accepted_values_raw_orders_status__open__paid source_unique_raw_orders_id]: status lost is none of open, paid; id 4 occurs 3 times',
    'raw.customers:3 rejected [source_not_null_raw_customers_email]: email is empty',
  ]);
  assert.equal(result.files.text('orders.csv'), 'id,status,customer_id\n1,open,1\n4,open,1\n');
});

test('a value can be emptied instead, where the column may be empty', async () => {
  const rule = 'source_accepted_values_raw_orders_status__open__paid';
  const { plan, files } = await cleaned(texts, { [rule]: 'empty', source_unique_raw_orders_id: 'drop' });
  assert.equal(files.text('orders.csv'), 'id,status,customer_id\n1,open,1\n2,,1\n');
  assert.match(files.text('rejects.csv'), /^raw\.orders,data\/orders\.csv,3,emptied,.*,"2,lost,1"$/m);
  const offers = plan.offers.map(
    ({ rule: { name }, options, chosen }) => `${name}: ${chosen} of ${options.join(', ')}`,
  );
  assert.ok(offers.includes(`${rule}: empty of drop, empty`));
  assert.ok(offers.includes('source_not_null_raw_customers_email: drop of drop'));
});

test('the latest version is the one with the greatest updated_at; the first may be asked for', async () => {
  const versions = sourceProject(
    `
      - name: users
        columns:
          - {name: id, data_type: integer, data_tests: [unique]}
          - {name: name}
          - {name: updatedAt, data_type: timestamp}
`,
    {
      'data/users.csv': 'id,name,updatedAt\n1,old,2024-01-01\n1,new,2024-03-01\n1,mid,2024-02-01\n1,undated,\n2,one,\n',
    },
  );
  assert.equal((await cleaned(versions)).files.text('users.csv'), 'id,name,updatedAt\n1,new,2024-03-01\n2,one,\n');
  const first = await cleaned(versions, { source_unique_raw_users_id: 'keep_first' });
  assert.equal(first.files.text('users.csv'), 'id,name,updatedAt\n1,old,2024-01-01\n2,one,\n');
});

test('form is put right: byte order mark, delimiter, line ends, ragged rows and bad values', async () => {
  const crooked =
    '\ufeffid;status;customer_id\r\n1;"open";1\n2;;1;9\r\nx;paid;1\r\n3;"a;b, ""c""";\r\n4;o,p;1\r\n\r\n5;paid;1';
  const result = await cleaned(
    { ...texts, 'data/orders.csv': crooked },
    {
      source_accepted_values_raw_orders_status__open__paid: 'drop',
    },
  );
  assert.equal(result.files.text('orders.csv'), 'id,status,customer_id\n1,"open",1\n5,paid,1\n');
  assert.match(
    result.files.text('rejects.csv'),
    /^raw\.orders,data\/orders\.csv,3,rejected,csv_ragged_row,4 values where the header has 3,2;;1;9$/m,
  );
  const loose = tables.replace(
    '{name: status, data_tests: [{accepted_values: {arguments: {values: [open, paid]}}}]}',
    '{name: status}',
  );
  const kept = await cleaned(sourceProject(loose, { 'data/customers.csv': customers, 'data/orders.csv': crooked }));
  assert.equal(
    kept.files.text('orders.csv'),
    'id,status,customer_id\n1,"open",1\n3,"a;b, ""c""",\n4,"o,p",1\n5,paid,1\n',
  );
});

test('in place only what changes is written, rejects are kept beside, and those of before stay', async () => {
  const { project, files, plan } = await planned(texts);
  assert.deepEqual(
    changedTables(plan).map(({ table }) => table.name),
    ['raw.orders', 'raw.customers'],
  );
  const refused = await writeCleaned(project, plan, { kind: 'inPlace', overwrite: false });
  assert.equal(refused.value, undefined);
  assert.deepEqual(
    refused.diagnostics.map((one) => one.code),
    ['data.wouldOverwrite', 'data.wouldOverwrite'],
  );
  assert.equal(files.text('data/orders.csv'), orders);
  const { value } = await writeCleaned(project, plan, { kind: 'inPlace', overwrite: true });
  assert.equal(value?.rejects, 'data/rejects.csv');
  assert.equal(files.text('data/orders.csv'), 'id,status,customer_id\n1,open,1\n4,open,1\n');
  const rejects = files.text('data/rejects.csv');
  assert.equal(rejects.trim().split('\n').length, 6);
  const again = await planned({
    ...texts,
    'data/orders.csv': 'id,status,customer_id\n9,lost,1\n',
    'data/customers.csv': 'id,email\n1,a\n',
    'data/rejects.csv': rejects,
  });
  await writeCleaned(again.project, again.plan, { kind: 'inPlace', overwrite: true });
  assert.ok(again.files.text('data/rejects.csv').startsWith(rejects));
  assert.equal(again.files.text('data/rejects.csv').trim().split('\n').length, 7);
});

test('nothing is written over a file that changed since it was looked at, nor into a folder where one is', async () => {
  const { project, files, plan } = await planned(texts);
  files.set('data/orders.csv', `${orders}5,open,1\n`);
  const changed = await writeCleaned(project, plan, { kind: 'inPlace', overwrite: true });
  assert.deepEqual(changed.diagnostics.map(faultLine), [
    'data.changedMeanwhile data/orders.csv:1 data/orders.csv has changed since it was checked, so nothing was written. Clean the data again.',
  ]);
  const other = await planned(texts);
  const taken = new MemoryProjectFiles({ 'orders.csv': 'mine' });
  const refused = await writeCleaned(other.project, other.plan, { kind: 'folder', files: taken, overwrite: false });
  assert.deepEqual(
    refused.diagnostics.map((one) => one.code),
    ['data.wouldOverwrite'],
  );
  assert.deepEqual(taken.paths, ['orders.csv']);
});

test('a rejects.csv that is something else is not written over', async () => {
  const { project, files, plan } = await planned({ ...texts, 'data/rejects.csv': 'mine\n' });
  const { value, diagnostics } = await writeCleaned(project, plan, { kind: 'inPlace', overwrite: true });
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map((one) => one.code),
    ['data.notRejects'],
  );
  assert.equal(files.text('data/rejects.csv'), 'mine\n');
  assert.equal(files.text('data/orders.csv'), orders);
});

test('a file that cannot be read to its end is not cleaned, and is said not to be', async () => {
  const { plan, files } = await cleaned({ ...texts, 'data/orders.csv': 'id,status,customer_id\n1,"open,1\n' });
  assert.equal(
    plan.tables.find(({ table }) => table.name === 'raw.orders')?.obstacle,
    'a quote is opened and not closed up to the end of the file',
  );
  assert.equal(files.paths.includes('orders.csv'), false);
  // What the rest of the file would say is not known: nothing is rejected because of it.
  const parent = await cleaned({ ...texts, 'data/customers.csv': 'id,email\n"1,a@example.com\n' });
  assert.equal(parent.files.text('orders.csv'), 'id,status,customer_id\n1,open,1\n3,paid,2\n4,open,1\n');
});

test('a rule that leads to no row stays broken, and that is told', async () => {
  const { plan } = await cleaned({
    ...texts,
    'tests/many.sql': "select count(*) as n from {{ source('raw', 'customers') }} having count(*) < 9",
  });
  assert.deepEqual(
    plan.left.map(({ rule, reason }) => `${rule.name}: ${reason}`),
    ['many: count(*) (1) is less than 9'],
  );
});
