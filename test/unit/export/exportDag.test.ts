import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { planDag, type DagChoice } from '../../../src/core/service/exportDag.ts';
import { root } from '../root.ts';
import { projectTexts, sampleProjectTexts, testProject } from '../support/testProject.ts';

const buildable = '--indirect-selection buildable';

const texts = projectTexts({
  'models/a.sql': 'select 1 as id',
  'models/between.sql': "{{ config(materialized='ephemeral') }} select * from {{ ref('a') }}",
  'models/deep/b.sql': "select * from {{ ref('between') }} join {{ ref('rows') }} using (id)",
  'models/c.sql': "select * from {{ ref('b') }}, {{ ref('a') }}",
  'seeds/rows.csv': 'id\n1\n',
});

async function planned(
  choice: Partial<DagChoice>,
  select: readonly string[] = [],
): Promise<{ tasks: readonly string[]; text: string }> {
  const { project } = await testProject(texts);
  const whole = { schedule: '@daily', target: undefined, tasks: 'commands', ...choice } as const;
  const { value } = await planDag(project, { select, exclude: [] }, whole);
  const tasks = (value?.tasks ?? []).map(
    ({ id, command, after }) => `${id}: ${command.join(' ')} < ${after.join(' ')}`,
  );
  return { tasks, text: value?.text ?? '' };
}

test('dbt run, then dbt test', async () => {
  const plain = await planned({});
  assert.match(plain.text, /max_active_tasks=1/);
  assert.deepEqual(plain.tasks, ['dbt_run: run < ', 'dbt_test: test < dbt_run']);
  const { tasks, text } = await planned({ target: 'prod', schedule: '0 6 * * *' }, ['a+', 'tag:x']);
  assert.deepEqual(tasks, ['dbt_run: run --select a+ tag:x < ', 'dbt_test: test --select a+ tag:x < dbt_run']);
  assert.match(text, /schedule="0 6 \* \* \*"/);
  assert.match(text, /DEFAULT_TARGET = "prod"/);
  assert.match(text, /catchup=False/);
  assert.doesNotMatch(text, /max_active_tasks/);
});

test('a model that has the name of a folder is built by itself', async () => {
  const { project } = await testProject(
    projectTexts({
      'models/orders.sql': 'select 1 as id',
      'models/orders/lines.sql': "select * from {{ ref('orders') }}",
    }),
  );
  const choice = { schedule: '@daily', target: undefined, tasks: 'nodes' } as const;
  const { value } = await planDag(project, { select: [], exclude: [] }, choice);
  const selectors = value?.tasks.map(({ command }) => command[2]);
  assert.deepEqual(selectors, ['path:models/orders.sql', 'shop.orders.lines']);
});

test('no two tasks have a name or a variable in common', async () => {
  const { project } = await testProject(
    projectTexts({
      'models/team_v1.sql': 'select 1 as id',
      'models/team_v2.sql': "select * from {{ ref('team', v=1) }}",
      'models/team.yml': 'models: [{name: team, latest_version: 2, versions: [{v: 1}, {v: 2}]}]\n',
      'models/a-b.sql': 'select 1 as id',
      'models/a_b.sql': 'select 1 as id',
      'models/a.b.sql': 'select 1 as id',
    }),
  );
  const choice = { schedule: '@daily', target: undefined, tasks: 'nodes' } as const;
  const { value } = await planDag(project, { select: [], exclude: [] }, choice);
  const tasks = value?.tasks ?? [];
  assert.deepEqual(tasks.map(({ id }) => id).sort(), [
    'model.shop.a.b',
    'model.shop.a_b_2',
    'model_a-b',
    'model_team_v1',
    'model_team_v2',
  ]);
  const variables = [...(value?.text ?? '').matchAll(/^ {4}(\w+) = dbt\(/gm)].map(([, name]) => name);
  assert.equal(new Set(variables).size, tasks.length);
  assert.deepEqual(tasks.find(({ id }) => id === 'model_team_v2')?.command.slice(0, 3), [
    'build',
    '--select',
    'shop.team.v2',
  ]);
});

test('a task for each node that is built, ephemeral models between them left out', async () => {
  assert.deepEqual((await planned({ tasks: 'nodes' })).tasks, [
    `model_a: build --select shop.a ${buildable} < `,
    `seed_rows: build --select shop.rows ${buildable} < `,
    `model_b: build --select shop.deep.b ${buildable} < model_a seed_rows`,
    `model_c: build --select shop.c ${buildable} < model_a model_b`,
  ]);
  assert.deepEqual((await planned({ tasks: 'nodes' }, ['a', 'c'])).tasks, [
    `model_a: build --select shop.a ${buildable} < `,
    `model_c: build --select shop.c ${buildable} < model_a`,
  ]);
});

test('what astronomer-cosmos makes of a project: a node and its tests, sources with tests, the places of others', async () => {
  const { project } = await testProject({
    ...texts,
    'models/schema.yml': [
      'models: [{name: b, columns: [{name: id, data_tests: [unique]}]}]',
      'sources:',
      '  - name: raw',
      '    tables: [{name: events, columns: [{name: id, data_tests: [not_null]}]}, {name: unread}]',
      '',
    ].join('\n'),
    'models/d.sql': "select * from {{ source('raw', 'events') }}",
  });
  const choice = { schedule: '@daily', target: undefined, tasks: 'cosmos' } as const;
  const { value } = await planDag(project, { select: [], exclude: [] }, choice);
  assert.deepEqual(
    value?.tasks.map(({ id, command, after }) => `${id}: ${command.join(' ')} < ${after.join(' ')}`),
    [
      'a_run: run --select shop.a < ',
      'rows_seed: seed --select shop.rows < ',
      'raw_events.source:  < ',
      `raw_events.test: test --select source:raw.events ${buildable} < raw_events.source`,
      'between_run:  < a_run',
      'd_run: run --select shop.d < raw_events.test',
      'b.run: run --select shop.deep.b < between_run rows_seed',
      `b.test: test --select shop.deep.b ${buildable} < b.run`,
      'c_run: run --select shop.c < a_run b.test',
    ],
  );
  assert.match(value.text, /target_name=os\.environ\.get\("DBT_TARGET", "dev"\)/);
  assert.match(value.text, /must be absolute/);
  assert.match(value.text, /airflow/i);
});

test('tests of sources come first', async () => {
  const { project } = await testProject(sampleProjectTexts());
  const { value } = await planDag(
    project,
    { select: [], exclude: [] },
    { schedule: '@daily', target: 'postgres', tasks: 'nodes' },
  );
  assert.deepEqual(
    value?.tasks.map(({ id, after }) => [id, after]),
    [
      ['source_tests', []],
      ...['agg_discord_deposits_by_country', 'daily_player_transactions', 'player_top_three_deposits'].map((name) => [
        `model_${name}`,
        ['source_tests'],
      ]),
    ],
  );
  assert.doesNotMatch(value.text, /max_active_tasks/);
});

test('the DAG that the sample has is the one that is exported from it', async () => {
  const { project } = await testProject(sampleProjectTexts());
  const choice = { schedule: '@daily', target: undefined, tasks: 'commands' } as const;
  const { value } = await planDag(project, { select: [], exclude: [] }, choice);
  const shipped = fs.readFileSync(path.join(root, 'templates/gaming_analytics/airflow_dag/dbt_dag.py'), 'utf8');
  assert.equal(shipped, value?.text);
});

test('each form says how it is run on Cloud Composer, in lines that Python code may have', async () => {
  for (const tasks of ['commands', 'nodes', 'cosmos'] as const) {
    for (const target of [undefined, 'prod']) {
      const { text } = await planned({ tasks, target });
      const [, note = ''] = text.split('"""');
      assert.match(note, /Cloud Composer has the environment's bucket at \/home\/airflow\/gcs/);
      assert.match(note, tasks === 'cosmos' ? /set DBT_PROJECT_DIR/ : /set dbt_project_dir/);
      assert.equal(/database in profiles\.yml must/.test(note), target === undefined, 'of a database that is a file');
      assert.deepEqual(
        note.split('\n').filter((line) => line.length > 120),
        [],
      );
    }
  }
});
