import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

const model = (config: string, query: string): string =>
  `{{ config(materialized='incremental', ${config}) }}\nselect ${query}`;

const refusals = [
  ['a key that is no column', model("unique_key='lower(id)'", '1 as id'), 'run.unknownKey'],
  [
    'columns that changed',
    model("on_schema_change='fail'", "1 as id{{ ', 2 as b' if is_incremental() }}"),
    'run.schemaChanged',
  ],
] as const;

for (const [what, text, code] of refusals) {
  test(`${what}: refused in the model's file, and its table stays`, async () => {
    const project = await testProject(projectTexts({ 'models/m.sql': text }));
    await project.run();
    const { endings, faults } = await project.run();
    assert.deepEqual(endings, ['m error']);
    assert.match(faults.join('\n'), new RegExp(`^${code} models/m\\.sql:1 `));
    assert.deepEqual(await project.rows('select * from m'), [[1]]);
  });
}

test('a merge of two new rows for one old row is refused, and nothing of it is kept', async () => {
  const text = model(
    "unique_key='id', incremental_strategy='merge'",
    "1 as id, 'a' as v{% if is_incremental() %} union all select 1, 'b' union all select 2, 'c'{% endif %}",
  );
  const project = await testProject(projectTexts({ 'models/m.sql': text }));
  await project.run();
  const { faults } = await project.run();
  assert.match(faults.join('\n'), /^run\.mergeDuplicates models\/m\.sql:1 .*\(1\)/);
  assert.deepEqual(await project.rows('select * from m'), [[1, 'a']]);
});

test('a merge updates the columns that it is told, and leaves the others', async () => {
  const later = "{{ 'x' if is_incremental() else 'a' }}";
  const texts = {
    'models/only.sql': model(
      "unique_key='id', incremental_strategy='merge', merge_update_columns=['v']",
      `1 as id, '${later}' as v, '${later}' as w`,
    ),
    'models/without.sql': model(
      "unique_key='id', incremental_strategy='merge', merge_exclude_columns=['v']",
      `1 as id, '${later}' as v, '${later}' as w`,
    ),
  };
  const project = await testProject(projectTexts(texts));
  await project.run();
  await project.run();
  assert.deepEqual(await project.rows('select * from only union all select * from without'), [
    [1, 'x', 'a'],
    [1, 'a', 'x'],
  ]);
});

test('a table that a model made before it became incremental is taken over; a view is replaced', async () => {
  const project = await testProject(projectTexts({ 'models/m.sql': 'select 1 as id' }));
  await project.run();
  project.files.set(
    'models/m.sql',
    "{{ config(materialized='incremental') }}select {{ 2 if is_incremental() else 1 }} as id",
  );
  await project.run();
  assert.deepEqual(await project.rows('select * from m'), [[1]]);
  await project.run();
  assert.deepEqual(await project.rows('select * from m'), [[1], [2]]);
});

test('a predicate that cannot be run is told in the model, and its table stays', async () => {
  const config =
    "unique_key='id', incremental_strategy='merge', incremental_predicates=['DBT_INTERNAL_DEST.nothing > 1']";
  const project = await testProject(projectTexts({ 'models/m.sql': model(config, '1 as id') }));
  await project.run();
  const { faults } = await project.run();
  assert.match(faults.join('\n'), /^sql\.unknownColumn models\/m\.sql:1 .*nothing/);
  assert.deepEqual(await project.rows('select * from m'), [[1]]);
});
