import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts } from '../support/testProject.ts';

interface Artifact {
  readonly metadata: { readonly env: unknown };
  readonly args: Readonly<Record<string, unknown>>;
  readonly results: readonly { readonly unique_id: string; readonly thread_id: string }[];
  readonly nodes: Readonly<Record<string, { readonly config: { readonly materialized: string } }>>;
}

const project = (): MemoryProjectFiles =>
  new MemoryProjectFiles({
    ...projectTexts({}),
    'dbt_project.yml': 'name: shop\nversion: "1.0"\nprofile: shop\non-run-end: select 1\n',
    'models/a.sql': "{{ config(materialized='table' if flags.FULL_REFRESH else 'view') }} select 1 as id",
  });

const artifact = (files: MemoryProjectFiles, name: string): Artifact =>
  JSON.parse(files.text(`target/${name}.json`)) as Artifact;

test('the variables DBT_ENV_CUSTOM_ENV_… are in the metadata of artifacts, and no others', async () => {
  const files = project();
  const environment = { DBT_ENV_CUSTOM_ENV_JOB: 'nightly', DBT_ENV_SECRET_KEY: 'hidden', HOME: '/home' };
  await commandOutput({ files, environment }, ['docs', 'generate']);
  await commandOutput({ files, environment }, ['run']);
  for (const name of ['manifest', 'run_results', 'catalog'])
    assert.deepEqual(artifact(files, name).metadata.env, { JOB: 'nightly' }, name);
});

test('run_results.json has the arguments of the command by dbt’s names', async () => {
  const files = project();
  await commandOutput({ files }, ['run', '--select', 'a', 'b', '--exclude', 'c', '--vars', '{x: 1}', '--threads', '4']);
  const { args } = artifact(files, 'run_results');
  const { which, select, exclude, vars, threads, indirect_selection: indirect, empty } = args;
  assert.deepEqual(
    { which, select, exclude, vars, threads, indirect, empty },
    { which: 'run', select: ['a', 'b'], exclude: ['c'], vars: { x: 1 }, threads: 4, indirect: 'eager', empty: false },
  );
  for (const name of ['full_refresh', 'fail_fast', 'store_failures', 'selector']) assert.ok(!(name in args), name);
});

test('flags are known while the project is read', async () => {
  const files = project();
  const materialized = (): unknown => artifact(files, 'manifest').nodes['model.shop.a']?.config.materialized;
  await commandOutput({ files }, ['run']);
  assert.equal(materialized(), 'view');
  await commandOutput({ files }, ['run', '--full-refresh']);
  assert.equal(materialized(), 'table');
});

test('nodes ran on the first worker, hooks on the main thread', async () => {
  const files = project();
  await commandOutput({ files }, ['run']);
  const threads = artifact(files, 'run_results').results.map(({ unique_id: id, thread_id: thread }) => [id, thread]);
  assert.deepEqual(threads, [
    ['model.shop.a', 'Thread-1 (worker)'],
    ['operation.shop.shop-on-run-end-0', 'main'],
  ]);
});
