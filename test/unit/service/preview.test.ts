import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { UniqueId } from '../../../src/core/project/uniqueId.ts';
import { previewRows, type Preview, type PreviewSubject } from '../../../src/core/service/previewRows.ts';
import { tableInfo, tablePage } from '../../../src/core/service/tableRows.ts';
import { faultLine, projectTexts, testProject, type TestProject } from '../support/testProject.ts';

const shop = projectTexts({
  'models/sources.yml': [
    'sources:',
    '  - name: raw',
    '    config: {meta: {external_location: "data/{name}.csv"}}',
    '    tables:',
    '      - name: orders',
    '        columns:',
    '          - {name: id, data_type: integer}',
    '          - {name: amount, data_type: "decimal(18, 2)"}',
    '          - {name: is_paid, data_type: boolean}',
    '      - name: unrelated',
  ].join('\n'),
  'data/orders.csv': 'id,amount,is_paid\n1,2.50,TRUE\n2,0.10,FALSE\n3,,TRUE\n',
  'data/unrelated.csv': 'id\n1\n',
  'models/paid.sql':
    "{{ config(materialized='table') }}\nselect id, amount from {{ source('raw', 'orders') }} where is_paid",
  'models/doubled.sql':
    "{{ config(materialized='ephemeral') }}\nselect id, amount * 2 as amount from {{ ref('paid') }}",
  'models/report.sql': "{{ config(materialized='table') }}\nselect * from {{ ref('doubled') }} order by id desc",
  'models/other.sql': "{{ config(materialized='table') }}select * from {{ source('raw', 'unrelated') }}",
});

interface Previewed {
  readonly preview: Preview | undefined;
  readonly faults: readonly string[];
  /** Names of what was built on the way, and of the files that were loaded. */
  readonly work: readonly string[];
}

async function preview({ project }: TestProject, subject: PreviewSubject, limit = 500): Promise<Previewed> {
  project.changed();
  const work: string[] = [];
  const { value, diagnostics } = await previewRows(project, {
    subject,
    limit,
    cancellation: neverCancelled,
    onEvent: (event) => {
      if (event.kind === 'sourceLoading' && event.rows > 0) work.push(`load ${event.source.name}`);
      const built = event.kind === 'nodeFinished' && event.result.executedSql !== undefined;
      if (built) work.push(`build ${event.result.node.name}`);
    },
  });
  return { preview: value, faults: diagnostics.map(faultLine), work };
}

const model = (name: string): PreviewSubject => ({ kind: 'node', id: `model.shop.${name}` as UniqueId });
const sql = (text: string, file = 'models/report.sql', line = 0): PreviewSubject => ({
  kind: 'sql',
  text,
  file,
  start: { line, character: 0 },
});

test('a preview builds what the model reads, and only that', async () => {
  const project = await testProject(shop);
  const { preview: shown, work, faults } = await preview(project, model('report'));
  assert.deepEqual(faults, []);
  assert.deepEqual(shown?.columns, [
    { name: 'id', type: 'integer', isNumber: true },
    { name: 'amount', type: 'decimal(38,2)', isNumber: true },
  ]);
  assert.deepEqual(shown.rows, [
    [3, null],
    [1, '5.00'],
  ]);
  assert.deepEqual(
    work.filter((one) => one.startsWith('build')),
    ['build paid'],
  );
  const tables = await project.rows(
    "select name from sqlite_master where type = 'table' and name not like 'modelyard%'",
  );
  assert.deepEqual(tables.flat().sort(), ['paid', 'raw__orders']);
});

test('a model that reads nothing but a source has the source loaded', async () => {
  const { preview: shown, work } = await preview(await testProject(shop), model('paid'));
  assert.deepEqual([shown?.rows.length, work], [2, []]);
});

test('a source whose file is missing says so in a preview too', async () => {
  const project = await testProject(shop);
  await project.files.remove('data/orders.csv');
  const { faults } = await preview(project, model('paid'));
  assert.match(faults[0] ?? '', /^run\.sourceWithoutData models\/sources\.yml:5 /);
});

test('what was built from the same code and data is used again', async () => {
  const project = await testProject(shop);
  await preview(project, model('report'));
  assert.deepEqual((await preview(project, model('report'))).work, []);
});

test('a changed model, and a changed file, are built again with what reads them', async () => {
  const project = await testProject(shop);
  await project.run('run');
  project.files.set(
    'models/paid.sql',
    "{{ config(materialized='table') }}\nselect id, amount from {{ source('raw', 'orders') }}",
  );
  const edited = await preview(project, model('report'));
  assert.deepEqual(edited.work, ['build paid']);
  assert.equal(edited.preview?.rows.length, 3);
  project.files.set('data/orders.csv', 'id,amount,is_paid\n9,1.00,TRUE\n');
  const reloaded = await preview(project, model('report'));
  assert.deepEqual(reloaded.preview?.rows, [[9, '2.00']]);
});

test('a preview shows at most so many rows, in the order of the model', async () => {
  const { preview: shown } = await preview(await testProject(shop), model('report'), 1);
  assert.deepEqual([shown?.rows, shown?.limited], [[[3, null]], true]);
});

test('selected SQL is compiled where it stands', async () => {
  const { preview: shown } = await preview(await testProject(shop), sql("select count(*) as n from {{ ref('paid') }}"));
  assert.deepEqual([shown?.columns.map((column) => column.name), shown?.rows], [['n'], [[2]]]);
});

test('a fault in selected SQL is shown where it stands in the file', async () => {
  const { faults } = await preview(
    await testProject(shop),
    sql("select\n  nothing\nfrom {{ ref('paid') }}", undefined, 10),
  );
  assert.match(faults[0] ?? '', /^sql\.unknownColumn models\/report\.sql:12 /);
});

test('a model that reads a failing one shows the fault of that one', async () => {
  const project = await testProject({
    ...shop,
    'models/paid.sql': "select missing from {{ source('raw', 'orders') }}",
  });
  const { faults, preview: shown } = await preview(project, model('report'));
  assert.equal(shown, undefined);
  assert.match(faults[0] ?? '', /^sql\.unknownColumn models\/paid\.sql:1 /);
});

test('booleans and empty values are shown as they are', async () => {
  const subject: PreviewSubject = { kind: 'node', id: 'source.shop.raw.orders' as UniqueId };
  const { preview: shown } = await preview(await testProject(shop), subject);
  assert.deepEqual(shown?.rows, [
    [1, '2.50', true],
    [2, '0.10', false],
    [3, null, true],
  ]);
});

test("a built table's rows are read by windows", async () => {
  const project = await testProject(shop);
  await project.run('run');
  const { manifest } = await project.project.read();
  assert.ok(manifest !== undefined);
  const id = 'model.shop.report' as UniqueId;
  assert.equal((await tableInfo(project.project, manifest, id))?.rowCount, 2);
  assert.deepEqual(await tablePage(project.project, manifest, id, { from: 1, count: 10 }), [[1, '5.00']]);
  assert.equal(await tableInfo(project.project, manifest, 'model.shop.doubled' as UniqueId), undefined);
});

test('what reads a model of which a batch failed is not shown, also when it is asked for again', async () => {
  const batches = (fault: string): string =>
    `{{ config(materialized='incremental', incremental_strategy='microbatch', event_time='day', batch_size='day', begin='2024-05-28') }}
{% if execute and model.batch.id == '20240529' %}${fault}{% endif %}select id, day from {{ ref('events') }}`;
  const project = await testProject(
    projectTexts({
      'seeds/events.csv': 'id,day\n1,2024-05-29\n2,2024-05-30\n3,2024-05-31\n',
      'seeds/p.yml': 'seeds:\n  - {name: events, config: {event_time: day}}\n',
      'models/m.sql': batches("{{ exceptions.raise_compiler_error('no such day') }}"),
      'models/below.sql': "select id from {{ ref('m') }}",
    }),
  );
  for (const time of ['first', 'second']) {
    const { preview: shown, faults } = await preview(project, model('below'));
    assert.equal(shown, undefined, `the ${time} time`);
    assert.deepEqual(faults, ['compile.raised models/m.sql:2 no such day'], `the ${time} time`);
  }
  project.files.set('models/m.sql', batches(''));
  const { preview: shown, faults } = await preview(project, model('below'));
  assert.deepEqual(faults, []);
  assert.deepEqual(shown?.rows, [[1], [2], [3]]);
});
