import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planGeneration, type GenerationOptions } from '../../../src/core/datagen/planGeneration.ts';
import { generateTexts } from '../../sample/generateInMemory.ts';
import { parseRows } from '../../sample/independentModels.ts';
import { tablesFromYaml } from '../../sample/sampleTables.ts';

type Tables = Readonly<Record<string, readonly string[]>>;

/** Sources of `source.table`, each column `name` or `name, data_type: integer, …` in the form of a YAML mapping. */
function yamlOf(tables: Tables): string {
  const lines: string[] = ['sources:'];
  let last = '';
  for (const [id, columns] of Object.entries(tables)) {
    const [source = '', table = ''] = id.split('.');
    if (source !== last) lines.push(`  - name: ${source}`, '    tables:');
    last = source;
    lines.push(`      - name: ${table}`, '        columns:');
    lines.push(...columns.map((column) => `          - {name: ${column}}`));
  }
  return `${lines.join('\n')}\n`;
}

/** The columns that follow another, as `orders.customer_id -> customers.id`, and the messages of the plan. */
function check(tables: Tables, links: readonly string[], notes: readonly string[] = [], rows = {}): void {
  const { value, diagnostics } = planGeneration(tablesFromYaml(yamlOf(tables)), { seed: 1, rowsByTable: rows });
  assert.deepEqual(
    diagnostics.map(({ severity, message }) => `${severity}: ${message}`),
    notes,
  );
  const found = value?.columns.flatMap(({ table, column, source }) =>
    source.kind === 'lookup' ? [`${table}.${column} -> ${source.column.table}.${source.column.column}`] : [],
  );
  assert.deepEqual(found, links);
}

test('a column named after a table follows its key', () => {
  const key = ['id'];
  check({ 's.orders': ['id', 'customer_id'], 's.customers': key }, ['s.orders.customer_id -> s.customers.id']);
  check({ 's.orders': ['customer_id'], 's.customer': ['customer_id'] }, [
    's.orders.customer_id -> s.customer.customer_id',
  ]);
  check({ 's.raw_orders': ['customerId'], 's.raw_customers': ['ID'] }, [
    's.raw_orders.customerId -> s.raw_customers.ID',
  ]);
  check({ 's.items': ['category_id', 'person_id'], 's.categories': key, 's.people': key }, [
    's.items.category_id -> s.categories.id',
    's.items.person_id -> s.people.id',
  ]);
});

test('the same source comes before others, and of several tables none is meant', () => {
  const key = ['id'];
  check({ 'a.orders': ['user_id'], 'a.users': key, 'b.users': key }, ['a.orders.user_id -> a.users.id']);
  check({ 'a.orders': ['user_id'], 'b.users': key }, ['a.orders.user_id -> b.users.id']);
  check({ 'a.orders': ['user_id'], 'b.users': key, 'c.users': key }, []);
  check({ 'a.user': ['user_id'], 'a.orders': ['account_id'] }, []);
});

test('what tests, hints, types and numbers of rows say goes before names', () => {
  const key = ['id'];
  const test = `data_tests: [{relationships: {arguments: {to: "source('s', 'people')", field: id}}}]`;
  check({ 's.orders': [`user_id, ${test}`], 's.users': key, 's.people': key }, ['s.orders.user_id -> s.people.id']);
  const hint = 'config: {meta: {modelyard: {min: 5, max: 9}}}';
  check({ 's.orders': [`user_id, ${hint}`], 's.users': key }, []);
  check({ 's.orders': ['user_id'], 's.users': [`id, ${hint}`] }, []);
  check({ 's.orders': ['user_id, data_type: text'], 's.users': ['id, data_type: integer'] }, []);
  const single = { 's.profiles': ['user_id, data_tests: [unique]'], 's.users': key };
  check(single, ['s.profiles.user_id -> s.users.id']);
  check(single, [], [], { profiles: 20, users: 10 });
  check({ 's.orders': ['user_id, data_tests: [not_null]'], 's.users': key }, [], [], { users: 0 });
  const rare = 'config: {meta: {modelyard: {null_rate: 0.5}}}';
  check({ 's.orders': [`user_id, ${rare}`], 's.users': key }, ['s.orders.user_id -> s.users.id']);
});

test('a reference in a circle is left out, and said', () => {
  const test = `data_tests: [{relationships: {arguments: {to: "source('s', 'accounts')", field: user_id}}}]`;
  check(
    { 's.accounts': ['user_id'], 's.users': [`user_id, ${test}`] },
    ['s.users.user_id -> s.accounts.user_id'],
    [
      'information: accounts.user_id is made on its own: by its name it would take the values of users.user_id, which come from it.',
    ],
  );
  check({ 's.users': ['user_id', 'account_id'], 's.accounts': ['account_id', 'user_id'] }, [
    's.users.account_id -> s.accounts.account_id',
    's.accounts.user_id -> s.users.user_id',
  ]);
});

test('a tested relationship is the one by which hints reach a parent', () => {
  const test = `data_tests: [{relationships: {arguments: {to: "source('s', 'users')", field: id}}}]`;
  const hint = 'data_type: date, config: {meta: {modelyard: {after: users.born}}}';
  check({ 's.users': ['id', 'born, data_type: date'], 's.posts': ['user_id', `payer, ${test}`, `sent, ${hint}`] }, [
    's.posts.user_id -> s.users.id',
    's.posts.payer -> s.users.id',
    's.posts.lookup(payer, born) -> s.users.born',
  ]);
});

test('keys occur once, and the values that follow them are among them', async () => {
  const yaml = yamlOf({ 's.orders': ['id', 'customer_id'], 's.customers': ['customer_id, data_type: text', 'name'] });
  const options: GenerationOptions = { seed: 3, rowsByTable: { orders: 500, customers: 40 } };
  const texts = await generateTexts(tablesFromYaml(yaml), options);
  const ids = parseRows(texts.get('data/customers.csv') ?? '').map((row) => row['customer_id']);
  const orders = parseRows(texts.get('data/orders.csv') ?? '');
  assert.equal(new Set(ids).size, 40);
  assert.equal(new Set(orders.map((row) => row['id'])).size, 500);
  assert.deepEqual(new Set(orders.map((row) => row['customer_id'])), new Set(ids));
});
