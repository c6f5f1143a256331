import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateDocs } from '../../../src/core/service/generateDocs.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const texts = projectTexts({
  'seeds/raw.csv': 'id,name\n1,a\n',
  'models/inlined.sql': "{{ config(materialized='ephemeral') }}select id from {{ ref('raw') }}",
  'models/shown.sql':
    "{{ config(materialized='table', schema='far') }}select id, 'x' as kind from {{ ref('inlined') }}",
  'models/never_built.sql': 'select 1 as id',
});

const nothing = { select: [], exclude: [] };

interface Entry {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

test('the catalog tells what the database holds, and not what was never built', async () => {
  const project = await testProject(texts);
  await project.run('build', [], { exclude: ['never_built'] });
  const { value, diagnostics } = await generateDocs(project.project, nothing);
  assert.deepEqual([value, diagnostics], ['target/catalog.json', []]);
  const catalog = JSON.parse(project.files.text('target/catalog.json')) as {
    readonly metadata: Readonly<Record<string, unknown>>;
    readonly nodes: Readonly<Record<string, Entry>>;
  };
  assert.equal(catalog.metadata['dbt_schema_version'], 'https://schemas.getdbt.com/dbt/catalog/v1.json');
  assert.deepEqual(Object.keys(catalog.nodes).sort(), ['model.shop.shown', 'seed.shop.raw']);
  const shown = catalog.nodes['model.shop.shown'];
  assert.deepEqual([shown?.metadata['type'], shown?.metadata['schema']], ['table', 'main_far']);
  assert.deepEqual(Object.keys(shown?.columns ?? {}), ['id', 'kind']);
  const manifest = JSON.parse(project.files.text('target/manifest.json')) as {
    readonly nodes: Readonly<Record<string, { readonly compiled_code?: string }>>;
  };
  assert.equal(manifest.nodes['model.shop.never_built']?.compiled_code, 'select 1 as id');
});

test('a run writes the compiled code of the ephemeral models that it inlines', async () => {
  const project = await testProject(texts);
  await project.run('run', ['shown']);
  assert.equal(project.files.text('target/compiled/shop/models/inlined.sql'), 'select id from main."raw"');
});

test('a project with a fault has no catalog', async () => {
  const project = await testProject({ ...texts, 'models/bad.sql': "select * from {{ ref('nowhere') }}" });
  const { value, diagnostics } = await generateDocs(project.project, nothing);
  assert.equal(value, undefined);
  assert.match(diagnostics[0]?.message ?? '', /nowhere/);
  assert.ok(!project.files.paths.includes('target/catalog.json'));
});
