import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { openEngine } from '../engine/testEngine.ts';
import type { SqlEngine } from '../../../src/core/run/sqlEngine.ts';
import { testProject } from '../support/testProject.ts';
import { whatWasRead } from '../support/whatWasRead.ts';

const projectFile = (...lines: readonly string[]): string =>
  ['name: shop', 'version: "1.0"', 'profile: shop', ...lines, ''].join('\n');

const profile = (...settings: readonly string[]): string =>
  `shop: {target: dev, outputs: {dev: {threads: 1, ${settings.join(', ')}}}}\n`;

const inBatches = (...configs: readonly string[]): string =>
  `{{ config(materialized='incremental', incremental_strategy='microbatch', ${configs.join(', ')}) }} select * from {{ ref('timed') }}`;

const model = (name: string, ...lines: readonly string[]): string =>
  ['models:', `  - name: ${name}`, ...lines.map((line) => `    ${line}`), ''].join('\n');

const exposure = (...lines: readonly string[]): string => `exposures: [{name: board, ${lines.join(', ')}}]`;

const snapshot = (...configs: readonly string[]): string =>
  `{% snapshot snap %}{{ config(${configs.join(', ')}) }}select * from {{ ref('plain') }}{% endsnapshot %}`;

/**
 * The texts that each file may have; without one it is not there. The first ones make a project without faults, and what
 * stands behind another differs from it in as little as concerns the other files.
 */
const versions: Readonly<Record<string, readonly (string | undefined)[]>> = {
  'dbt_project.yml': [
    projectFile('models: {shop: {folder: {+tags: [f]}}, util: {deep: {+tags: [d]}}}'),
    projectFile('models: {shop: {folder: {+tags: [f]}}, util: {deep: {+tags: [d]}}}', 'vars: {size: 2}'),
    projectFile('models: {shop: {nowhere: {+tags: [f]}}}'),
    projectFile('models: {+access: private}'),
    projectFile('models: {+group: finance}'),
    projectFile('models: {shop: {folder: {+enabled: "{{ target.schema == \'main\' }}"}}}'),
    projectFile('models: {shop: {more: {+alias: same}}, util: {+alias: same}}', 'sources: {+enabled: false}'),
    projectFile('model-paths: [models/folder, models/more]', 'data_tests: {+severity: warn}'),
    projectFile('flags: {require_batched_execution_for_custom_microbatch_strategy: true}', 'seeds: {+delimiter: ";"}'),
    projectFile('on-run-start: ["select {{ var(\'size\', 0) }}"]', 'tests: {+store_failures: 3}'),
    projectFile('dispatch: [{macro_namespace: dbt, search_order: [util]}]', 'exposures: {+enabled: false}'),
    projectFile('unit_tests: {+enabled: false}', 'snapshots: {+enabled: false}'),
    'name: store\nprofile: shop\n',
    'name: [',
  ],
  'profiles.yml': [
    profile('type: duckdb', 'schema: main'),
    profile('type: duckdb', 'schema: other'),
    profile('type: postgres', 'schema: main', 'host: h', 'user: u', 'password: p', 'port: 1', 'dbname: d'),
  ],
  'models/timed.sql': [
    "{{ config(event_time='id') }} select 1 as id",
    'select 1 as id',
    "{{ config(event_time='id', enabled=false) }} select 1 as id",
    undefined,
  ],
  'models/batches.sql': [
    inBatches("event_time='id'", "batch_size='day'", "begin='2024-01-01'"),
    inBatches("event_time='id'", "begin='2024-01-01'"),
    inBatches("event_time='id'", "batch_size='day'", "begin='2024-01-01'", 'concurrent_batches=true'),
    inBatches("event_time='id'", "batch_size='day'", "begin='2024-01-01'").replace('timed', 'plain'),
    undefined,
  ],
  'models/plain.sql': [
    "select {{ cents('1') }} as id, {{ var('size', 0) }} as size",
    '\r\nselect 2 as id\r\n',
    "{{ config(grants={'select': ['x']}) }} select 1 as id",
    "{{ config(alias='rows') }} select 1 as id",
    "{{ config(meta='x', tags=[1]) }} select 1 as id",
    "{{ config(schema='other') }} select 1 as id from {{ ref('downstream') }}",
    '{{ config(enabled=false) }} select 1 as id',
    '',
    undefined,
  ],
  'models/folder/downstream.sql': [
    "{{ config(group='finance') }} select * from {{ ref('plain') }} join {{ source('raw', 'events') }} using (id)",
    "{{ config(group='other') }} select * from {{ ref('plain') }} join {{ source('raw', 'events') }} using (id)",
    "{{ config(access='public') }} select 1 as id",
    "{{ config(access='public', materialized='ephemeral') }} select 1 as id",
    "select * from {{ ref('rows') }}, {{ ref('util', 'helper') }}, {{ ref('versioned') }}, {{ ref('snap') }}",
    "select * from {{ ref('nothing') }}, {{ source('raw', 'nothing') }}",
    "select '{{ run_started_at }}' from {{ ref('plain') }}",
    "select * from {{ ref('plain') }",
    undefined,
  ],
  'models/more/downstream.sql': [undefined, '{{ config(enabled=false) }} select 5 as id', 'select 5 as id'],
  'models/more/plain.sql': [
    undefined,
    '{{ config(enabled=false) }} select 5 as id',
    '{{ config(enabled=true) }} select 5 as id',
    "{{ config(enabled=var('size', 1) == 2) }} select 5 as id",
  ],
  'models/more/with space.sql': [
    undefined,
    "select 1 as id from {{ ref('plain') }}",
    "select 1 as id from {{ ref('with.dot') }}",
  ],
  'models/more/with.dot.sql': [undefined, 'select 1 as id', "{{ config(alias='plain') }} select 1 as id"],
  'models/versioned_v1.sql': ['select 1 as id', undefined],
  'models/versioned_v2.sql': [
    'select 2 as id',
    "{{ config(alias='plain') }} select * from {{ ref('versioned', v=1) }}",
  ],
  'models/reader.sql': ["select * from {{ ref('versioned') }}", "select * from {{ ref('versioned', v=1) }}"],
  'models/late.py': [undefined, 'def model(dbt, session): return 1'],
  'models/plain.yml': [
    model('plain', 'config: {group: finance}', 'columns: [{name: id, data_tests: [unique, not_null]}]'),
    model('plain', 'config: {group: finance, access: private}'),
    model('plain', 'config: {group: other, access: private}'),
    model('plain', 'description: \'{{ doc("about") }}\''),
    model('plain', 'columns: [{name: id, data_tests: [unique, unique]}]'),
    `# The same, a line below.\n${model('plain', 'columns: [{name: id, data_tests: [unique, unique]}]')}`,
    model('plain', 'columns: [{name: id, data_tests: [unknown_test]}]'),
    model('plain', 'config: {contract: {enforced: true}}'),
    model(
      'plain',
      'constraints: [{type: primary_key, columns: [id]}]',
      'columns: [{name: id, constraints: [{type: primary_key}]}]',
    ),
    model('plain', 'data_tests: [is_large: {arguments: {than: "{{ var(\'size\', 3) }}"}}]'),
    model('plain', 'columns: [{name: id, constraints: [{type: foreign_key, to: "ref(\'rows\')", to_columns: [n]}]}]'),
    'models: [',
    undefined,
  ],
  'models/versions.yml': [
    model('versioned', 'latest_version: 2', 'versions: [{v: 1}, {v: 2}]'),
    model('versioned', 'latest_version: 1', 'versions: [{v: 1}, {v: 2}]'),
    model('versioned', 'versions: [{v: 1}, {v: 2}]', 'columns: [{name: id, data_tests: [not_null]}]'),
    model('versioned', 'latest_version: 1', 'versions: [{v: 1, config: {enabled: false}}, {v: 2, defined_in: plain}]'),
    model('versioned', 'latest_version: 3', 'versions: [{v: 1}]'),
    model('plain', 'description: twice'),
    undefined,
  ],
  'models/sources.yml': [
    'sources: [{name: raw, tables: [{name: events, columns: [{name: id, data_tests: [not_null]}]}]}]',
    'sources: [{name: raw, schema: main, tags: [t], tables: [{name: events, data_tests: [unknown_test]}]}]',
    'sources: [{name: raw, schema: main, tables: [{name: events, identifier: plain}]}]',
    'sources: [{name: raw, config: {enabled: false, event_time: id}, tables: [{name: events}]}]',
    'sources: [{name: raw, tables: [{name: events}, {name: events, freshness: {warn_after: {count: x}}}]}]',
    undefined,
  ],
  'models/groups.yml': [
    'groups: [{name: finance, owner: {name: f}}, {name: other, owner: {name: o}}]',
    'groups: [{name: finance, owner: {name: f}}, {name: finance, owner: {name: g}}]',
    'groups: [{name: other, owner: {}, config: {meta: {a: 1}}}]',
    undefined,
  ],
  'models/units.yml': [
    'unit_tests: [{name: one, model: plain, given: [], expect: {rows: [{id: 1}]}}]',
    'unit_tests: [{name: one, model: reader, given: [{input: "ref(\'versioned\')", rows: []}], expect: {rows: []}}]',
    'unit_tests: [{name: one, model: versioned, given: [], expect: {rows: [{id: 1}]}, config: {tags: [u]}}]',
    'unit_tests: [{name: one, model: nothing, given: [], expect: {rows: []}}]',
    undefined,
  ],
  'models/exposures.yml': [
    exposure('type: dashboard', 'owner: {name: o}', "depends_on: [\"ref('plain')\", \"source('raw', 'events')\"]"),
    exposure('type: dashboard', 'owner: {name: o}', 'depends_on: ["ref(\'versioned\')"]', 'config: {enabled: false}'),
    exposure('type: chart', 'owner: {}', 'depends_on: ["ref(\'nothing\')"]'),
    undefined,
  ],
  'models/docs.md': [
    '{% docs about %}All of it.{% enddocs %}',
    '{% docs about %}Some{{ 1 + 1 }}{% enddocs %}{% docs other %}{{ x.y }}{% enddocs %}',
    '{% docs about %}',
    undefined,
  ],
  'macros/cents.sql': [
    '{% macro cents(x) %}{{ x }} * 100{% endmacro %}',
    "{% macro cents(x) %}{{ config(tags=['m'], event_time='id') }}{{ x }}{% endmacro %}",
    '{% macro cents(x) %}{{ x }}{% endmacro %}{% macro cents(y) %}{% endmacro %}',
    '{% macro cents(x) %}{{ nothing(x) }}{% endmacro %}',
    '{% macro cents(x) %}',
    undefined,
  ],
  'macros/names.sql': [
    undefined,
    "{% macro generate_alias_name(custom_alias_name=none, node=none) %}{{ custom_alias_name or node.name ~ '_x' }}{% endmacro %}",
    '{% macro generate_schema_name(custom_schema_name, node) %}{{ node.config.nothing.at_all }}{% endmacro %}',
    '{% macro generate_alias_name(custom_alias_name=none, node=none) %}same{% endmacro %}',
  ],
  'macros/batches.sql': [
    undefined,
    '{% macro get_incremental_microbatch_sql(arg_dict) %}select 1{% endmacro %}',
    "{% materialization incremental, adapter='duckdb' %}{{ return({'relations': []}) }}{% endmaterialization %}",
  ],
  'macros/tests.sql': [
    '{% test is_large(model, than) %}select * from {{ model }} where id < {{ than }}{% endtest %}',
    "{% test unknown_test(model, column_name) %}{{ config(severity='warn') }}select 1{% endtest %}",
    undefined,
  ],
  'seeds/rows.csv': ['n\n1\n', 'n;m\n1;2\n', undefined],
  'seeds/plain.csv': [undefined, 'id\n1\n'],
  'seeds/seeds.yml': [
    undefined,
    'seeds: [{name: rows, config: {delimiter: ";", column_types: {n: int}}}, {name: nothing}]',
  ],
  'snapshots/snap.sql': [
    snapshot("unique_key='id'", "strategy='check'", "check_cols='all'"),
    snapshot("unique_key='id'", "strategy='odd'"),
    undefined,
  ],
  'snapshots/snap.yml': [
    undefined,
    'snapshots: [{name: other, relation: ref("plain"), config: {unique_key: id, strategy: check, check_cols: all}}]',
    'snapshots: [{name: snap, relation: ref("plain"), config: {strategy: check}}]',
  ],
  'tests/none.sql': [
    "select * from {{ ref('plain') }} where id is null",
    "{{ config(group='nobody') }} select * from {{ ref('nothing') }}",
    "{{ config(group='nobody') }} select * from {{ ref('plain') }}",
    '',
    undefined,
  ],
  'selectors.yml': [
    'selectors: [{name: small, definition: "tag:x"}]',
    'selectors: [{name: small, definition: {method: selector, value: nothing}}]',
    undefined,
  ],
  'packages.yml': [
    undefined,
    'packages: [{package: some/util, version: 1.0.0}, {package: some/missing, version: 1.0.0}]',
  ],
  'dbt_packages/util/dbt_project.yml': [
    'name: util\nversion: "1.0"\n',
    'name: util\nversion: "1.0"\nmodel-paths: [models/deep]\n',
    'name: util\nversion: "1.0"\nmodels: {util: {+group: finance}}\nvars: {size: 9}\n',
    undefined,
  ],
  'dbt_packages/util/models/deep/helper.sql': ["select {{ var('size', 0) }} as id", "select * from {{ ref('plain') }}"],
  'dbt_packages/util/models/plain.sql': [undefined, 'select 7 as id'],
  'dbt_packages/util/macros/default.sql': [
    undefined,
    '{% macro cents(x) %}{{ x }}{% endmacro %}{% macro generate_alias_name(custom_alias_name, node) %}u{% endmacro %}',
  ],
  'data/events.csv': [undefined, 'id\n1\n'],
};

/** A file, and which of its versions it gets. */
type Edit = readonly [path: string, version: number];

/** Reads a project again after each step of edits, and asserts that it is what a first reading of the files gives. */
async function readAfterEach(steps: readonly (readonly Edit[])[], engine: SqlEngine): Promise<void> {
  const { project, files } = await testProject(firstTexts, { engine });
  assert.deepEqual((await project.read()).diagnostics, []);
  for (const step of steps) {
    for (const [path, version] of step) {
      const text = versions[path]?.[version];
      if (text === undefined) await files.remove(path);
      else files.set(path, text);
    }
    project.changed(step.map(([path]) => path));
    const { project: first } = await testProject({}, { engine, files });
    assert.deepEqual(whatWasRead(await project.read()), whatWasRead(await first.read()), JSON.stringify(step));
  }
}

/** What is renamed, or moves to another folder. */
const moves: readonly (readonly Edit[])[] = [
  [
    ['models/folder/downstream.sql', 8],
    ['models/more/downstream.sql', 2],
  ],
  [
    ['models/plain.sql', 8],
    ['models/more/plain.sql', 2],
  ],
];

const firstTexts: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(versions).flatMap(([path, [text]]) => (text === undefined ? [] : [[path, text]])),
);

test('what is read again is as a first reading, to the order of all, through all versions of each file', async () => {
  const through = Object.entries(versions).flatMap(([path, texts]) =>
    [...texts.keys()].map((at): readonly Edit[] => [[path, (at + 1) % texts.length]]),
  );
  const back = moves.flatMap((edits) => [edits, edits.map(([path]): Edit => [path, 0])]);
  await readAfterEach([...through, ...back], await openEngine());
});

const edit: fc.Arbitrary<Edit> = fc.constantFrom(...Object.entries(versions)).chain(([path, texts]) => {
  // Nothing that has a fault is recalled: most files have none most of the time.
  const version = fc.oneof({ arbitrary: fc.constant(0), weight: 2 }, fc.nat(texts.length - 1));
  return fc.tuple(fc.constant(path), version);
});

/** Files that change together are read together, as after a rename or a change of branches. */
const steps = fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 12 });

test('what is read again is as a first reading whatever is edited, one thing after another', async () => {
  const engine = await openEngine();
  await fc.assert(
    fc.asyncProperty(steps, (taken) => readAfterEach(taken, engine)),
    { numRuns: Number(process.env['MODELYARD_EDITS'] ?? 15), seed: 20241127 },
  );
});
