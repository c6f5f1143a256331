import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { Diagnostic } from '../../../src/core/diagnostics/diagnostic.ts';
import type { PlainMap } from '../../../src/core/project/plainValue.ts';
import { sourceFreshness } from '../../../src/core/service/sourceFreshness.ts';
import { changed, oddChange } from '../support/oddValues.ts';
import { testProject, type TestProject } from '../support/testProject.ts';

const documents: Readonly<Record<string, PlainMap>> = {
  'dbt_project.yml': {
    name: 'shop',
    version: '1.0',
    profile: 'shop',
    'model-paths': ['models'],
    vars: { start: '2024-01-01', shop: { rate: 2, list: [1, { deep: 'x' }] } },
    models: {
      shop: { '+materialized': 'view', '+tags': ['nightly'], '+meta': { owner: 'Ada' }, core: { '+schema': 'core' } },
    },
    seeds: { shop: { '+column_types': { id: 'integer' } } },
    flags: { indirect_selection: 'eager', warn_error_options: { error: [], silence: ['NoNodesForSelectionCriteria'] } },
    'on-run-start': ['select 1'],
    'query-comment': { comment: 'run by {{ user }}', append: true },
    quoting: { database: true, identifier: false },
    dispatch: [{ macro_namespace: 'dbt', search_order: ['shop', 'dbt'] }],
  },
  'profiles.yml': {
    shop: {
      target: 'dev',
      outputs: {
        dev: { type: 'duckdb', schema: 'main', threads: 1, settings: { memory_limit: '1GB' } },
        prod: {
          type: 'postgres',
          host: 'db',
          port: 5432,
          user: 'me',
          password: "{{ env_var('SECRET', 'x') }}",
          schema: 's',
        },
      },
    },
    config: { send_anonymous_usage_stats: false },
  },
  'selectors.yml': {
    selectors: [
      { name: 'all', default: true, definition: { method: 'fqn', value: '*' } },
      {
        name: 'nightly',
        description: 'what runs at night',
        definition: {
          union: [
            { method: 'tag', value: 'nightly', children: true, children_depth: 2, indirect_selection: 'cautious' },
            'path:models',
            { intersection: [{ tag: 'nightly' }, { method: 'config.materialized', value: 'table' }] },
            { exclude: [{ method: 'selector', value: 'all' }] },
          ],
        },
      },
    ],
  },
  'models/models.yml': {
    version: 2,
    sources: [
      {
        name: 'raw',
        schema: 'main',
        config: { freshness: { warn_after: { count: 1, period: 'day' } }, loaded_at_field: 'at' },
        tables: [
          {
            name: 'orders',
            config: { meta: { external_location: 'data/{name}.csv' } },
            freshness: { error_after: { count: 2, period: 'hour' }, filter: 'id > 0' },
            columns: [{ name: 'id', data_tests: ['not_null'] }],
          },
          { name: 'lines', identifier: 'items', loaded_at_query: 'select max(at) from main.items' },
        ],
      },
    ],
    models: [
      {
        name: 'a',
        description: '{{ doc("a") }}',
        config: { materialized: 'table', contract: { enforced: true }, meta: { x: 1 } },
        constraints: [
          { type: 'primary_key', columns: ['id'], name: 'key', warn_unenforced: false },
          { type: 'check', expression: 'id > 0' },
        ],
        columns: [
          {
            name: 'id',
            data_type: 'integer',
            constraints: [{ type: 'not_null' }, { type: 'foreign_key', to: "ref('b')", to_columns: ['id'] }],
            quote: true,
          },
          {
            name: 'day',
            data_type: 'date',
            data_tests: [
              {
                accepted_values: {
                  arguments: { values: ['2024-01-01'] },
                  config: { severity: 'warn', where: '1 = 1' },
                },
              },
            ],
          },
        ],
      },
      {
        name: 'b',
        latest_version: 2,
        versions: [
          { v: 1, config: { alias: 'b_old' } },
          { v: 2, defined_in: 'b', deprecation_date: '2030-01-01', columns: [{ include: 'all' }] },
        ],
        access: 'public',
        group: 'sales',
      },
    ],
    groups: [{ name: 'sales', owner: { name: 'Ada' } }],
    exposures: [
      {
        name: 'board',
        type: 'dashboard',
        owner: { email: 'a@b.c' },
        depends_on: ["ref('a')", "source('raw', 'orders')"],
      },
    ],
    unit_tests: [
      { name: 'u', model: 'a', given: [], expect: { format: 'dict', rows: [{ id: 2, day: '2024-01-01' }] } },
    ],
    macros: [{ name: 'm', arguments: [{ name: 'x', type: 'int' }] }],
    seeds: [{ name: 'items', columns: [{ name: 'at', data_type: 'timestamp' }] }],
    snapshots: [
      {
        name: 's',
        relation: "ref('a')",
        config: { strategy: 'check', unique_key: 'id', check_cols: ['day'], dbt_valid_to_current: "date '9999-12-31'" },
      },
    ],
  },
};

const texts = {
  'models/a.sql': "select {{ var('rate', 1) }} as id, cast('{{ var('start') }}' as date) as day",
  'models/b_v1.sql': 'select 1 as id',
  'models/b.sql': 'select 1 as id',
  'models/docs.md': '{% docs a %}A{% enddocs %}',
  'macros/m.sql': '{% macro m(x) %}{{ x }}{% endmacro %}',
  'data/orders.csv': 'id,at\n1,2024-05-31 10:00:00\n',
  'seeds/items.csv': 'id,at\n1,2024-05-31 10:00:00\n',
};

const odd = fc.array(fc.tuple(fc.constantFrom(...Object.keys(documents)), oddChange), { minLength: 1, maxLength: 3 });

function written(changes: readonly (readonly [string, Parameters<typeof changed>[1]])[]): Record<string, string> {
  const now = { ...documents };
  for (const [path, change] of changes) now[path] = changed(now[path] ?? {}, change);
  return {
    ...texts,
    ...Object.fromEntries(Object.entries(now).map(([path, one]) => [path, JSON.stringify(one, null, 1)])),
  };
}

/** Every fault is in a file of the project, on a line that is there. */
function assertPlaced(files: Readonly<Record<string, string>>, found: readonly Diagnostic[]): void {
  for (const { file, range, message, code } of found) {
    const text = files[file];
    assert.ok(text !== undefined, `${code} ${message} is in ${file}`);
    const lines = text.split('\n');
    const { start, end } = range;
    assert.ok(
      start.line >= 0 && start.line < lines.length,
      `${code} ${message}: line ${String(start.line)} of ${file}`,
    );
    assert.ok(end.line > start.line || end.character >= start.character, `${code} ${message} ends before it begins`);
    assert.ok(message !== '' && !/\bundefined\b|\[object Object\]|\bNaN\b/.test(message), `${code} says ${message}`);
  }
}

async function run(files: Readonly<Record<string, string>>): Promise<TestProject> {
  const open = await testProject(files);
  const { diagnostics, manifest } = await open.project.read();
  assertPlaced(files, diagnostics);
  if (manifest === undefined) return open;
  for (const selector of ['all', 'nightly', 'x'])
    assertPlaced(
      { ...files, '--selector': '' },
      open.project.select(manifest, { select: [], exclude: [], selector }).diagnostics,
    );
  const outcome = await open.project.run({
    command: 'build',
    select: [],
    exclude: [],
    cancellation: neverCancelled,
    onEvent: () => undefined,
  });
  assertPlaced(files, outcome.diagnostics);
  const request = { select: [], exclude: [], cancellation: neverCancelled, onEvent: () => undefined };
  const freshness = await sourceFreshness(open.project, request);
  assertPlaced(
    files,
    freshness.kind === 'refused' ? freshness.diagnostics : freshness.results.flatMap((one) => one.diagnostics),
  );
  return open;
}

test('the settings as they are give a project that is built', async () => {
  const files = written([]);
  const { project } = await run(files);
  const statuses = [...project.lastResults.values()].map(({ status }) => status);
  assert.deepEqual([...new Set(statuses)].sort(), ['no-op', 'pass', 'success']);
});

test('whatever stands in settings and properties, all ends, and every fault has a place', async () => {
  await fc.assert(
    fc.asyncProperty(odd, async (changes) => {
      await run(written(changes));
    }),
    { numRuns: Number(process.env['MODELYARD_DAMAGES'] ?? 60), seed: 20241111 },
  );
});
