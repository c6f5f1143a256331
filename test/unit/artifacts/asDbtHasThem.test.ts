import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileNodes } from '../../../src/core/service/compileNodes.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const everything = { select: [], exclude: [] } as const;

/** The entries of the manifest.json that compiling a project writes, as far as these tests read them. */
async function manifestOf(texts: Readonly<Record<string, string>>): Promise<{
  readonly nodes: Readonly<Record<string, { readonly tags: unknown; readonly unrendered_config: object } | undefined>>;
  readonly parent_map: Readonly<Record<string, unknown>>;
  readonly child_map: Readonly<Record<string, unknown>>;
}> {
  const { project, files } = await testProject(projectTexts(texts));
  await compileNodes(project, everything);
  return JSON.parse((await files.readText('target/manifest.json')) ?? '{}') as Awaited<ReturnType<typeof manifestOf>>;
}

test('the hooks of a run stand in the maps, with nothing before or behind them', async () => {
  const { parent_map, child_map } = await manifestOf({
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\non-run-start: select 1\n',
  });
  assert.deepEqual(parent_map, { 'operation.shop.shop-on-run-start-0': [] });
  assert.deepEqual(child_map, { 'operation.shop.shop-on-run-start-0': [] });
});

test('tags of the code come before those of the properties, and a test has those of its column', async () => {
  const { nodes } = await manifestOf({
    'models/a.sql': "{{ config(tags='of_code') }} select 1 as id",
    'models/a.yml': `
models:
  - name: a
    config: {tags: of_yaml}
    columns: [{name: id, config: {tags: [key]}, data_tests: [{unique: {config: {tags: [early]}}}]}]
`,
  });
  assert.deepEqual(nodes['model.shop.a']?.tags, ['of_code', 'of_yaml']);
  const test = Object.entries(nodes).find(([id]) => id.startsWith('test.'))?.[1];
  assert.deepEqual(test?.tags, ['early', 'key']);
});

test('a single tag or hook is kept as it is written', async () => {
  const { nodes } = await manifestOf({
    'models/a.sql': "{{ config(tags='one', pre_hook='select 1', post_hook=['select 2']) }} select 1 as id",
  });
  const written = { tags: 'one', 'pre-hook': 'select 1', 'post-hook': ['select 2'] };
  assert.deepEqual(nodes['model.shop.a']?.unrendered_config, written);
});

test('what a hook or a missing source keeps from running has its code all the same', async () => {
  const shop = await testProject(
    projectTexts({
      'models/a.sql': "{{ config(post_hook='insert into nowhere values (1)') }}select 1 as id",
      'models/b.sql': "select * from {{ source('raw', 't') }}",
      'models/s.yml': 'sources: [{name: raw, tables: [{name: t}]}]',
    }),
  );
  const { results } = await shop.run();
  const codes = results?.results.map(({ status, compiledCode }) => [status, compiledCode !== undefined]);
  assert.deepEqual(codes, [
    ['error', true],
    ['error', true],
  ]);
});

test('a config that nobody has set is selected by its default', async () => {
  const { project } = await testProject(projectTexts({ 'models/a.sql': 'select 1 as id' }));
  const { manifest } = await project.read();
  assert.ok(manifest);
  const { value } = project.select(manifest, { select: ['config.materialized:view'], exclude: [] });
  assert.deepEqual([...value], ['model.shop.a']);
});
