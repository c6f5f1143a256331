import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

/** The faults of a project with these models and this YAML beside them. */
async function faultsOf(yaml: string, models: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const files = Object.fromEntries(Object.entries(models).map(([name, sql]) => [`models/${name}.sql`, sql]));
  return (await testProject(projectTexts({ ...files, 'models/s.yml': yaml }))).faults();
}

const privateModel = 'groups: [{name: fin, owner: {name: me}}]\nmodels: [{name: a, access: private, group: fin}]\n';

test('a private model is for its own group alone', async () => {
  const models = { a: 'select 1 as id', b: "select *\nfrom {{ ref('a') }}" };
  assert.deepEqual(await faultsOf(privateModel, models), [
    "compile.privateRef models/b.sql:2 Node model.shop.b attempted to reference node model.shop.a, which is not allowed because the referenced node is private to the 'fin' group.",
  ]);
  const inGroup = "{{ config(group='fin') }}\nselect * from {{ ref('a') }}";
  assert.deepEqual(await faultsOf(privateModel, { ...models, b: inGroup }), []);
});

test('the tests of a private model are of its group', async () => {
  const yaml = privateModel.replace('group: fin', 'group: fin, columns: [{name: id, data_tests: [unique]}]');
  assert.deepEqual(await faultsOf(yaml, { a: 'select 1 as id' }), []);
});

test('groups and accesses that do not exist are faults', async () => {
  assert.deepEqual(await faultsOf('models: [{name: a, group: none}]\n', { a: 'select 1 as id' }), [
    'compile.unknownGroup models/a.sql:1 There is no group named "none". No group is declared.',
  ]);
  assert.deepEqual(await faultsOf('models: [{name: a, access: hidden}]\n', { a: 'select 1 as id' }), [
    'compile.access models/a.sql:1 The access of a model is one of private, protected and public, and not "hidden".',
  ]);
  const ephemeral = "{{ config(materialized='ephemeral', access='public') }}select 1 as id";
  assert.deepEqual(await faultsOf('', { a: ephemeral }), [
    'compile.access models/a.sql:1 A model that is ephemeral cannot have the access public, since nothing is built that others could read.',
  ]);
});

test('a docs block that is not there is a fault where it is named', async () => {
  const yaml = 'models:\n  - name: a\n    description: "{{ doc(\'note\') }}"\n';
  const project = await testProject(
    projectTexts({
      'models/a.sql': 'select 1 as id',
      'models/s.yml': yaml,
      'models/d.md': '{% docs notes %}x{% enddocs %}',
    }),
  );
  assert.deepEqual(await project.faults(), [
    'compile.unknownDoc models/s.yml:2 There is no docs block named "note". Did you mean "notes"?',
  ]);
});

test('versions of a model that have no file are told', async () => {
  const yaml = 'models:\n  - name: a\n    versions:\n      - v: 1\n      - v: 2\n      - {}\n';
  assert.deepEqual(await faultsOf(yaml, { a: 'select 1 as id', b: "select * from {{ ref('a', v=1) }}" }), [
    'project.versionMissing models/s.yml:6 Each of the versions of a needs a "v" that says which version it is.',
    'compile.propertiesOfNothing models/s.yml:4 "a_v1" is described under models, but there is no such file in the project.',
    'compile.unknownRef models/b.sql:1 There is no model or seed named "a.v1".',
  ]);
});

test('a test of what is not there is left out, with a warning unless it is disabled', async () => {
  const project = await testProject(
    projectTexts({
      'models/a.sql': 'select 1 as id',
      'models/left_out.sql': '{{ config(enabled=false) }}select 1 as id',
      'models/s.yml': 'models: [{name: left_out, columns: [{name: id, data_tests: [unique]}]}]\n',
      'tests/one.sql': "select * from {{ ref('gone') }}",
      'tests/two.sql': "select * from {{ ref('left_out') }}",
    }),
  );
  assert.deepEqual(await project.faults(), [
    'compile.unknownRef tests/one.sql:1 There is no model or seed named "gone".',
  ]);
  assert.deepEqual((await project.run()).endings, ['a success']);
});
