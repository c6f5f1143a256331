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
