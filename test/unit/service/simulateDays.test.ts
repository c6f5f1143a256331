import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancellationSource, neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { Cancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { atMoment } from '../../../src/core/run/simulatedMoment.ts';
import { momentIn, timeColumns } from '../../../src/core/service/simulate/arrivalTime.ts';
import { simulateDays } from '../../../src/core/service/simulate/simulateDays.ts';
import type { SimulatedDay, Simulation } from '../../../src/core/service/simulate/simulation.ts';
import { commandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { projectTexts, sampleProjectTexts, testProject, type TestProject } from '../support/testProject.ts';

/** Changes of orders as a system of record sends them: order 1 is placed on the first day and shipped on the third. */
const orders = [
  'id,status,updated_at',
  '1,placed,2024-03-01 08:00:00',
  '2,placed,2024-03-01 23:59:59',
  '3,placed,2024-03-02 10:00:00',
  '1,shipped,2024-03-03 09:30:00',
  '4,lost,2024-03-03 12:00:00',
].join('\n');

const shop = projectTexts({
  'data/orders.csv': orders,
  'models/sources.yml': [
    'sources:',
    '  - name: app',
    '    tables:',
    '      - name: orders',
    '        loaded_at_field: updated_at',
    '        freshness: {warn_after: {count: 12, period: hour}, error_after: {count: 1, period: day}}',
    '        columns: [{name: updated_at, data_type: timestamp}]',
    'models:',
    '  - name: orders',
    '    columns:',
    '      - name: status',
    '        data_tests: [{accepted_values: {arguments: {values: [placed, shipped]}}}]',
  ].join('\n'),
  'models/latest.sql':
    "{{ config(materialized='table') }}\nselect id, status, updated_at, current_timestamp as built_at, '{{ run_started_at.strftime(\"%Y-%m-%d\") }}' as day\nfrom {{ source('app', 'orders') }}\nqualify row_number() over (partition by id order by updated_at desc) = 1",
  'models/orders.sql':
    "{{ config(materialized='incremental', unique_key='id') }}\nselect id, status, updated_at from {{ ref('latest') }}\n{% if is_incremental() %}where updated_at > (select max(updated_at) from {{ this }}){% endif %}",
  'snapshots/history.sql':
    "{% snapshot history %}{{ config(unique_key='id', strategy='timestamp', updated_at='updated_at') }}\nselect id, status, updated_at from {{ ref('latest') }}{% endsnapshot %}",
});

async function simulated(project: TestProject, days: number, from?: string): Promise<Simulation> {
  const request = { days, from, cancellation: neverCancelled, onEvent: () => undefined };
  const { value, diagnostics } = await simulateDays(project.project, request);
  assert.deepEqual(diagnostics, []);
  assert.ok(value !== undefined);
  return value;
}

test('a day at a time: rows arrive, the incremental model and the snapshot follow, tests and freshness tell', async () => {
  const project = await testProject(shop);
  const { days, isGenerated } = await simulated(project, 4);
  assert.equal(isGenerated, false);
  const models = (day: SimulatedDay): readonly number[] =>
    day.models.flatMap((one) => [one.rows, one.added, one.updated]);
  const versions = (day: SimulatedDay): readonly number[] =>
    day.snapshots.flatMap((one) => [one.rows, one.opened, one.closed]);
  assert.deepEqual(
    days.map((day) => [day.date, day.arrivals.map(({ arrived }) => arrived), models(day), versions(day)]),
    [
      ['2024-03-01', [2], [2, 2, 0], [2, 2, 0]],
      ['2024-03-02', [1], [3, 1, 0], [3, 1, 0]],
      ['2024-03-03', [2], [4, 1, 1], [5, 2, 1]],
      ['2024-03-04', [0], [4, 0, 0], [5, 0, 0]],
    ],
  );
  assert.deepEqual(
    days.map(({ troubles }) => troubles.map(({ status, failures }) => `${status} ${String(failures)}`)),
    [[], [], ['fail 1'], ['fail 1']],
  );
  assert.deepEqual(
    days.map(({ freshness }) => freshness.map(({ status }) => status)),
    [['pass'], ['warn'], ['pass'], ['error']],
  );
  await project.project.close();
});

test('the clock of a day is that of SQL, templates and snapshots, and nothing of the project is changed', async () => {
  const texts = {
    ...shop,
    'tests/clock.sql':
      "select * from {{ ref('latest') }} where cast(built_at as varchar) not like day || ' 23:59:59%' or cast(updated_at as date) > cast(day as date)",
  };
  const project = await testProject(texts);
  const before = [...project.files.paths];
  const { days } = await simulated(project, 2, '2024-03-02');
  assert.deepEqual(
    days.map(({ date, arrivals }) => [date, arrivals[0]?.arrived]),
    [
      ['2024-03-02', 3],
      ['2024-03-03', 2],
    ],
  );
  assert.deepEqual(
    days.flatMap(({ troubles }) => troubles.filter(({ node }) => node === 'clock')),
    [],
  );
  assert.ok(days.every(({ passed }) => passed >= 1));
  assert.deepEqual([...project.files.paths], before);
  await project.project.close();
});

test('the sample project: its own data as it is, and generated when there is none', async () => {
  const given = await testProject(sampleProjectTexts());
  const own = await simulated(given, 2);
  assert.equal(own.isGenerated, false);
  assert.deepEqual(
    own.days[0]?.arrivals.map(({ table, arrived }) => `${table} ${String(arrived)}`),
    ['raw.affiliates 3', 'raw.players 1', 'raw.transactions 1'],
  );
  for (const path of [...given.files.paths]) if (path.endsWith('.csv')) await given.files.remove(path);
  given.project.changed();
  const made = await simulated(given, 2);
  assert.equal(made.isGenerated, true);
  assert.deepEqual(
    made.days.flatMap(({ troubles }) => troubles),
    [],
  );
  await given.project.close();
});

test('days that no date can name are refused, wherever they begin', async () => {
  const project = await testProject(shop);
  const refusals: readonly (readonly [number, string | undefined, string])[] = [
    [5, '9999-12-30', '5 days from 9999-12-30 on'],
    [99_999_999_999, undefined, '99999999999 days from 2024-03-01 on'],
  ];
  for (const [days, from, words] of refusals) {
    const request = { days, from, cancellation: neverCancelled, onEvent: () => undefined };
    const { value, diagnostics } = await simulateDays(project.project, request);
    assert.equal(value, undefined);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['data.daysWithoutEnd'],
    );
    assert.ok(diagnostics[0]?.message.startsWith(words), diagnostics[0]?.message);
  }
  assert.equal((await simulated(project, 2, '9999-12-30')).days.at(-1)?.date, '9999-12-31');
  await project.project.close();
});

test('a project without times cannot be simulated, and a cancelled simulation rejects', async () => {
  const still = await testProject(
    projectTexts({ 'seeds/letters.csv': 'id,letter\n1,a\n', 'models/a.sql': "select * from {{ ref('letters') }}" }),
  );
  const request = { days: 1, from: undefined, cancellation: neverCancelled, onEvent: () => undefined };
  const { value, diagnostics } = await simulateDays(still.project, request);
  assert.equal(value, undefined);
  assert.deepEqual(
    diagnostics.map(({ code }) => code),
    ['data.noTimes'],
  );
  await still.project.close();
  const moving = await testProject(shop);
  const cancellation = new CancellationSource();
  const stopped = simulateDays(moving.project, {
    ...request,
    days: 4,
    cancellation: cancellation.token,
    onEvent: (event) => {
      if (event.kind === 'day') cancellation.cancel();
    },
  });
  await assert.rejects(stopped, Cancelled);
  await moving.project.close();
});

test('simulate prints a day under the other, or JSON', async () => {
  const files = (): MemoryProjectFiles => new MemoryProjectFiles(shop);
  const { code, lines } = await commandOutput({ files: files() }, ['simulate', '--days', '3']);
  assert.equal(code, 1);
  assert.deepEqual(
    lines.slice(-7),
    [
      'Day 3 of 3: 2024-03-03',
      '  arrived     app.orders +2 (5)',
      '  incremental orders: 4 rows, 1 added, 1 updated',
      '  snapshots   history: 5 versions, 2 opened, 1 closed',
      '  freshness   app.orders pass (12.0 hours old)',
      '  tests       0 passed',
      '              FAIL 1 accepted_values_orders_status__placed__shipped',
      'Simulated 3 days from 2024-03-01 to 2024-03-03: 5 rows arrived. Days with a failed test or an error: 1.',
    ].slice(1),
  );
  const talking = files();
  talking.set('models/talk.sql', "{% do print('a word') %}select 1 as id");
  const json = await commandOutput({ files: talking }, ['simulate', '--days', '2', '--format', 'json']);
  assert.equal(json.code, 0);
  assert.equal((JSON.parse(json.lines.join('')) as Simulation).days.length, 2);
  await assert.rejects(
    commandOutput({ files: files() }, ['simulate', '--days', '0']),
    /'--days': 0 is not one or more/,
  );
  for (const from of ['x', '2024-13-01', '2024-02-30', '2023-02-29'])
    await assert.rejects(
      commandOutput({ files: files() }, ['simulate', '--from', from]),
      /is not a date such as/,
      from,
    );
});

test('the column of a row’s arrival: what freshness goes by, then creation, then change', () => {
  const header = ['id', 'born_on', 'birth_date', 'updated_at', 'created_at', 'loaded'];
  assert.deepEqual(timeColumns(header, undefined, undefined), ['created_at', 'updated_at']);
  assert.deepEqual(timeColumns(header, undefined, 'cast(loaded as timestamp)')[0], 'loaded');
  assert.equal(momentIn('2024-03-01'), Date.UTC(2024, 2, 1));
  assert.equal(momentIn('2024-03-01 10:00:00+02:00'), Date.UTC(2024, 2, 1, 8));
  assert.equal(momentIn('soon'), undefined);
});

test('the moment is put for current_timestamp outside of texts and names', () => {
  const sql = `select current_timestamp, 'current_timestamp', "current_timestamp", date(current_timestamp)`;
  assert.equal(
    atMoment(sql, Date.UTC(2024, 0, 2, 3, 4, 5)),
    `select '2024-01-02 03:04:05', 'current_timestamp', "current_timestamp", date('2024-01-02 03:04:05')`,
  );
});
