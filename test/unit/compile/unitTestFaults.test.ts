import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

const models = {
  'models/orders.sql': 'select 1 as id',
  'models/growing.sql':
    "{{ config(materialized='incremental') }}\nselect id from {{ ref('orders') }} {% if is_incremental() %}where id > 3{% endif %}",
};

/** The faults of a project with one unit test, written as YAML's flow mapping. */
async function faultsOf(unitTest: string): Promise<readonly string[]> {
  const project = await testProject(projectTexts({ ...models, 'models/s.yml': `unit_tests:\n  - {${unitTest}}\n` }));
  return project.faults();
}

const cases = [
  [
    'name: a, model: order, given: [], expect: {rows: []}',
    'compile.unitTestModel models/s.yml:2 The unit test "a" is for the model "order", which does not exist. Did you mean "orders"?',
  ],
  [
    'name: a, model: orders, expect: {rows: []}',
    'project.unitTestShape models/s.yml:2 The unit test "a" cannot be read: "given" is missing.',
  ],
  [
    'name: a, model: orders, given: [{rows: []}], expect: {rows: []}',
    'project.unitTestShape models/s.yml:2 The unit test "a" cannot be read: each of "given" needs an "input".',
  ],
  [
    'name: a, model: orders, given: [], expect: {rows: [], format: json}',
    'project.unitTestShape models/s.yml:2 The unit test "a" cannot be read: "format" must be one of dict, csv, sql.',
  ],
  [
    'name: a, model: growing, given: [], expect: {rows: []}',
    'compile.unitTestIncremental models/s.yml:2 The model "growing" calls is_incremental(): say in the unit test "a" whether it is, under overrides: macros: is_incremental.',
  ],
  [
    'name: a, model: growing, given: [], overrides: {macros: {is_incremental: true}}, expect: {rows: []}',
    'compile.unitTestIncremental models/s.yml:2 The unit test "a" runs "growing" as an incremental model: give it the rows that are there already, with the input "this".',
  ],
  [
    'name: a, model: orders, given: [], expect: {rows: x}',
    'compile.unitTestRows models/s.yml:2 The unit test "a" has no rows to run with: its expected rows are no list, as the format dict has them.',
  ],
  [
    "name: a, model: orders, given: [{input: ref('x'), rows: [], format: csv}], expect: {rows: []}",
    'compile.unitTestRows models/s.yml:2 The unit test "a" has no rows to run with: its input rows are no text, as the format csv has them.',
  ],
  [
    "name: a, model: orders, given: [{input: ref('x'), fixture: no, format: csv}], expect: {rows: []}",
    'compile.unitTestRows models/s.yml:2 The unit test "a" has no rows to run with: its input rows are no text, as the format csv has them.',
  ],
  [
    "name: a, model: orders, given: [{input: ref('x'), fixture: gone, format: csv}], expect: {rows: []}",
    'compile.unitTestRows models/s.yml:2 The unit test "a" has no rows to run with: there is no file gone.csv in the folder fixtures of the tests.',
  ],
  [
    "name: a, model: orders, given: [{input: ref('x')}], expect: {rows: []}",
    `compile.unitTestRows models/s.yml:2 The unit test "a" has no rows to run with: there is no seed for ref('x'), whose rows are left out.`,
  ],
] as const;

for (const [unitTest, fault] of cases) {
  test(`a unit test is refused: ${unitTest}`, async () => {
    assert.deepEqual(await faultsOf(unitTest), [fault]);
  });
}

test('a unit test of a disabled model is left out', async () => {
  const yaml =
    'models: [{name: orders, config: {enabled: false}}]\nunit_tests:\n  - {name: a, model: orders, given: [], expect: {rows: []}}\n';
  const project = await testProject(projectTexts({ 'models/orders.sql': 'select 1 as id', 'models/s.yml': yaml }));
  assert.deepEqual(await project.faults(), []);
  assert.equal((await project.run('test')).results?.results.length, 0);
});

test('a unit test whose rows read themselves ends', async () => {
  const yaml = `unit_tests:\n  - {name: a, model: growing, given: [{input: ref('orders'), format: sql, fixture: own}], overrides: {macros: {is_incremental: false}}, expect: {rows: []}}\n`;
  const own = { 'tests/fixtures/own.sql': "select * from {{ ref('orders') }}" };
  const project = await testProject(projectTexts({ ...models, ...own, 'models/s.yml': yaml }));
  assert.deepEqual((await project.run('build', ['growing'])).endings, ['a error', 'growing skipped']);
});

test('decimals of a fixture keep digits that the table has not', async () => {
  const texts = {
    'seeds/prices.csv': 'id,price\n1,2.5\n',
    'models/doubled.sql': "select price * 2 as twice from {{ ref('prices') }}",
    'models/s.yml':
      "unit_tests:\n  - {name: a, model: doubled, given: [{input: ref('prices'), rows: [{price: 1.125}]}], expect: {rows: [{twice: 2.25}]}}\n",
  };
  const project = await testProject(projectTexts(texts));
  const { endings } = await project.run('build');
  assert.deepEqual(endings, ['prices success', 'a pass', 'doubled success']);
});

test('a unit test of a project for SQLite casts to what SQLite declares', async () => {
  const texts = {
    'seeds/orders.csv': 'id,name,amount\n1,a,2.5\n',
    'models/stg.sql': "select id, name, amount, upper(name) as loud from {{ ref('orders') }}",
    'models/total.sql': "select sum(amount) as total, max(loud) as loud from {{ ref('stg') }}",
    'models/s.yml':
      "unit_tests:\n  - {name: t, model: total, given: [{input: ref('stg'), rows: [{amount: 2, loud: A}]}], expect: {rows: [{total: 2.0, loud: A}]}}\n",
  };
  const project = await testProject(projectTexts(texts, 'sqlite'));
  const { results, endings } = await project.run('build');
  assert.deepEqual(endings, ['orders success', 'stg success', 't pass', 'total success']);
  const code = results?.results.find(({ node }) => node.resourceType === 'unit_test')?.compiledCode ?? '';
  assert.match(code, /cast\(null as INT\) as id, cast\(null as character varying\(256\)\) as name/);
  assert.match(code, /cast\(2 as REAL\)\s+as amount, 'A' as loud/);
});
