import assert from 'node:assert/strict';
import { test } from 'node:test';
import { batchName } from '../../../src/core/compile/batch.ts';
import { eventMomentOf } from '../../../src/core/compile/eventMomentOf.ts';
import type { ModelNode } from '../../../src/core/compile/manifest.ts';
import { batchesOf } from '../../../src/core/run/batches.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const seed = {
  'seeds/events.csv': 'id,day\n1,2024-05-29\n2,2024-05-30\n3,2024-05-31\n',
  'seeds/p.yml': 'seeds:\n  - {name: events, config: {event_time: day}}\n',
};

const model = (config: string, query: string): string =>
  `{{ config(materialized='incremental', incremental_strategy='microbatch', ${config}) }}\n${query}`;

const whole = "event_time='day', batch_size='day', begin='2024-05-29'";

/** Spans of batches as dbt's own builder gives them for the same configs and moments (MicrobatchBuilder, 1.11.14). */
const spans = [
  ['hour', '2024-09-17T16:06:00', 0, ['2024-09-17T16']],
  ['hour', '2024-09-17T16:00:00', 1, ['2024-09-17T14', '2024-09-17T15']],
  ['day', '2024-03-01T00:00:00', 1, ['2024-02-28', '2024-02-29']],
  ['day', '2024-03-01T00:00:01', 2, ['2024-02-28', '2024-02-29', '2024-03-01']],
  ['month', '2024-01-31T10:00:00', 2, ['2023-11', '2023-12', '2024-01']],
  ['year', '2024-01-01T00:00:00', 0, ['2023']],
  // To Python false is 0 and true is 1.
  ['day', '2024-03-01T00:00:00', false, ['2024-02-29']],
  ['day', '2024-03-01T00:00:00', true, ['2024-02-28', '2024-02-29']],
] as const;

for (const [size, now, lookback, names] of spans) {
  test(`batches of a ${size} up to ${now}, looked back by ${String(lookback)}`, () => {
    const node = { config: { batch_size: size, lookback } } as unknown as ModelNode;
    const batches = batchesOf(node, { eventTime: undefined, now: eventMomentOf(now) ?? 0 }, true);
    assert.deepEqual(
      batches.map(({ start }) => batchName(start, size)),
      names,
    );
  });
}

test('the first batches go from the beginning to now, the later ones look back', async () => {
  const project = await testProject(
    projectTexts({ ...seed, 'models/m.sql': model(whole, "select id, day from {{ ref('events') }}") }),
  );
  await project.run('seed');
  const told: string[] = [];
  const onEvent = {
    onEvent: ({ kind, ...event }: { kind: string }) => {
      if (kind === 'batchStarted' && 'total' in event) told.push(`of ${String(event.total)}`);
    },
  };
  await project.run('run', [], onEvent);
  assert.deepEqual(await project.rows('select id from m'), [[1], [2], [3]]);
  assert.deepEqual(told, ['of 3', 'of 3', 'of 3']);
  await project.run('run', [], onEvent);
  assert.deepEqual(told.slice(3), ['of 2', 'of 2']);
  assert.deepEqual(await project.rows('select id from m order by id'), [[1], [2], [3]]);
});

const wrong = [
  ["batch_size='day', begin='2024-01-01'", "must provide an 'event_time' (string) config"],
  ["event_time='day', batch_size='day'", "must provide a 'begin' (datetime) config"],
  ["event_time='day', batch_size='day', begin='nix'", 'datetime (ISO format), but got: nix.'],
  ["event_time='day', batch_size='week', begin='2024-01-01'", "['hour', 'day', 'month', 'year'], but got: week."],
  ["event_time='day', begin='2024-01-01'", "['hour', 'day', 'month', 'year'], but got: None."],
  [`${whole}, lookback='1'`, "'lookback' config as type int, but got: <class 'str'>)."],
  [`${whole}, concurrent_batches=1`, "of type `bool` if specified, but got: <class 'int'>)."],
] as const;

for (const [config, message] of wrong) {
  test(`a microbatch model with ${config} is a fault`, async () => {
    const project = await testProject(projectTexts({ ...seed, 'models/m.sql': model(config, 'select 1 as id') }));
    const faults = (await project.faults()).filter((one) => one.startsWith('compile.microbatchConfig models/m.sql:1 '));
    assert.equal(faults.length, 1);
    assert.ok(faults[0]?.includes(message), faults[0]);
  });
}

test('a model that reads nothing with an event time is warned of', async () => {
  const project = await testProject(projectTexts({ 'models/m.sql': model(whole, 'select 1 as id') }));
  assert.match((await project.faults()).join('\n'), /^compile\.microbatchUnfiltered models\/m\.sql:1 /);
});

const keyed = [
  ['duckdb', `${whole}, unique_key='id'`, /does not support 'unique_key'/],
  ['postgres', whole, /requires a `unique_key` config/],
  ['sqlite', whole, /'microbatch' is not valid for this adapter/],
] as const;

for (const [adapter, config, message] of keyed) {
  test(`${adapter} refuses ${config} when there is a table to grow, as its adapter does`, async () => {
    const text = model(config, "select id, day from {{ ref('events') }}");
    const project = await testProject(projectTexts({ ...seed, 'models/m.sql': text }, adapter));
    await project.run('seed');
    const { endings, faults } = await project.run('run');
    assert.deepEqual(endings, ['m partial success']);
    assert.match(faults.join('\n'), message);
    assert.deepEqual(await project.rows('select count(*) from m'), [[1]]);
  });
}

test('a strategy of the project’s own is not run in batches unless a flag says so', async () => {
  const macro = `{% macro get_incremental_microbatch_sql(arg_dict) %}
insert into {{ arg_dict.target_relation }} (id, batch) select id, '{{ model.batch.id if model.batch else 'none' }}' from {{ arg_dict.temp_relation }}
{% endmacro %}`;
  const text = model(whole, "select id, 'first' as batch from {{ ref('events') }}");
  const texts = projectTexts({ ...seed, 'macros/m.sql': macro, 'models/m.sql': text });
  const plain = await testProject(texts);
  await plain.run('seed');
  await plain.run('run');
  await plain.run('run');
  const rows = 'select batch, count(*) from m group by 1 order by 1';
  assert.deepEqual(await plain.rows(rows), [
    ['first', 3],
    ['none', 3],
  ]);
  const flag = 'flags:\n  require_batched_execution_for_custom_microbatch_strategy: true\n';
  const batched = await testProject({ ...texts, 'dbt_project.yml': `${texts['dbt_project.yml'] ?? ''}${flag}` });
  await batched.run('seed');
  await batched.run('run');
  assert.deepEqual(await batched.rows(rows), [
    ['20240530', 1],
    ['20240531', 1],
    ['first', 1],
  ]);
});
