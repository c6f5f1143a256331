import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

for (const [adapter, name] of [
  ['duckdb', 'main."base"'],
  ['postgres', 'main."base"'],
  ['bigquery', 'main.`base`'],
  ['spark', 'main.`base`'],
] as const) {
  test(`a relation is quoted as ${adapter} quotes, and its rows are read`, async () => {
    const models = {
      'models/base.sql': "{{ config(materialized='table') }}select 1 as id",
      'models/next.sql': "{{ config(materialized='table') }}select id from {{ ref('base') }}",
    };
    const project = await testProject(projectTexts(models, adapter));
    const { results, endings } = await project.run();
    assert.deepEqual(endings, ['base success', 'next success']);
    assert.equal(results?.results[1]?.compiledCode, `select id from ${name}`);
  });
}

test('a schema of its own is kept apart in the one database', async () => {
  const models = {
    'models/a.sql': "{{ config(materialized='table', schema='marts', alias='orders') }}select 1 as id",
    'models/orders.sql': "{{ config(materialized='table') }}select id + 1 as id from {{ ref('a') }}",
  };
  const project = await testProject(projectTexts(models));
  await project.run();
  assert.deepEqual(await project.rows('select id from main_marts__orders'), [[1]]);
  assert.deepEqual(await project.rows('select id from orders'), [[2]]);
});

test("a model may not have the name of the database's own table", async () => {
  const project = await testProject(projectTexts({ 'models/modelyard_relations.sql': 'select 1 as id' }));
  assert.deepEqual(await project.faults(), [
    `compile.reservedRelation models/modelyard_relations.sql:1 "modelyard_relations" is the name of a table of the embedded engine's own: choose another name or alias.`,
  ]);
});

test('a model may not take the place of a source of another schema', async () => {
  const texts = {
    'models/raw__players.sql': 'select 1 as id',
    'models/sources.yml': 'sources:\n  - name: raw\n    tables:\n      - name: players\n',
  };
  const [fault = ''] = await (await testProject(projectTexts(texts))).faults();
  assert.match(fault, /^compile\.duplicateRelation models\/sources\.yml:4 .*raw__players/);
});
