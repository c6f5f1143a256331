import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

const seed = {
  'seeds/days.csv': 'id,day,kind\n1,2024-05-29,a\n2,2024-05-30,b\n3,2024-05-31,\n',
};

const overwriting = (config: string, later: string): string =>
  `{{ config(materialized='incremental', incremental_strategy='insert_overwrite'${config}) }}
select id + {{ 10 if is_incremental() else 0 }} as id, day, kind from {{ ref('days') }}
{% if is_incremental() %}where ${later}{% endif %}`;

/** What the adapters' published macros replace: dbt-bigquery's insert_overwrite.sql, dbt-spark's strategies.sql. */
const cases = [
  ['spark', '', 'id = 2', [12]],
  ['databricks', ", partition_by='kind'", 'id = 2', [1, 3, 12]],
  ['spark', ", partition_by=['kind', 'day']", 'id = 3', [1, 2, 13]],
  ['snowflake', '', 'id = 1', [11]],
  // None of them looks at predicates.
  ['snowflake', ", incremental_predicates=['id > 2']", 'id = 1', [11]],
  ['spark', ", partition_by='kind', incremental_predicates=['id > 2']", 'id = 2', [1, 3, 12]],
  ['bigquery', ", partition_by={'field': 'day', 'data_type': 'date'}", 'id = 2', [1, 3, 12]],
  ['bigquery', ", partition_by={'field': 'day', 'data_type': 'date', 'granularity': 'month'}", 'id = 2', [12]],
  ['bigquery', ", partition_by={'field': 'id', 'data_type': 'int64'}", 'id = 2', [1, 2, 3, 12]],
  [
    'bigquery',
    ", partition_by={'field': 'day', 'data_type': 'date'}, partitions=[\"'2024-05-29'\", \"'2024-05-30'\"]",
    'id = 2',
    [3, 12],
  ],
] as const;

for (const [adapter, config, later, ids] of cases) {
  test(`insert_overwrite on ${adapter}${config}: rows where ${later}`, async () => {
    const project = await testProject(projectTexts({ ...seed, 'models/m.sql': overwriting(config, later) }, adapter));
    await project.run('seed');
    assert.deepEqual((await project.run('run')).endings, ['m success']);
    const { endings, faults } = await project.run('run');
    assert.deepEqual(endings, ['m success'], faults.join('\n'));
    assert.deepEqual((await project.rows('select id from m order by id')).flat(), ids);
  });
}

for (const adapter of ['duckdb', 'postgres', 'redshift', 'sqlite']) {
  test(`insert_overwrite on ${adapter} is refused when there is a table to grow`, async () => {
    const project = await testProject(projectTexts({ ...seed, 'models/m.sql': overwriting('', 'id = 2') }, adapter));
    await project.run('seed');
    assert.deepEqual((await project.run('run')).endings, ['m success']);
    const { endings, faults } = await project.run('run');
    assert.deepEqual(endings, ['m error']);
    assert.match(faults.join('\n'), /'insert_overwrite' is not valid for this adapter/);
    assert.deepEqual((await project.rows('select id from m order by id')).flat(), [1, 2, 3]);
  });
}

test('BigQuery wants to know the partitions before anything is built', async () => {
  const texts = projectTexts({ ...seed, 'models/m.sql': overwriting('', 'id = 2') }, 'bigquery');
  const project = await testProject(texts);
  await project.run('seed');
  const { endings, faults } = await project.run('run');
  assert.deepEqual(endings, ['m error']);
  assert.match(faults.join('\n'), /requires the `partition_by` config/);
  assert.deepEqual(await project.rows("select name from sqlite_master where name = 'm'"), []);
});

test('on Snowflake what leaves columns out is refused, and the rows stay', async () => {
  const config = ", overwrite_columns=['id', 'day']";
  const project = await testProject(
    projectTexts({ ...seed, 'models/m.sql': overwriting(config, 'id = 2') }, 'snowflake'),
  );
  await project.run('seed');
  await project.run('run');
  const { endings, faults } = await project.run('run');
  assert.deepEqual(endings, ['m error']);
  assert.match(faults.join('\n'), /`overwrite_columns` the columns that are not named would become null/);
  assert.deepEqual((await project.rows('select id from m order by id')).flat(), [1, 2, 3]);
});
