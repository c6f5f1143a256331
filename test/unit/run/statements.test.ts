import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { previewRows } from '../../../src/core/service/previewRows.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const people = { 'seeds/people.csv': 'id,name,paid\n1,Ada,1.50\n2,Bob,2.25\n' };

test('run_query asks the database while a model is compiled, in order and with its types', async () => {
  const project = await testProject(
    projectTexts({
      ...people,
      'models/a.sql': `-- depends_on: {{ ref('people') }}
{% if execute %}
{% set found = run_query('select id, name, paid from ' ~ ref('people') ~ ' order by id') %}
{% set more = run_query('select count(*) as n from ' ~ ref('people') ~ ' where id > ' ~ found.rows[0]['id']) %}
select {{ found.columns[0].values() | join('+') }} as ids, '{{ found.columns['name'].values() | join(' ') }}' as names,
  {{ found.rows[1][2] }} as paid, {{ more.columns[0][0] }} as later, '{{ found.column_names | join(' ') }}' as columns,
  {{ found | length }} as length, '{% for row in found.rows %}{{ row.name }}{{ row.values() | length }}{% endfor %}' as each
{% endif %}`,
    }),
  );
  const { endings, faults } = await project.run();
  assert.deepEqual(faults, []);
  assert.deepEqual(endings, ['people success', 'a success']);
  assert.deepEqual(await project.rows('select * from a'), [[3, 'Ada Bob', 2.25, 1, 'id name paid', 2, 'Ada3Bob3']]);
});

test('statement and load_result, and the columns of a relation', async () => {
  const project = await testProject(
    projectTexts({
      ...people,
      'models/a.sql': `{% call statement('names', fetch_result=True) %}select name from {{ ref('people') }} order by name{% endcall %}
{% set names = load_result('names')['data'] if execute else [] %}
{% set columns = adapter.get_columns_in_relation(ref('people')) %}
select '{{ names | map(attribute=0) | join(',') }}' as names, '{{ columns | map(attribute='name') | join(',') }}' as columns`,
    }),
  );
  assert.deepEqual((await project.run()).faults, []);
  assert.deepEqual(await project.rows('select * from a'), [['Ada,Bob', 'id,name,paid']]);
});

test('a statement that fails is told at its call, with the macro that made it', async () => {
  const project = await testProject(
    projectTexts({
      'macros/ask.sql': "{% macro ask() %}\n  {% do run_query('select nope from nothing') %}\n{% endmacro %}",
      'models/a.sql': 'select 1 as n\n{{ ask() }}',
    }),
  );
  const { endings, faults } = await project.run();
  assert.deepEqual(endings, ['a error']);
  assert.match(faults[0] ?? '', /^compile\.statementFailed .*nothing/s);
});

test('statements of all kinds are run, those without a meaning here are left out, others are refused', async () => {
  const statements = `create table audit (n integer, t text);
    insert into audit (n, t) select id, name from main.people;
    insert into audit values (7, 'x');
    grant select on audit to everyone;
    create index i on audit (n);
    delete from audit where n = 1;
    create or replace view seen as select n, t from audit`;
  const project = await testProject(
    projectTexts({
      ...people,
      'models/a.sql': `-- depends_on: {{ ref('people') }}
{% do run_query(var('statements')) %}select * from main.seen`,
      'models/b.sql':
        "{{ config(enabled=var('refused', false)) }}{% do run_query('merge into audit using seen on true when matched then delete') %}select 1 as n",
    }),
    { vars: { statements } },
  );
  assert.deepEqual((await project.run()).faults, []);
  assert.deepEqual(await project.rows('select * from a order by n'), [
    [2, 'Bob'],
    [7, 'x'],
  ]);
  const refused = await testProject({}, { files: project.files, vars: { statements, refused: true } });
  assert.match((await refused.run('run', ['b'])).faults.join('\n'), /MERGE is not run by the embedded engine/);
});

test('a preview of what asks the database builds what it reads first', async () => {
  const project = await testProject(
    projectTexts({
      ...people,
      'models/a.sql':
        "-- depends_on: {{ ref('people') }}\n{% set n = run_query('select count(*) from ' ~ ref('people')).columns[0][0] if execute else 0 %}select {{ n }} as n",
    }),
  );
  const { manifest } = await project.project.read();
  const id = [...(manifest?.nodes.values() ?? [])].find(({ name }) => name === 'a')?.uniqueId;
  assert.ok(id);
  const { value, diagnostics } = await previewRows(project.project, {
    subject: { kind: 'node', id },
    limit: 10,
    cancellation: neverCancelled,
    onEvent: () => undefined,
  });
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(value?.rows, [[2]]);
});

test('UPDATE … FROM sets from the row that is found, and leaves the rows without one', async () => {
  const project = await testProject(
    projectTexts({
      ...people,
      'models/a.sql': `{{ config(materialized='table', post_hook="update {{ this }} as t set paid = p.paid * 2, name = p.name || '!' from {{ ref('people') }} as p where p.id = t.id and p.id is distinct from 1") }}
select id, name, 0.0 as paid from {{ ref('people') }}`,
    }),
  );
  assert.deepEqual((await project.run()).faults, []);
  assert.deepEqual(await project.rows('select * from a order by id'), [
    [1, 'Ada', 0],
    [2, 'Bob!', 4.5],
  ]);
});

test('UPDATE … FROM is refused when rows with different values are found for one row', async () => {
  const hook = (value: string): string =>
    `{{ config(materialized='table', post_hook="update {{ this }} set v = ${value} from {{ ref('people') }} as p where p.id >= a.id") }}
select 1 as id, 'x' as v`;
  const project = await testProject(projectTexts({ ...people, 'models/a.sql': hook('p.name') }));
  const { endings, faults } = await project.run();
  assert.deepEqual(endings, ['people success', 'a error']);
  assert.match(faults.join('\n'), /several rows with different values for one row of a/);
  const plain = await testProject(projectTexts({ ...people, 'models/a.sql': hook("'same'") }));
  assert.deepEqual((await plain.run()).faults, []);
  assert.deepEqual(await plain.rows('select * from a'), [[1, 'same']]);
});
