import assert from 'node:assert/strict';
import { test } from 'node:test';
import { projectTexts, testProject } from '../support/testProject.ts';

/** A materialization whose `main` statement is the text, on this.type. */
const materialization = (name: string, body: string): Record<string, string> => ({
  [`macros/${name}.sql`]: `{% materialization ${name}, default %}
{% set target_relation = this.incorporate(type='table') %}
${body}
{% do adapter.commit() %}
{{ return({'relations': [target_relation]}) }}
{% endmaterialization %}`,
});

const replaced = materialization(
  'replaced',
  `{% do drop_relation_if_exists(load_cached_relation(this)) %}
{% call statement('main') %}{{ create_table_as(false, target_relation, sql) }}{% endcall %}`,
);

const config = (materialized: string): string => `{{ config(materialized='${materialized}') }}`;

test('a materialization of the project builds a model, whose columns have types and whose run SQL is its main statement', async () => {
  const project = await testProject(
    projectTexts({
      ...replaced,
      'models/a.sql': `${config('replaced')}\nselect 1 as id, cast('10.50' as decimal(10, 2)) as price`,
      'models/b.sql': "select id, price * 3 as total from {{ ref('a') }}",
    }),
  );
  const { endings, faults, results } = await project.run();
  assert.deepEqual(faults, []);
  assert.deepEqual(endings, ['a success', 'b success']);
  const [a, b] = results?.results ?? [];
  assert.match(a?.executedSql ?? '', /^create table main\."a" as \(\n/);
  assert.equal(a?.rowCount, 1);
  assert.deepEqual(
    a.columns?.map(({ type }) => type.kind),
    ['integer', 'decimal'],
  );
  assert.deepEqual(
    b?.columns?.map(({ type }) => type.kind),
    ['integer', 'decimal'],
  );
  assert.deepEqual((await project.rows('select total from b'))[0]?.map(Number), [31.5]);
});

test('when a materialization fails, its fault names the macro, and everything is as it was', async () => {
  const failing = materialization(
    'failing',
    `{% do drop_relation_if_exists(load_cached_relation(this)) %}
{% call statement('main') %}{{ create_table_as(false, target_relation, sql) }}{% endcall %}
{% if var('fail', false) %}{% do run_query('insert into nowhere values (1)') %}{% endif %}`,
  );
  const files = projectTexts({ ...failing, 'models/a.sql': `${config('failing')}select {{ var('n') }} as n` });
  const first = await testProject(files, { vars: { n: 1 } });
  assert.deepEqual((await first.run()).faults, []);
  const second = await testProject({}, { files: first.files, vars: { n: 2, fail: true } });
  const { endings, faults } = await second.run();
  assert.deepEqual(endings, ['a error']);
  assert.match(faults.join('\n'), /^compile\.statementFailed macros\/failing\.sql:5 .*nowhere/);
  assert.deepEqual(await second.rows('select n from a'), [[1]]);
});

test("what is wrong with the model's own query is said in the model's file", async () => {
  const project = await testProject(
    projectTexts({ ...replaced, 'models/a.sql': `${config('replaced')}\nselect unknown_function(1) as n` }),
  );
  assert.match((await project.run()).faults.join('\n'), /^sql\.unknownFunction models\/a\.sql:2 /);
});

for (const [what, text, fault] of [
  [
    'one that returns nothing',
    "{% materialization odd, default %}{% call statement('main') %}select 1{% endcall %}{% endmaterialization %}",
    /^compile\.materializationResult macros\/odd\.sql:1 .*must end with/,
  ],
  [
    'one that runs nothing',
    "{% materialization odd, default %}{{ return({'relations': [this]}) }}{% endmaterialization %}",
    /^compile\.materializationResult macros\/odd\.sql:1 .*no statement with the name "main"/,
  ],
  [
    'one that returns what is no relation',
    "{% materialization odd, default %}{% call statement('main') %}select 1{% endcall %}{{ return({'relations': ['a']}) }}{% endmaterialization %}",
    /^compile\.materializationResult macros\/odd\.sql:1 .*no relation/,
  ],
  [
    'one that recurses for ever',
    '{% macro again() %}{{ again() }}{% endmacro %}{% materialization odd, default %}{{ again() }}{% endmaterialization %}',
    /^jinja\.tooDeep macros\/odd\.sql:1 /,
  ],
  [
    'one that asks for ever',
    "{% materialization odd, default %}{% for n in range(100000) %}{% do run_query('select ' ~ n) %}{% endfor %}{% endmaterialization %}",
    /^compile\.statementFailed macros\/odd\.sql:1 .*without end/,
  ],
] as const) {
  test(`${what} is refused where it is written`, async () => {
    const project = await testProject(
      projectTexts({ 'macros/odd.sql': text, 'models/a.sql': `${config('odd')}select 1 as id` }),
    );
    const { endings, faults } = await project.run();
    assert.deepEqual(endings, ['a error']);
    assert.match(faults.join('\n'), fault);
  });
}

test('a materialization that is nowhere, and one of the adapter that is not offered, are told from one another', async () => {
  const project = await testProject(
    projectTexts({
      'models/a.sql': `${config('nowhere')}select 1 as id`,
      'models/b.sql': `${config('external')}select 1 as id`,
    }),
  );
  const { endings, faults } = await project.run();
  assert.deepEqual(endings, ['a error', 'b error']);
  assert.ok(faults.some((one) => /^compile\.unknownMaterialization models\/a\.sql:1 /.test(one)));
  assert.ok(faults.some((one) => /^compile\.unsupportedMaterialization models\/b\.sql:1 /.test(one)));
});

test('a materialization for seeds is said not to be used', async () => {
  const project = await testProject(
    projectTexts({ ...materialization('seed', ''), 'seeds/s.csv': 'id\n1\n', 'models/a.sql': 'select 1 as id' }),
  );
  assert.match((await project.faults()).join('\n'), /^compile\.materializationNotUsed macros\/seed\.sql:1 /);
  assert.deepEqual((await project.run()).endings, ['a success', 's success']);
});

const strategy = (sql: string): string => `{% macro get_incremental_own_sql(arg_dict) %}${sql}{% endmacro %}`;
const growing = `{{ config(materialized='incremental', incremental_strategy='own', unique_key='id') }}
select {{ 2 if is_incremental() else 1 }} as id`;

test("a strategy of the project's own takes the new rows in", async () => {
  const project = await testProject(
    projectTexts({
      'macros/own.sql': strategy(
        "insert into {{ arg_dict['target_relation'] }} select {{ arg_dict['unique_key'] }} * 10 from {{ arg_dict['temp_relation'] }}",
      ),
      'models/a.sql': growing,
    }),
  );
  assert.deepEqual((await project.run()).faults, []);
  assert.deepEqual((await project.run()).faults, []);
  assert.deepEqual(await project.rows('select id from a order by 1'), [[1], [20]]);
  assert.deepEqual(await project.rows("select name from sqlite_master where name like '%dbt_tmp'"), []);
});

test('a strategy whose statement fails leaves the table as it was', async () => {
  const project = await testProject(
    projectTexts({
      'macros/own.sql': strategy('delete from main.a; insert into nowhere select 1'),
      'models/a.sql': growing,
    }),
  );
  assert.deepEqual((await project.run()).faults, []);
  assert.match((await project.run()).faults.join('\n'), /^compile\.statementFailed macros\/own\.sql:1 .*nowhere/);
  assert.deepEqual(await project.rows('select id from a'), [[1]]);
  assert.deepEqual(await project.rows("select name from sqlite_master where name like '%dbt_tmp'"), []);
});
