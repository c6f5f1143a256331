import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { uniqueId } from '../../../src/core/project/uniqueId.ts';
import type { ReadProject } from '../../../src/core/service/projectReader.ts';
import { damage } from '../support/damage.ts';
import type { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts, testProject } from '../support/testProject.ts';
import { whatWasRead } from '../support/whatWasRead.ts';

const texts = projectTexts({
  'dbt_project.yml': [
    'name: shop',
    'version: "1.0"',
    'profile: shop',
    'vars: {size: 1}',
    'models: {shop: {folder: {+materialized: table}}}',
    '',
  ].join('\n'),
  'models/a.sql': "select {{ cents('1') }} as id, {{ var('size') }} as size",
  'models/folder/b.sql': "select id from {{ ref('a') }}",
  'models/folder/c.sql': "{{ config(alias=env_var('ALIAS', 'c')) }} select * from {{ ref('b') }}, {{ ref('rows') }}",
  'models/clock.sql': "select '{{ run_started_at }}' as at, '{{ invocation_id }}' as run",
  'models/schema.yml': [
    'models:',
    '  - name: a',
    `    description: "{{ doc('about') }}"`,
    '    columns:',
    '      - {name: id, data_tests: [unique, not_null]}',
    '  - name: b',
    '    data_tests:',
    '      - is_large: {arguments: {than: "{{ var(\'size\') }}"}}',
    'sources:',
    '  - {name: raw, tables: [{name: events, columns: [{name: id, data_tests: [not_null]}]}]}',
    '',
  ].join('\n'),
  'models/docs.md': '{% docs about %}All of it.{% enddocs %}',
  'macros/cents.sql': '{% macro cents(x) %}{{ x }} * 100{% endmacro %}',
  'macros/tests.sql': '{% test is_large(model, than) %}select * from {{ model }} where id < {{ than }}{% endtest %}',
  'seeds/rows.csv': 'n\n1\n',
  'tests/none.sql': "select * from {{ ref('b') }} where id is null",
});

/** A change of the files, and what is said to have changed when it is not just these. */
interface Change {
  readonly name: string;
  readonly files: Readonly<Record<string, string | undefined>>;
  readonly said?: readonly string[];
}

const yaml = texts['models/schema.yml'] ?? '';
const projectYaml = texts['dbt_project.yml'] ?? '';

const inBatches = (how: string): string =>
  `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='id', ${how}) }} select * from {{ ref('timed') }}`;

const changes: readonly Change[] = [
  { name: 'a model', files: { 'models/a.sql': 'select 3 as id' } },
  { name: 'a model with event times', files: { 'models/timed.sql': "{{ config(event_time='id') }} select 1 as id" } },
  { name: 'a model in batches', files: { 'models/batches.sql': inBatches("batch_size='day', begin='2024-01-01'") } },
  { name: 'batches without a size', files: { 'models/batches.sql': inBatches("begin='2024-01-01'") } },
  { name: 'a config of the wrong type', files: { 'models/batches.sql': "{{ config(meta='x') }} select 1 as id" } },
  { name: 'the model without it', files: { 'models/batches.sql': 'select 1 as id' } },
  { name: 'what a model reads', files: { 'models/folder/b.sql': "select 1 as id from {{ ref('rows') }}" } },
  { name: 'a model that comes', files: { 'models/d.sql': "select * from {{ ref('b') }}" } },
  { name: 'a model that goes', files: { 'models/a.sql': undefined } },
  { name: 'a model that comes back', files: { 'models/a.sql': "select {{ cents('2') }} as id" } },
  { name: 'a broken template', files: { 'models/folder/b.sql': "select {{ ref('a' from x" } },
  { name: 'a template without its fault', files: { 'models/folder/b.sql': "select id from {{ ref('a') }}" } },
  { name: 'broken YAML', files: { 'models/schema.yml': 'models: [' } },
  { name: 'other tests', files: { 'models/schema.yml': yaml.replace('[unique, not_null]', '[unique]') } },
  { name: 'YAML as it was', files: { 'models/schema.yml': yaml } },
  {
    name: 'a macro',
    files: { 'macros/cents.sql': "{% macro cents(x) %}{{ config(tags=['m']) }}{{ x }}{% endmacro %}" },
  },
  { name: 'the macro of a test', files: { 'macros/tests.sql': '{% test is_small(model) %}select 1{% endtest %}' } },
  { name: 'that macro back', files: { 'macros/tests.sql': texts['macros/tests.sql'] } },
  { name: 'the text of a docs block', files: { 'models/docs.md': '{% docs about %}Less.{% enddocs %}' } },
  { name: 'a docs block that goes', files: { 'models/docs.md': 'nothing' } },
  { name: 'a var', files: { 'dbt_project.yml': projectYaml.replace('size: 1', 'size: 2') } },
  { name: 'a config', files: { 'dbt_project.yml': projectYaml.replace('table', 'ephemeral') } },
  { name: 'a broken project file', files: { 'dbt_project.yml': 'name: [' } },
  { name: 'the project file as it was', files: { 'dbt_project.yml': projectYaml } },
  {
    name: 'the target',
    files: { 'profiles.yml': (texts['profiles.yml'] ?? '').replace('schema: main', 'schema: other') },
  },
  { name: 'a model that is disabled', files: { 'models/a.sql': '{{ config(enabled=false) }} select 1 as id' } },
  { name: 'a private model', files: { 'models/a.sql': "{{ config(access='private', group='g') }} select 1 as id" } },
  {
    name: 'a folder that goes',
    files: { 'models/folder/b.sql': undefined, 'models/folder/c.sql': undefined },
    said: ['models/folder'],
  },
];

async function readAnew(files: MemoryProjectFiles, environment: Readonly<Record<string, string>>): Promise<object> {
  const { project } = await testProject({}, { files, environment });
  return whatWasRead(await project.read());
}

test('what is read again after changes is what a first reading gives', async (t) => {
  const { project, files } = await testProject(texts);
  await project.read();
  for (const { name, files: changed, said } of changes) {
    await t.test(name, async () => {
      for (const [path, text] of Object.entries(changed)) {
        if (text === undefined) await files.remove(path);
        else files.set(path, text);
      }
      project.changed(said ?? Object.keys(changed));
      assert.deepEqual(whatWasRead(await project.read()), await readAnew(files, {}));
    });
  }
});

test('what depends on the environment is read anew', async () => {
  const environment: Record<string, string> = {};
  const { project, files } = await testProject(texts, { environment });
  await project.read();
  environment['ALIAS'] = 'other';
  project.changed([]);
  const read = await project.read();
  assert.deepEqual(whatWasRead(read), await readAnew(files, environment));
  const node = read.manifest?.nodes.get(uniqueId('model', 'shop', 'c'));
  assert.equal(node?.resourceType === 'model' ? node.relation.identifier : undefined, 'other');
});

test('only what has changed, or depends on the environment, is drafted again', async () => {
  const { project, files } = await testProject(texts);
  const before = (await project.read()).manifest?.nodes;
  files.set('models/folder/b.sql', "select id + 1 as id from {{ ref('a') }}");
  project.changed(['models/folder/b.sql']);
  const after = (await project.read()).manifest?.nodes;
  const anew = [...(after ?? [])].filter(([id, node]) => before?.get(id) !== node).map(([id]) => id);
  assert.deepEqual(anew.sort(), [
    'model.shop.b',
    'model.shop.c',
    'model.shop.clock',
    'test.shop.is_large_b__var_size_.6e1550195f',
  ]);
});

test('what one YAML file says is told from what another says, after readings that needed neither', async () => {
  const yml = (name: string, test: string): string =>
    `models: [{name: ${name}, columns: [{name: id, data_tests: [${test}]}]}]`;
  const { project, files } = await testProject(
    projectTexts({
      'models/a.sql': 'select 1 as id',
      'models/a.yml': yml('a', 'unique'),
      'models/b.sql': 'select 2 as id',
      'models/b.yml': yml('b', 'unique'),
    }),
  );
  await project.read();
  const read = async (path: string, text: string): Promise<ReadProject['manifest']> => {
    files.set(path, text);
    project.changed([path]);
    return (await project.read()).manifest;
  };
  const before = await read('models/a.sql', 'select 3 as id');
  const after = await read('models/b.yml', yml('b', 'not_null'));
  const template = (manifest: ReadProject['manifest'], name: string): object | undefined => {
    const node = manifest?.nodes.get(uniqueId('model', 'shop', name));
    return node?.resourceType === 'model' ? node.template : undefined;
  };
  assert.equal(template(after, 'a'), template(before, 'a'));
  assert.notEqual(template(after, 'b'), template(before, 'b'));
});

test('a file of which nothing is said is not read again', async () => {
  const { project, files } = await testProject(texts);
  await project.read();
  files.set('models/a.sql', 'select 4 as id');
  project.changed(['models/folder/b.sql']);
  const code = async (): Promise<string | undefined> => {
    const node = (await project.read()).manifest?.nodes.get(uniqueId('model', 'shop', 'a'));
    return node?.resourceType === 'model' ? node.rawCode : undefined;
  };
  assert.equal(await code(), texts['models/a.sql']);
  project.changed();
  assert.equal(await code(), 'select 4 as id');
});

test('whatever becomes of the files one after another, reading again is as a first reading', async () => {
  const files = Object.keys(texts).filter((path) => /\.(sql|yml|md)$/.test(path));
  const damages = fc.array(fc.tuple(fc.constantFrom(...files), fc.option(damage)), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(damages, async (changed) => {
      const { project, files: here } = await testProject(texts);
      await project.read();
      for (const [path, change] of changed) {
        // Without a damage the file is as it was.
        here.set(path, change === null ? (texts[path] ?? '') : change(here.text(path)));
        project.changed([path]);
        assert.deepEqual(whatWasRead(await project.read()), await readAnew(here, {}));
      }
    }),
    { numRuns: Number(process.env['MODELYARD_DAMAGES'] ?? 40), seed: 20241126 },
  );
});
