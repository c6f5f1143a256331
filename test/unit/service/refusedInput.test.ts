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
  ['a latest version without any version', yaml('models: [{name: good, latest_version: 3}]'), 'project.propertyShape'],
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
  ['a packages.yml that is no YAML', { 'packages.yml': 'packages: [' }, 'project.yamlSyntax'],
  ['a packages.yml without packages', { 'packages.yml': 'package: []' }, 'project.notAList'],
  ['a packages.yml of nothing', { 'packages.yml': 'packages:' }, 'project.notAList'],
  ['a package that is a text', { 'packages.yml': 'packages: [dbt_utils]' }, 'project.propertyShape'],
  ['a package of no kind', { 'packages.yml': 'packages: [{name: dbt_utils}]' }, 'project.propertyShape'],
  ['a dependencies.yml that is no YAML', { 'dependencies.yml': 'packages: [' }, 'project.yamlSyntax'],
  [
    'packages in two files',
    { 'packages.yml': 'packages: [{local: x}]', 'dependencies.yml': 'packages: [{local: x}]' },
    'project.packagesTwice',
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
  ['an empty packages.yml', { 'packages.yml': '' }],
  ['a dependencies.yml with projects alone', { 'dependencies.yml': 'projects: [{name: other}]' }],
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

/** Configs by what they are of, as YAML. */
type Configs = Readonly<Record<'models' | 'tests' | 'sources' | 'exposures' | 'seeds', readonly string[]>>;

// What dbt-core 1.11.14 refuses.
const refusedConfigs: Configs = {
  models: [
    ...['tags: null', 'tags: {a: 1}', 'meta: null', 'docs: null', 'docs: {show: 3}', 'grants: null', 'quoting: 3'],
    ...['persist_docs: null', 'column_types: 3', 'column_types: null', 'contract: 3', 'contract: {enforced: x}'],
    ...['packages: 3', 'pre-hook: 3', 'post-hook: null', 'incremental_strategy: 3', 'on_schema_change: 3'],
    ...['on_configuration_change: odd', 'static_analysis: 3', 'access: null', 'unique_key: [1]', 'schema: 3'],
  ],
  tests: [
    ...['where: 3', 'store_failures: x', 'store_failures_as: 3', 'alias: 3', 'materialized: odd', 'database: 3'],
    ...['group: 3', 'limit: x', 'meta: 3', 'enabled: x'],
  ],
  sources: ['enabled: x', 'loaded_at_field: 3'],
  exposures: ['enabled: x', 'meta: 3', 'tags: 3'],
  seeds: ['materialized: table', 'delimiter: 3', 'quote_columns: x'],
};

// And what it takes.
const takenConfigs: Configs = {
  models: [
    ...['on_schema_change: odd', 'lookback: x', 'freshness: 3', 'batch_size: 3', 'static_analysis: off', 'tags: x'],
    ...['docs: {show: false, node_color: red}', 'contract: {enforced: false}', 'packages: x', 'full_refresh: null'],
    ...['pre-hook: select 1', 'post-hook: [{sql: select 1, transaction: false}]', 'on_configuration_change: fail'],
  ],
  tests: [
    ...['severity: null', 'meta: null', 'fail_calc: null', 'warn_if: null', 'tags: null', 'schema: null'],
    ...['limit: true', 'limit: 1.5', 'limit: "3"', 'limit: null', 'store_failures_as: view', 'severity: WARN'],
  ],
  sources: ['meta: 3', 'tags: 3', 'event_time: 3'],
  exposures: ['tags: [x]'],
  seeds: ['materialized: seed', 'delimiter: ";"', 'quote_columns: null'],
};

/** A project in which each config is that of a node of its own, and the configs whose nodes have a fault for them. */
async function refusedOf(all: Configs): Promise<Configs> {
  const entry = {
    models: (name: string, given: string) => `{name: ${name}, config: {${given}}}`,
    tests: (name: string, given: string) =>
      `{name: ${name}, columns: [{name: id, data_tests: [{unique: {config: {${given}}}}]}]}`,
    sources: (name: string, given: string) => `{name: ${name}, tables: [{name: t, config: {${given}}}]}`,
    exposures: (name: string, given: string) => `{name: ${name}, type: ml, owner: {name: o}, config: {${given}}}`,
    seeds: (name: string, given: string) => `{name: ${name}, config: {${given}}}`,
  } as const;
  const kinds = ['models', 'tests', 'sources', 'exposures', 'seeds'] as const;
  const texts: Record<string, string> = {};
  for (const kind of kinds) {
    for (const [at, given] of all[kind].entries()) {
      const name = `${kind}_${String(at)}`;
      if (kind === 'models' || kind === 'tests') texts[`models/${name}.sql`] = model;
      if (kind === 'seeds') texts[`seeds/${name}.csv`] = 'id\n1\n';
      texts[`models/${name}.yml`] = `${kind === 'tests' ? 'models' : kind}: [${entry[kind](name, given)}]`;
    }
  }
  const { project } = await testProject(projectTexts(texts));
  const { diagnostics } = await project.read();
  const codes = ['compile.configValue', 'compile.access'];
  const found = new Set(
    diagnostics
      .filter(({ code }) => codes.includes(code))
      .map(({ message, file, severity }) => {
        assert.equal(severity, 'error', message);
        return file.replace(/^[^/]*\/(.*)\.[^.]*$/, '$1');
      }),
  );
  const refusedOfKind = (kind: keyof Configs): readonly string[] =>
    all[kind].filter((_, at) => found.has(`${kind}_${String(at)}`));
  return {
    models: refusedOfKind('models'),
    tests: refusedOfKind('tests'),
    sources: refusedOfKind('sources'),
    exposures: refusedOfKind('exposures'),
    seeds: refusedOfKind('seeds'),
  };
}

test('configs of another type are refused where dbt refuses them', async () => {
  assert.deepEqual(await refusedOf(refusedConfigs), refusedConfigs);
});

test('configs are taken as dbt takes them', async () => {
  const none: Configs = { models: [], tests: [], sources: [], exposures: [], seeds: [] };
  assert.deepEqual(await refusedOf(takenConfigs), none);
});

test('the limit of a test is the whole number that Python makes of it (dbt 1.11.14)', async () => {
  const limits = ['1.9', '"3"', 'true', 'null'].map((one, at) => [
    `models/m${String(at)}.yml`,
    `models: [{name: m${String(at)}, columns: [{name: id, data_tests: [{unique: {config: {limit: ${one}}}}]}]}]`,
  ]);
  const models = limits.map((_, at) => [`models/m${String(at)}.sql`, model]);
  const { project } = await testProject(
    projectTexts(Object.fromEntries([...limits, ...models]) as Record<string, string>),
  );
  const { manifest } = await project.read();
  const tests = [...(manifest?.nodes.values() ?? [])].flatMap((node) => (node.resourceType === 'test' ? [node] : []));
  assert.deepEqual(
    tests.map(({ config: { limit }, verdictRule }) => [limit, verdictRule.limit]),
    [
      [1, 1],
      [3, 3],
      [1, 1],
      [undefined, undefined],
    ],
  );
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
