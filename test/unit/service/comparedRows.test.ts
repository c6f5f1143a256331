import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { UniqueId } from '../../../src/core/project/uniqueId.ts';
import { isReferred, offlineTable, referenceTo, rowKey } from '../../../src/core/service/comparedRows.ts';
import { projectTexts, testProject } from '../support/testProject.ts';

const texts = projectTexts({
  'seeds/raw.csv': 'id,amount,day\n1,2.50,2024-01-02\n2,,2024-01-03\n',
  'models/paid.sql':
    "{{ config(materialized='table') }}\nselect id, cast(amount as decimal(18, 2)) as amount, day from {{ ref('raw') }}",
  'models/part.sql': "{{ config(materialized='ephemeral') }}\nselect id from {{ ref('raw') }}",
  'models/bad.sql': "select nothing from {{ ref('raw') }}",
  'models/team_v2.sql': 'select 1 as id',
  'models/models.yml': [
    'models:',
    '  - name: paid',
    '    columns:',
    '      - {name: id, data_tests: [unique, not_null]}',
    '  - name: team',
    '    latest_version: 2',
    '    versions: [{v: 2}]',
  ].join('\n'),
});

async function table(id: string, mostRows = 100) {
  const { project } = await testProject(texts);
  const { manifest } = await project.read();
  assert.ok(manifest !== undefined);
  const request = { id: id as UniqueId, mostRows, cancellation: neverCancelled, onEvent: () => undefined };
  return offlineTable(project, manifest, request);
}

test('all rows of a model, built first, with every digit and the types of its columns', async () => {
  const { value } = await table('model.shop.paid');
  assert.deepEqual(value, {
    columns: [
      { name: 'id', type: 'integer' },
      { name: 'amount', type: 'decimal(38,2)' },
      { name: 'day', type: 'date' },
    ],
    rows: [
      [1, '2.50', '2024-01-02'],
      [2, null, '2024-01-03'],
    ],
    count: 2,
  });
});

test('rows that come in several pages are all there, once and in order', async () => {
  const rows = Array.from({ length: 30_000 }, (_, at) => [at, `word ${String(at)}`]);
  const csv = ['id,word', ...rows.map((row) => row.join(',')), ''].join('\n');
  const { project } = await testProject(projectTexts({ 'seeds/raw.csv': csv }));
  const { manifest } = await project.read();
  assert.ok(manifest !== undefined);
  const request = { id: 'seed.shop.raw' as UniqueId, mostRows: 30_000, cancellation: neverCancelled };
  const { value } = await offlineTable(project, manifest, { ...request, onEvent: () => undefined });
  assert.equal(value?.count, 30_000);
  assert.deepEqual(value.rows, rows);
});

test('of a table with more rows than are wanted there is the number alone', async () => {
  const { value } = await table('seed.shop.raw', 1);
  assert.deepEqual([value?.rows, value?.count, value?.columns.length], [[], 2, 3]);
});

test('a model that fails gives why', async () => {
  const { value, diagnostics } = await table('model.shop.bad');
  assert.equal(value, undefined);
  assert.ok(diagnostics.some(({ severity, file }) => severity === 'error' && file === 'models/bad.sql'));
});

test('what can be read on a warehouse, how it is named there, and the key of its rows', async () => {
  const { manifest } = await (await testProject(texts)).project.read();
  assert.ok(manifest !== undefined);
  const told = [...manifest.nodes.values()].filter(isReferred).map((node) => {
    const { packageName, name, version } = referenceTo(node);
    return `${packageName}.${name} ${String(version)} by ${rowKey(manifest, node).join(',')}`;
  });
  assert.deepEqual(told.sort(), [
    'shop.bad undefined by ',
    'shop.paid undefined by id',
    'shop.raw undefined by ',
    'shop.team 2 by ',
  ]);
});
