import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runOperation } from '../../../src/core/service/runOperation.ts';
import { projectTexts, testProject, type TestProject } from '../support/testProject.ts';

const configured = (config: string): Record<string, string> => ({
  'dbt_project.yml': `name: shop\nversion: "1.0"\nprofile: shop\n${config}`,
});

async function said(project: TestProject): Promise<readonly string[]> {
  return (await project.rows('select what from audit order by rowid')).map(([what]) => String(what));
}

test('hooks run around what is built, in its transaction, with this, model and ref', async () => {
  const project = await testProject({
    ...projectTexts({
      'seeds/s.csv': 'id\n1\n2\n',
      'models/a.sql': `{{ config(materialized='table', post_hook=["insert into audit select 'post ' || count(*) from {{ this }}", "{{ after(this) }}"]) }}select * from {{ ref('s') }}`,
      'models/b.sql': `{{ config(pre_hook="insert into audit select 'ref' || id from {{ ref('a') }}") }}select 2 as x`,
      'macros/after.sql': "{% macro after(t) %}insert into audit values ('after {{ t.identifier }}'){% endmacro %}",
    }),
    ...configured(`on-run-start: "create table if not exists audit (what text)"
models: {shop: {+pre-hook: "insert into audit values ('pre {{ this.name }} {{ model.unique_id }}')"}}
seeds:
  +post-hook:
    - sql: "insert into audit select 'seed ' || count(*) from {{ this }}"
      transaction: false
`),
  });
  const { endings, faults } = await project.run();
  assert.deepEqual(faults, []);
  assert.deepEqual(endings, ['shop-on-run-start-0 success', 's success', 'a success', 'b success']);
  assert.deepEqual(await said(project), [
    'seed 2',
    'pre a model.shop.a',
    'post 2',
    'after a',
    'pre b model.shop.b',
    'ref1',
    'ref2',
  ]);
});

test('when a hook fails the model fails, and the last good table and what its hooks did before are as they were', async () => {
  const files = projectTexts({
    'models/a.sql': "{{ config(materialized='table', post_hook=var('hook')) }}select {{ var('n') }} as n",
  });
  const start = `on-run-start: "create table if not exists audit (what text)"\n`;
  const first = await testProject(
    { ...files, ...configured(start) },
    { vars: { n: 1, hook: "insert into audit values ('first')" } },
  );
  assert.deepEqual((await first.run()).faults, []);
  const second = await testProject(
    {},
    {
      files: first.files,
      vars: { n: 2, hook: ["insert into audit values ('second')", 'insert into nowhere values (1)'] },
    },
  );
  const { endings, faults } = await second.run();
  assert.deepEqual(endings, ['shop-on-run-start-0 success', 'a error']);
  assert.match(
    faults.join('\n'),
    /compile\.hookFailed models\/a\.sql:1 The post-hook failed: no such table: main\.nowhere/,
  );
  assert.deepEqual(await second.rows('select n from a'), [[1]]);
  assert.deepEqual(await said(second), ['first']);
});

test('hooks at the end know the results; what comes after one that fails is skipped, and the nodes run all the same', async () => {
  const project = await testProject({
    ...projectTexts({ 'models/a.sql': 'select 1 as n', 'models/b.sql': 'select nope from nowhere' }),
    ...configured(`on-run-start:
  - "create table audit (what text)"
  - "insert into nowhere values (1)"
  - "insert into audit values ('never')"
on-run-end:
  - "{% for r in results %}insert into audit values ('{{ r.node.name }} {{ r.status }}');{% endfor %}"
  - "insert into audit values ('{{ schemas | join }} {{ results | length }} {{ flags.WHICH }}')"
`),
  });
  const { endings } = await project.run('run');
  assert.deepEqual(endings, [
    'shop-on-run-start-0 success',
    'shop-on-run-start-1 error',
    'shop-on-run-start-2 skipped',
    'a success',
    'b error',
    'shop-on-run-end-0 success',
    'shop-on-run-end-1 success',
  ]);
  assert.deepEqual(await said(project), ['a success', 'b error', 'main 2 run']);
});

test('an operation calls a macro with the database, and what it does is kept', async () => {
  const project = await testProject(
    projectTexts({
      'seeds/s.csv': 'id\n1\n2\n',
      'macros/note.sql': `{% macro note(who, n=1) %}
{% set found = run_query('select count(*) as c from ' ~ ref('s')) %}
{% do run_query("create table noted as select '" ~ who ~ "' as who, " ~ (n + found.columns[0][0]) ~ ' as n') %}
{% endmacro %}`,
    }),
  );
  await project.run('seed');
  const { manifest } = await project.project.read();
  assert.ok(manifest);
  const request = { macro: 'note', args: { who: 'Ada', n: 5 } };
  assert.deepEqual(await runOperation(project.project, manifest, request), { kind: 'ran', ok: true, diagnostics: [] });
  assert.deepEqual(await project.rows('select * from noted'), [['Ada', 7]]);
  assert.match((await project.files.readText('target/run_results.json')) ?? '', /"unique_id":\s*"macro\.shop\.note"/);
  const failed = await runOperation(project.project, manifest, request);
  assert.equal(failed.kind === 'ran' && failed.ok, false);
  assert.deepEqual(await runOperation(project.project, manifest, { ...request, macro: 'nope' }), { kind: 'unknown' });
});
