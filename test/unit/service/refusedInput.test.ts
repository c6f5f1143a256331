import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WarningRules } from '../../../src/core/diagnostics/warningRules.ts';
import { compileNodes } from '../../../src/core/service/compileNodes.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const model = 'select 1 as id';
const yaml = (text: string): Readonly<Record<string, string>> => ({ 'models/good.sql': model, 'models/s.yml': text });
const config = (text: string): Readonly<Record<string, string>> => ({
  'models/good.sql': `{{ config(${text}) }} ${model}`,
});
const testConfig = (text: string): Readonly<Record<string, string>> =>
  yaml(`models: [{name: good, columns: [{name: id, data_tests: [{unique: {config: {${text}}}}]}]}]`);
const macro = '{% macro m() %}{% endmacro %}';

// What dbt-core 1.11.14 ends with 2 at, whatever the command.
const refused: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
  ['meta that is no mapping', config('meta=5'), 'compile.configValue'],
  ['an alias that is a number', config('alias=5'), 'compile.configValue'],
  ['full_refresh that is a text', config("full_refresh='x'"), 'compile.configValue'],
  ['enabled that is a text', config("enabled='false'"), 'compile.configValue'],
  ['enabled that is none', config('enabled=none'), 'compile.configValue'],
  ['a materialization that is a number', config('materialized=5'), 'compile.configValue'],
  ['a unique_key that is a number', config('unique_key=5'), 'compile.configValue'],
  ['a severity that there is not', testConfig('severity: boo'), 'compile.configValue'],
  ['a limit that is a text', testConfig('limit: x'), 'compile.configValue'],
  ['error_if that is a number', testConfig('error_if: 5'), 'compile.configValue'],
  ['a description that is a number', yaml('models: [{name: good, description: 5}]'), 'project.propertyShape'],
  ['a config that is no mapping', yaml('models: [{name: good, config: 5}]'), 'project.propertyShape'],
  ['a model described twice', yaml('models: [{name: good}, {name: good}]'), 'compile.describedTwice'],
  [
    'a latest version that there is not',
    yaml('models: [{name: good, latest_version: 3, versions: [{v: 1, defined_in: good}]}]'),
    'project.propertyShape',
  ],
  ['an exposure without an owner', yaml('exposures: [{name: e, type: dashboard}]'), 'project.propertyShape'],
  [
    'an exposure of an unknown type',
    yaml('exposures: [{name: e, type: nothing, owner: {name: x}}]'),
    'project.propertyShape',
  ],
  [
    'an exposure whose depends_on is a text',
    yaml("exposures: [{name: e, type: ml, owner: {name: x}, depends_on: ref('good')}]"),
    'project.propertyShape',
  ],
  ['a group without an owner', yaml('groups: [{name: g}]'), 'project.propertyShape'],
  [
    'two groups of one name',
    yaml('groups: [{name: g, owner: {name: x}}, {name: g, owner: {name: y}}]'),
    'compile.duplicateName',
  ],
  [
    'a freshness of an unknown period',
    yaml('sources: [{name: s, tables: [{name: t, freshness: {warn_after: {count: 1, period: year}}}]}]'),
    'project.propertyShape',
  ],
  [
    'a contract without columns',
    yaml('models: [{name: good, config: {contract: {enforced: true}}}]'),
    'compile.contractColumns',
  ],
  [
    'an incremental model with a contract that ignores new columns',
    {
      ...yaml('models: [{name: good, config: {contract: {enforced: true}}, columns: [{name: id, data_type: int}]}]'),
      ...config("materialized='incremental'"),
    },
    'compile.contractSchemaChange',
  ],
  [
    'a constraint of an unknown type',
    yaml('models: [{name: good, columns: [{name: id, constraints: [{type: nothing}]}]}]'),
    'project.propertyShape',
  ],
  [
    'a primary key of two columns that each declares',
    yaml(
      'models: [{name: good, columns: [{name: id, constraints: [{type: primary_key}]}, {name: n, constraints: [{type: primary_key}]}]}]',
    ),
    'compile.primaryKeyTwice',
  ],
  [
    'a primary key of a column and of the model',
    yaml(
      'models: [{name: good, constraints: [{type: primary_key, columns: [id]}], columns: [{name: id, constraints: [{type: primary_key}]}]}]',
    ),
    'compile.primaryKeyTwice',
  ],
  [
    'two macros of one name',
    { 'models/good.sql': model, 'macros/m.sql': macro, 'macros/n.sql': macro },
    'compile.duplicateMacro',
  ],
];

for (const [name, texts, code] of refused) {
  test(`${name} is refused`, async () => {
    const { diagnostics } = await (await testProject(projectTexts(texts))).project.read();
    assert.deepEqual(
      [...new Set(diagnostics.filter((one) => one.severity === 'error').map((one) => one.code))],
      [code],
    );
  });
}

const taken: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['a schema and an alias of none', config('schema=none, alias=none')],
  ['an entry without a description', yaml('models: [{name: good}]')],
  ['a model that is not there, described twice', yaml('models: [{name: nobody}, {name: nobody}]')],
  ['versions described one by one', yaml('models: [{name: good, versions: [{v: 1, defined_in: good}]}]')],
];

for (const [name, texts] of taken) {
  test(`${name} is taken`, async () => {
    const { diagnostics } = await (await testProject(projectTexts(texts))).project.read();
    assert.deepEqual(
      diagnostics.filter((one) => one.severity === 'error'),
      [],
    );
  });
}

test('dbt_project.yml knows the target, also that of a package', async () => {
  const project = (name: string): string =>
    `name: ${name}\nprofile: shop\nmodels:\n  +materialized: "{{ 'table' if target.name == 'dev' else 'view' }}"\n`;
  const texts = {
    ...projectTexts({ 'models/a.sql': model, 'dbt_packages/other/models/b.sql': model }),
    'dbt_project.yml': project('shop'),
    'dbt_packages/other/dbt_project.yml': project('other'),
  };
  const { manifest, diagnostics } = await (await testProject(texts)).project.read();
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    [...(manifest?.nodes.values() ?? [])].map(({ config: found }) => found['materialized']),
    ['table', 'table'],
  );
});

test('a seed is read by the delimiter that its config names', async () => {
  const project = await testProject({
    ...projectTexts({ 'seeds/a.csv': 'id;name\n1;x,y\n', 'seeds/b.csv': 'id\tname\n2\tz\n' }),
    'dbt_project.yml': 'name: shop\nprofile: shop\nseeds: {shop: {a: {+delimiter: ";"}, b: {+delimiter: "\\t"}}}\n',
  });
  const { endings } = await project.run('seed');
  assert.deepEqual([...endings].sort(), ['a success', 'b success']);
  const rows = await project.rows('select id, name from "a" union all select id, name from "b"');
  assert.deepEqual(rows, [
    [1, 'x,y'],
    [2, 'z'],
  ]);
});

test('vars that are no mapping are refused', async () => {
  const texts = { ...projectTexts({}), 'dbt_project.yml': 'name: shop\nprofile: shop\nvars: [1]\n' };
  assert.deepEqual(await (await testProject(texts)).faults(), [
    'project.varsShape dbt_project.yml:3 The vars of dbt_project.yml are a mapping (name: value).',
  ]);
});

test('a warning of a template is an error, or is not told, where --warn-error-options say so', async () => {
  const texts = projectTexts({ 'models/a.sql': `{{ exceptions.warn('careful') }}${model}` });
  const all = { error: 'all', warn: [], silence: [] } as const;
  const faults = (warnings: WarningRules): Promise<readonly string[]> =>
    testProject(texts, { warnings }).then((one) => one.faults());
  assert.deepEqual(await faults(all), ['compile.raised models/a.sql:1 careful']);
  assert.deepEqual(await faults({ ...all, warn: ['JinjaLogWarning'] }), []);
});

test('a source has the folders of its file in its fqn, and an exposure the configs of its folder', async () => {
  const project = await testProject({
    ...projectTexts({
      'models/web/s.yml':
        'sources: [{name: s, tables: [{name: t}]}]\nexposures: [{name: e, type: ml, owner: {name: x}}]',
    }),
    'dbt_project.yml': 'name: shop\nprofile: shop\nexposures: {shop: {web: {+tags: [shown]}}}\n',
  });
  const { manifest } = await project.project.read();
  const nodes = [...(manifest?.nodes.values() ?? [])].map(({ fqn, tags }) => [fqn.join('.'), tags.join()]);
  assert.deepEqual(nodes.sort(), [
    ['shop.web.e', 'shown'],
    ['shop.web.s.t', ''],
  ]);
});

test('the results of compile have ephemeral models only where they are asked for (dbt 1.11.14)', async () => {
  const texts = { 'models/a.sql': `{{ config(materialized='ephemeral') }}${model}`, 'models/b.sql': model };
  const { project, files } = await testProject(projectTexts(texts));
  const results = (): readonly string[] => {
    const text = files.text('target/run_results.json');
    const { results: found } = JSON.parse(text) as { readonly results: readonly { readonly unique_id: string }[] };
    return found.map((one) => one.unique_id);
  };
  await compileNodes(project, { select: [], exclude: [] });
  assert.deepEqual(results(), ['model.shop.b']);
  await compileNodes(project, { select: ['a'], exclude: [] }, {}, true);
  assert.deepEqual(results(), ['model.shop.a']);
});
