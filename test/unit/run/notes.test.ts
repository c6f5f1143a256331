import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

test('grants are noted once, and given to nobody', async () => {
  const config = "{{ config(grants={'select': ['reporter']}) }}";
  const project = await testProject(
    projectTexts({ 'models/a.sql': `${config}select 1 as id`, 'models/b.sql': `${config}select 2 as id` }, 'postgres'),
  );
  assert.deepEqual(await project.faults(), [
    'compile.grantsIgnored models/a.sql:1 The embedded database has no users: the grants of 2 nodes are not given.',
  ]);
  assert.deepEqual((await project.run()).endings, ['a success', 'b success']);
});

for (const [adapter, materialized] of [
  ['postgres', 'materialized_view'],
  ['snowflake', 'dynamic_table'],
] as const) {
  test(`a ${materialized} of ${adapter} is built as a table, which is noted`, async () => {
    const text = `{{ config(materialized='${materialized}') }}select 1 as id`;
    const project = await testProject(projectTexts({ 'models/a.sql': text }, adapter));
    const { endings, faults } = await project.run();
    assert.deepEqual(endings, ['a success']);
    assert.match(faults.join('\n'), /^compile\.builtAsTable models\/a\.sql:1 [^\n]*$/);
    assert.deepEqual(await project.rows("select type from sqlite_master where name = 'a'"), [['table']]);
  });
}
