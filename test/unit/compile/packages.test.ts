import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compileNode } from '../../../src/core/compile/compileNode.ts';
import { isSqlNode } from '../../../src/core/compile/manifest.ts';
import { projectTexts, testProject, type TestProject } from '../support/testProject.ts';

/** A package with a model, a seed, macros and a generic test; where a test does not say otherwise, of this shape. */
const tool = {
  'dbt_packages/tool/dbt_project.yml':
    "name: tool\nversion: '1.0'\nvars: {floor: 1, other: 9}\nmodels: {tool: {+materialized: view, +tags: [t]}}\n",
  'dbt_packages/tool/models/tool_model.sql':
    "{{ config(tags=['own']) }}select {{ var('floor') }} as f, {{ var('other') }} as o, '{{ project_name }}' as p, {{ helper() }} as h",
  'dbt_packages/tool/models/tool.yml':
    'models:\n  - name: tool_model\n    columns:\n      - name: f\n        data_tests: [not_null, positive]\n',
  'dbt_packages/tool/seeds/tool_seed.csv': 'id\n1\n',
  'dbt_packages/tool/macros/helper.sql': `{% macro helper() %}{{ return(adapter.dispatch('helper', 'tool')()) }}{% endmacro %}
{% macro default__helper() %}'of the tool'{% endmacro %}
{% macro duckdb__pick() %}'duckdb'{% endmacro %}
{% macro default__pick() %}'default'{% endmacro %}
{% macro pick() %}{{ return(adapter.dispatch('pick', macro_namespace='tool')()) }}{% endmacro %}
{% test positive(model, column_name) %}select * from {{ model }} where {{ column_name }} <= 0{% endtest %}`,
};

async function compiled(project: TestProject, name: string): Promise<string | undefined> {
  const { manifest } = await project.project.read();
  const node = [...(manifest?.nodes.values() ?? [])].find((one) => one.name === name);
  if (manifest === undefined || node === undefined || !isSqlNode(node)) throw new Error(`there is no node ${name}`);
  const { value, diagnostics } = compileNode(manifest, node, project.project.environment());
  return value?.code.trim() ?? diagnostics.map((one) => one.message).join('\n');
}

test('models, seeds and tests of a package are built with those of the project', async () => {
  const project = await testProject(
    projectTexts({
      ...tool,
      'models/a.sql': "select * from {{ ref('tool', 'tool_model') }} cross join {{ ref('tool_seed') }}",
      'models/a.yml': 'models:\n  - name: a\n    columns:\n      - name: f\n        data_tests: [tool.positive]\n',
    }),
  );
  const { endings, faults } = await project.run();
  assert.deepEqual(faults, []);
  assert.deepEqual(endings, [
    'tool_model success',
    'tool_seed success',
    'not_null_tool_model_f pass',
    'positive_tool_model_f pass',
    'a success',
    'tool_positive_a_f pass',
  ]);
});

test('the vars and configs of the project go over those of the package', async () => {
  const project = await testProject({
    ...projectTexts(tool),
    'dbt_project.yml':
      'name: shop\nversion: "1.0"\nprofile: shop\nvars: {tool: {floor: 3}}\nmodels: {tool: {+schema: tools, +materialized: table}}\n',
  });
  assert.equal(await compiled(project, 'tool_model'), "select 3 as f, 9 as o, 'shop' as p, 'of the tool' as h");
  const { manifest } = await project.project.read();
  const node = [...(manifest?.nodes.values() ?? [])].find((one) => one.name === 'tool_model');
  assert.equal(node?.uniqueId, 'model.tool.tool_model');
  assert.deepEqual(node.tags, ['t', 'own']);
  assert.equal(node.resourceType === 'model' && node.materialized, 'table');
  assert.equal(node.resourceType === 'model' && node.relation.schema, 'main_tools');
});

test("a package's macros dispatch to the project first, and to the adapter's own before the default", async () => {
  const project = await testProject(
    projectTexts({
      ...tool,
      'models/a.sql': 'select {{ tool.helper() }}, {{ tool.pick() }}',
      'macros/own.sql': "{% macro default__helper() %}'of the shop'{% endmacro %}",
    }),
  );
  assert.equal(await compiled(project, 'a'), "select 'of the shop', 'duckdb'");
  // The package asks adapter.dispatch itself, and gets what the project put in the place of its own.
  assert.match((await compiled(project, 'tool_model')) ?? '', /'of the shop' as h/);
});

test('dispatch in dbt_project.yml says where to look', async () => {
  const project = await testProject({
    ...projectTexts({
      ...tool,
      'dbt_packages/more/dbt_project.yml': 'name: more\nversion: "1.0"\n',
      'dbt_packages/more/macros/own.sql': "{% macro default__pick() %}'more'{% endmacro %}",
      'models/a.sql': 'select {{ tool.pick() }}',
    }),
    'dbt_project.yml':
      'name: shop\nversion: "1.0"\nprofile: shop\ndispatch:\n  - macro_namespace: tool\n    search_order: [shop, more, tool]\n',
  });
  assert.equal(await compiled(project, 'a'), "select 'more'");
});

test('a macro of a package is not there without its name before it', async () => {
  const project = await testProject(projectTexts({ ...tool, 'models/a.sql': 'select {{ helper() }}' }));
  assert.match((await compiled(project, 'a')) ?? '', /'helper' is undefined/);
});

test('a local package that was not installed is read where it stands', async () => {
  const local = Object.fromEntries(
    Object.entries(tool).map(([path, text]) => [path.replace('dbt_packages/', 'packages/'), text]),
  );
  const project = await testProject(
    projectTexts({
      ...local,
      'packages.yml': 'packages:\n  - local: ./packages/tool\n',
      'models/a.sql': 'select {{ tool.pick() }}',
    }),
  );
  assert.equal(await compiled(project, 'a'), "select 'duckdb'");
  assert.deepEqual(await project.faults(), []);
});

test('what uses a package that is not there fails alone', async () => {
  const project = await testProject(
    projectTexts({
      'packages.yml': 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
      'models/a.sql': 'select {{ dbt_utils.star() }}',
      'models/b.sql': 'select 1 as b',
    }),
  );
  const { endings, faults } = await project.run();
  assert.deepEqual(endings, ['a error', 'b success']);
  assert.ok(faults.some((one) => /^project.notRun packages.yml.*dbt-labs\/dbt_utils/.test(one)));
});

test('the macros that name schemas and tables are the project’s, or a package’s for its own nodes', async () => {
  const project = await testProject(
    projectTexts({
      ...tool,
      'dbt_packages/tool/macros/names.sql':
        '{% macro generate_alias_name(custom_alias_name=none, node=none) %}tool_{{ node.name }}{% endmacro %}',
      'macros/names.sql':
        "{% macro generate_schema_name(custom_schema_name, node) %}{{ custom_schema_name or 'base' }}_{{ node.resource_type }}{% endmacro %}",
      'models/a.sql': "{{ config(schema='x', alias='b') }}select 1 as n",
    }),
  );
  const { manifest } = await project.project.read();
  const relations = [...(manifest?.nodes.values() ?? [])].flatMap((one) =>
    'relation' in one ? [`${one.name} ${one.relation.schema}.${one.relation.identifier}`] : [],
  );
  assert.deepEqual(relations, [
    'a x_model.b',
    'tool_model base_model.tool_tool_model',
    'tool_seed base_seed.tool_tool_seed',
  ]);
});

test('a fault in a macro that names schemas is told once, at the macro', async () => {
  const project = await testProject(
    projectTexts({
      'macros/names.sql':
        "{% macro generate_schema_name(custom_schema_name, node) %}\n{{ exceptions.raise_compiler_error('no') }}{% endmacro %}",
      'models/a.sql': 'select 1 as n',
      'models/b.sql': 'select 1 as n',
    }),
  );
  assert.deepEqual(
    (await project.faults()).map((one) => one.split(' ').slice(0, 2).join(' ')),
    ['compile.raised macros/names.sql:2'],
  );
});

test('macros whose names begin with an underscore, relations as mappings, and keys by MD5, as packages write them', async () => {
  const project = await testProject(
    projectTexts({
      'dbt_packages/tool/dbt_project.yml': 'name: tool\nversion: "1.0"\n',
      'dbt_packages/tool/macros/key.sql': `{% macro _kind(value) %}{{ return('relation' if value is mapping and value.get('metadata', {}).get('type', '').endswith('Relation') else 'text') }}{% endmacro %}
{% macro key(columns) %}{{ dbt.hash(dbt.concat(columns)) }}{% endmacro %}
{% macro kinds() %}{{ tool._kind(ref('s')) }} {{ tool._kind('s') }}{% endmacro %}`,
      'seeds/s.csv': 'id,name\n1,Ada\n',
      'models/a.sql': `select {{ tool.key(['id', "'-'", 'name']) }} as key, '{{ tool.kinds() }}' as kinds, '{{ ref('s').include(schema=false) | replace('"', '') }}' as bare, '{{ ref('s').replace_path(identifier='t').identifier }}' as other from {{ ref('s') }}`,
    }),
  );
  assert.deepEqual((await project.run()).faults, []);
  // md5 of "1-Ada"
  assert.deepEqual(await project.rows('select * from a'), [
    ['2b4da6c48a9af7670dd9b517c981a668', 'relation text', 's', 't'],
  ]);
});
