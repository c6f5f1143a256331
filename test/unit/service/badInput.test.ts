import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

/** What reading a project finds: `code file:line message`. */
async function faultsOf(texts: Readonly<Record<string, string>>): Promise<readonly string[]> {
  return (await testProject(projectTexts(texts))).faults();
}

const goodModel = { 'models/good.sql': 'select 1 as id' };

test('a folder without a project', async () => {
  assert.deepEqual(await (await testProject({})).faults(), [
    'project.missing dbt_project.yml:1 No dbt_project.yml here. Open a folder that has one, or create the sample project.',
  ]);
});

test('a project file that is no YAML', async () => {
  const [fault = ''] = await (await testProject({ 'dbt_project.yml': 'name: shop\nmodels: [a\n' })).faults();
  assert.match(fault, /^project\.yamlSyntax dbt_project\.yml:[23] This YAML cannot be read: /);
});

test('a project without a name', async () => {
  assert.deepEqual(await (await testProject({ 'dbt_project.yml': 'version: "1.0"\n' })).faults(), [
    'project.projectName dbt_project.yml:1 dbt_project.yml needs a name: letters, digits and underscores, not beginning with a digit.',
  ]);
});

test('a target that the profile does not have', async () => {
  const project = await testProject(projectTexts(goodModel), { targetName: 'prod' });
  assert.deepEqual(await project.faults(), [
    'project.targetMissing profiles.yml:2 The profile "shop" has no target "prod". It has: dev.',
  ]);
});

test('a properties file that is no YAML keeps the rest of the project', async () => {
  const project = await testProject(projectTexts({ ...goodModel, 'models/schema.yml': 'models:\n  - name: "good\n' }));
  const [fault = ''] = await project.faults();
  assert.match(fault, /^project\.yamlSyntax models\/schema\.yml:\d/);
  assert.ok((await project.project.read()).manifest?.nodes.size === 1);
});

test('an unknown ref, with what was probably meant', async () => {
  const text = '-- first line\nselect * from {{ ref("god") }}';
  assert.deepEqual(await faultsOf({ ...goodModel, 'models/bad.sql': text }), [
    'compile.unknownRef models/bad.sql:2 There is no model or seed named "god". Did you mean "good"?',
  ]);
});

test('an unknown source', async () => {
  assert.deepEqual(await faultsOf({ 'models/bad.sql': "select * from {{ source('raw', 'orders') }}" }), [
    'compile.unknownSource models/bad.sql:1 There is no source table "raw.orders": declare it under sources: in a YAML file.',
  ]);
});

test('models that read each other in a circle', async () => {
  const texts = {
    'models/a.sql': "\nselect * from {{ ref('b') }}",
    'models/b.sql': "select * from {{ ref('c') }}",
    'models/c.sql': "select * from {{ ref('a') }}",
  };
  const [fault = '', ...others] = await faultsOf(texts);
  assert.match(fault, /^compile\.cycle models\/[abc]\.sql:[12] These models read each other in a circle: /);
  assert.match(fault, /Remove one of the refs\.$/);
  assert.deepEqual(others, []);
});

test('two models of one name', async () => {
  assert.deepEqual(await faultsOf({ 'models/a.sql': 'select 1', 'models/x/a.sql': 'select 2' }), [
    'compile.duplicateName models/x/a.sql:1 Two models are named "a", so ref("a") would be unclear: rename one (the other is models/a.sql).',
  ]);
});

test('a Jinja fault below other lines', async () => {
  const [fault = ''] = await faultsOf({ 'models/bad.sql': '{% set days = [1, 2] %}\nselect 1\n{% if %}\n{% endif %}' });
  assert.match(fault, /^jinja\.\w+ models\/bad\.sql:3 /);
});

test('a variable without a value', async () => {
  assert.deepEqual(await faultsOf({ 'models/bad.sql': "select\n  {{ var('days') }} as days" }), [
    'compile.requiredVar models/bad.sql:2 The var "days" has no value: set it under vars: in dbt_project.yml, with --vars, or give var() a default.',
  ]);
});

test('a macro that calls itself for ever', async () => {
  const texts = {
    'macros/loop.sql': '{% macro forever(n) %}{{ forever(n + 1) }}{% endmacro %}',
    'models/bad.sql': 'select {{ forever(1) }}',
  };
  const [fault = ''] = await faultsOf(texts);
  assert.match(fault, /^jinja\.tooDeep macros\/loop\.sql:1 Stopped because macros call one another more than \d+ deep/);
});

test('a generic test that there is not', async () => {
  const yaml = 'models:\n  - name: good\n    columns:\n      - name: id\n        data_tests:\n          - uniqe\n';
  assert.deepEqual(await faultsOf({ ...goodModel, 'models/schema.yml': yaml }), [
    'compile.unknownTest models/schema.yml:6 There is no generic test named "uniqe". Did you mean "unique"?',
  ]);
});

test('a singular test that ends in a semicolon', async () => {
  assert.deepEqual(await faultsOf({ 'tests/t.sql': 'select 1\nwhere 1 = 0;\n' }), [
    'compile.singularTestSemicolon tests/t.sql:2 A test is one query without a semicolon at its end: remove the semicolon.',
  ]);
});

test('what is missing fails the node that needs it when it is run, and what it reads is known (dbt 1.11.14)', async () => {
  const project = await testProject(
    projectTexts({
      ...goodModel,
      'macros/need.sql': '{% macro need() %}{{ var("limit") }}{% endmacro %}',
      'models/called.sql': "select {{ nosuch(1).more }} as id from {{ ref('good') }}",
      'models/valued.sql': "select {{ need() }} as id from {{ ref('good') }}",
      'models/after.sql': "select * from {{ ref('called') }}",
      'models/guarded.sql': '{% if execute %}select 1 as id{% else %}{{ later.on() }}{% endif %}',
      'models/schema.yml':
        'models:\n  - name: guarded\n    columns:\n      - name: id\n        data_tests: [uniqe, unique]\n',
      'tests/t.sql': 'select 1 as id where 1 = 0;',
      'snapshots/s.sql': "{% snapshot s %}{{ config(unique_key='id', strategy='own') }}select 1 as id{% endsnapshot %}",
    }),
  );
  const { manifest, diagnostics } = await project.project.read();
  assert.deepEqual(diagnostics.map(({ code, severity, file }) => `${severity} ${code} ${file}`).sort(), [
    'warning compile.requiredVar macros/need.sql',
    'warning compile.singularTestSemicolon tests/t.sql',
    'warning compile.snapshotStrategy snapshots/s.sql',
    'warning compile.unknownTest models/schema.yml',
    'warning jinja.undefinedName models/called.sql',
    'warning jinja.undefinedName models/guarded.sql',
  ]);
  const reads = [...(manifest?.nodes.values() ?? [])].filter(({ name }) => name === 'called' || name === 'valued');
  assert.deepEqual(
    reads.map((one) => one.dependsOn),
    [['model.shop.good'], ['model.shop.good']],
  );
  const { endings } = await project.run();
  assert.deepEqual(
    [...endings].sort(),
    [
      'after skipped',
      'called error',
      'good success',
      'guarded success',
      's error',
      't error',
      'unique_guarded_id pass',
      'uniqe_guarded_id error',
      'valued error',
    ].sort(),
  );
});

test('a macro of the project may not use what is missing while the project is read', async () => {
  const texts = { 'macros/m.sql': '{% macro m() %}{{ nosuch() }}{% endmacro %}', 'models/bad.sql': 'select {{ m() }}' };
  const { diagnostics } = await (await testProject(projectTexts(texts))).project.read();
  assert.deepEqual(
    diagnostics.map(({ code, severity }) => `${severity} ${code}`),
    ['error jinja.undefinedName'],
  );
});

test('properties of a model that there is not', async () => {
  const yaml = 'models:\n  - name: god\n';
  assert.deepEqual(await faultsOf({ ...goodModel, 'models/schema.yml': yaml }), [
    'compile.propertiesOfNothing models/schema.yml:2 "god" is described under models, but there is no such file in the project.',
  ]);
});

const loopedModel = [
  '{% set days = [',
  '  1,',
  '  2,',
  '] %}',
  'select',
  '{% for day in days %}',
  '  {{ day }} as day_{{ day }},',
  '{% endfor %}',
  '  no_such_column',
  "from {{ ref('good') }}",
].join('\n');

test('an SQL fault stands on its own line of the model, whatever Jinja made of the lines before', async () => {
  const { endings, faults } = await (
    await testProject(projectTexts({ ...goodModel, 'models/bad.sql': loopedModel }))
  ).run();
  assert.deepEqual(endings, ['good success', 'bad error']);
  const [fault = ''] = faults.filter((one) => one.includes('bad.sql'));
  assert.match(fault, /^sql\.unknownColumn models\/bad\.sql:9 .*no_such_column/);
});

test('a fault that only SQLite sees is put on the right line too', async () => {
  const text = "select\n  id,\n  no_such_column\nfrom {{ ref('good') }}";
  const project = await testProject(projectTexts({ ...goodModel, 'models/bad.sql': text }, 'sqlite'));
  const { faults } = await project.run();
  assert.deepEqual(
    faults.filter((one) => one.includes('bad.sql')),
    ['run.databaseError models/bad.sql:3 no such column: no_such_column'],
  );
});

test("a fault in an ephemeral model is shown in the ephemeral model's own file", async () => {
  const texts = {
    ...goodModel,
    'models/part.sql': "{{ config(materialized='ephemeral') }}\nselect\n  missing\nfrom {{ ref('good') }}",
    'models/whole.sql': "select * from {{ ref('part') }}",
  };
  const { endings, faults } = await (await testProject(projectTexts(texts))).run();
  assert.deepEqual(endings, ['good success', 'whole error']);
  assert.match(faults.find((one) => one.includes('missing')) ?? '', /^sql\.unknownColumn models\/part\.sql:3 /);
});

test('what reads a failed model is skipped, and the old table stays', async () => {
  const texts = {
    ...goodModel,
    'models/next.sql': "{{ config(materialized='table') }}select * from {{ ref('good') }}",
  };
  const project = await testProject(projectTexts(texts));
  await project.run();
  project.files.set('models/good.sql', 'select 1 as id from');
  const { endings } = await project.run();
  assert.deepEqual(endings, ['good error', 'next skipped']);
  assert.deepEqual(await project.rows('select * from next'), [[1]]);
  assert.deepEqual(await project.rows('select * from good'), [[1]]);
});

test('a materialization that is not offered fails alone', async () => {
  const texts = { ...goodModel, 'models/inc.sql': "{{ config(materialized='materialized_view') }}select 1 as id" };
  const { endings, faults } = await (await testProject(projectTexts(texts))).run();
  assert.deepEqual([...endings].sort(), ['good success', 'inc error']);
  assert.match(faults.join('\n'), /compile\.unsupportedMaterialization models\/inc\.sql:1 /);
});

const sources = [
  'sources:',
  '  - name: raw',
  '    tables:',
  '      - name: orders',
  '        config: {meta: {external_location: "data/{name}.csv"}}',
  '        columns:',
  '          - {name: id, data_type: integer}',
  '          - {name: amount, data_type: "decimal(18, 2)"}',
].join('\n');
const orders = {
  'models/sources.yml': sources,
  'models/total.sql':
    "{{ config(materialized='table') }}select sum(amount) as total from {{ source('raw', 'orders') }}",
};

test('a source whose file is missing', async () => {
  const { endings, faults } = await (await testProject(projectTexts(orders))).run();
  assert.deepEqual(endings, ['total error']);
  assert.match(
    faults.join('\n'),
    /run\.sourceWithoutData models\/sources\.yml:4 Source raw\.orders has no data: there is no file data\/orders\.csv\./,
  );
});

test('a source without a file, whose table nothing has made', async () => {
  const undeclared = { ...orders, 'models/sources.yml': sources.replace(/\n.*external_location.*/, '') };
  const { endings, faults } = await (await testProject(projectTexts(undeclared))).run();
  assert.deepEqual(endings, ['total error']);
  assert.match(faults.join('\n'), /run\.sourceWithoutData models\/sources\.yml:4 Source raw\.orders has no data/);
});

test('a ragged CSV is refused with its line, and the table that was there stays', async () => {
  const project = await testProject(projectTexts({ ...orders, 'data/orders.csv': 'id,amount\n1,2.50\n2,0.10\n' }));
  await project.run();
  project.files.set('data/orders.csv', 'id,amount\n1,2.50\n2,0.10,9\n');
  const { endings, faults } = await project.run();
  assert.deepEqual(endings, ['total error']);
  assert.match(faults.join('\n'), /run\.csvFault data\/orders\.csv:3 /);
  assert.deepEqual(await project.rows('select * from total'), [[2.6]]);
  assert.deepEqual(await project.rows('select count(*) from "raw__orders"'), [[2]]);
});

test('a database file that is none is made anew, with a warning', async () => {
  const project = await testProject(
    projectTexts({ ...goodModel, 'target/warehouse.db': 'this is no database, is it?' }),
  );
  const { endings, faults } = await project.run();
  assert.deepEqual(endings, ['good success']);
  assert.match(faults.join('\n'), /^run\.warehouseUnreadable target\/warehouse\.db:1 /);
});

test('an adapter that is not known is refused by name', async () => {
  const { endings, faults } = await (await testProject(projectTexts(goodModel, 'oracle'))).run();
  assert.deepEqual(endings, ['good error']);
  assert.match(faults.join('\n'), /run\.unknownAdapter profiles\.yml:1 .*"oracle"/);
});

const leftOut = {
  ...goodModel,
  'models/on_python.sql': "select * from\n  {{ ref('python_model') }}",
  'models/python_model.py': 'def model(dbt, session): ...',
  'packages.yml': 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
};

test('what the engine does not run is named, and only what needs it fails', async () => {
  const project = await testProject(projectTexts(leftOut));
  assert.deepEqual(
    [...(await project.faults())].sort(),
    [
      'project.notRun models/python_model.py:1 The embedded engine does not run Python models yet (python_model): what needs them fails, the rest of the project runs.',
      'project.notRun packages.yml:1 These packages are not installed: dbt-labs/dbt_utils. What uses them fails, the rest of the project runs. Where there is a network, dbt deps puts them into the project.',
      'compile.refNotRun models/on_python.sql:2 "python_model" is a Python model, which the embedded engine does not run yet: this model cannot be built.',
    ].sort(),
  );
  const { endings } = await project.run();
  assert.deepEqual([...endings].sort(), ['good success', 'on_python error']);
});

test('a snapshot that lacks its config is refused where it is written', async () => {
  const block = (config: string): string =>
    `\n{% snapshot s %}{{ config(${config}) }}select * from {{ ref('good') }}{% endsnapshot %}`;
  for (const [config, words] of [
    ["unique_key='id'", /with a 'strategy' and 'unique_key'/],
    ["unique_key='id', strategy='check'", /must specify a check_cols/],
    ["unique_key='id', strategy='check', check_cols='some'", /Invalid value for 'check_cols': some/],
    ["unique_key='id', strategy='timestamp'", /must specify an updated_at/],
  ] as const) {
    const [found] = await faultsOf({ ...goodModel, 'snapshots/s.sql': block(config) });
    assert.match(found ?? '', /^compile\.snapshotConfig snapshots\/s\.sql:2 /);
    assert.match(found ?? '', words);
  }
});

test('a snapshot whose columns do not fit is refused, and its table stays', async () => {
  const block = (key: string): string =>
    `{% snapshot s %}{{ config(unique_key='${key}', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}`;
  const project = await testProject(projectTexts({ 'snapshots/s.sql': block('id') }));
  await project.run();
  project.files.set(
    'snapshots/s.sql',
    "{% snapshot s %}{{ config(unique_key='id + 1', strategy='check', check_cols='all') }}select 1 as id{% endsnapshot %}",
  );
  const { faults } = await project.run();
  assert.match(faults.join('\n'), /^run\.snapshotColumns snapshots\/s\.sql:1 /);
  assert.deepEqual(await project.rows('select id from s'), [[1]]);
});

test('what is left of a file that was cut off in writing', async () => {
  assert.deepEqual(await faultsOf({ ...goodModel, 'models/bad.sql': "select *\nfrom {{ ref('go" }), [
    'jinja.unclosedString models/bad.sql:2 This string is not closed: add the same quote at its end.',
  ]);
  assert.deepEqual(
    await faultsOf({ ...goodModel, 'models/s.yml': 'models:\n  - name: good\n    columns:\n      - na' }),
    ['project.nameMissing models/s.yml:4 Each item of "columns" needs a name.'],
  );
  const seed = { 'seeds/s.csv': 'id,name\n1,"a\n2,b\n' };
  const { faults } = await (await testProject(projectTexts(seed))).run();
  assert.deepEqual(faults, ['run.csvFault seeds/s.csv:2 a quote is opened and not closed up to the end of the file']);
});

test('tests that are no list are not lost without a word', async () => {
  const yaml = 'models:\n  - name: good\n    data_tests: {unique: {column_name: id}}\n';
  assert.deepEqual(await faultsOf({ ...goodModel, 'models/schema.yml': yaml }), [
    'project.notAList models/schema.yml:3 "data_tests" must be a list: begin each item with "- ".',
  ]);
});

test("one of dbt's own tests without its arguments", async () => {
  const yaml =
    'models:\n  - name: good\n    columns:\n      - name: id\n        data_tests: [accepted_values, relationships]\n';
  assert.deepEqual(await faultsOf({ ...goodModel, 'models/schema.yml': yaml }), [
    'compile.testArguments models/schema.yml:5 The test accepted_values needs "values": write it under its arguments.',
    'compile.testArguments models/schema.yml:5 The test relationships needs "to" and "field": write it under its arguments.',
  ]);
});

test('a variable without a value in a properties file', async () => {
  const yaml = 'models:\n  - name: good\n    config:\n      materialized: "{{ var(\'kind\') }}"\n';
  const [fault = ''] = await faultsOf({ ...goodModel, 'models/schema.yml': yaml });
  assert.match(fault, /^compile\.requiredVar models\/schema\.yml:4 The var "kind" has no value/);
});

test('a ref that is only reached when the model is run', async () => {
  const text = "{% if execute %}\nselect * from {{ ref('good') }}\n{% else %}select 1{% endif %}";
  const { endings, faults } = await (await testProject(projectTexts({ ...goodModel, 'models/bad.sql': text }))).run();
  assert.deepEqual([...endings].sort(), ['bad error', 'good success']);
  assert.deepEqual(faults, [
    "compile.undeclaredRef models/bad.sql:2 ref('good') is only reached when this is run, so that nobody knows before what it reads. Add this line to the file: -- depends_on: {{ ref('good') }}",
  ]);
  const hinted = `-- depends_on: {{ ref('good') }}\n${text}`;
  const mended = await (await testProject(projectTexts({ ...goodModel, 'models/bad.sql': hinted }))).run();
  assert.deepEqual(mended.endings, ['good success', 'bad success']);
});

test('a model that is run before what it reads was built', async () => {
  const project = await testProject(
    projectTexts({ ...goodModel, 'models/next.sql': "select *\nfrom {{ ref('good') }}" }),
  );
  const { faults } = await project.run('run', ['next']);
  assert.deepEqual(faults, [
    'run.notBuilt models/next.sql:2 The model "good" has no table yet: build it first, or run this with all that it reads.',
  ]);
});

test('a fault in the query of a generic test is said once, where the test is written', async () => {
  const yaml = 'models:\n  - name: good\n    columns:\n      - name: nope\n        data_tests: [unique]\n';
  const { endings, faults } = await (
    await testProject(projectTexts({ ...goodModel, 'models/schema.yml': yaml }))
  ).run();
  assert.deepEqual(endings, ['good success', 'unique_good_nope error']);
  assert.deepEqual(faults, ['sql.unknownColumn models/schema.yml:5 There is no column "nope"']);
});

test('what uses a package fails alone', async () => {
  const texts = {
    ...goodModel,
    'packages.yml': 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n',
    'models/bad.sql': "select\n  {{ dbt_utils.star(ref('good')) }} from {{ ref('good') }}",
    'models/schema.yml':
      'models:\n  - name: good\n    data_tests:\n      - dbt_utils.unique_combination_of_columns:\n          arguments: {combination_of_columns: [id]}\n      - unique: {arguments: {column_name: id}}\n',
  };
  const project = await testProject(projectTexts(texts));
  const says =
    'This uses the package "dbt_utils", which is not installed: it cannot be run. Where there is a network, dbt deps puts it into the project.';
  const faults = (await project.faults()).filter((one) => !one.startsWith('project.notRun'));
  assert.deepEqual([...faults].sort(), [
    `compile.packageNotRun models/bad.sql:2 ${says}`,
    `compile.packageNotRun models/schema.yml:4 ${says}`,
  ]);
  const { endings } = await project.run();
  assert.deepEqual([...endings].sort(), ['bad error', 'good success', 'unique_good_id pass']);
});
