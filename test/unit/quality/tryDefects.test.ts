import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import { kindTitle } from '../../../src/core/quality/defects/defect.ts';
import { defectScore } from '../../../src/core/quality/defects/defectScore.ts';
import type { DefectReport } from '../../../src/core/quality/defects/tryDefects.ts';
import { generateData } from '../../../src/core/service/generateData.ts';
import { tryProjectDefects, writeDefects } from '../../../src/core/service/tryProjectDefects.ts';
import { projectTexts, sampleProjectTexts, testProject, type TestProject } from '../support/testProject.ts';
import { sourceProject } from './checked.ts';

const host = { progress: (): void => undefined, cancellation: neverCancelled };

async function tried(open: TestProject, rate = 0.02, seed = 'one'): Promise<DefectReport> {
  const { value, diagnostics } = await tryProjectDefects(open.project, { rate, seed }, host);
  assert.ok(value !== undefined, diagnostics.map((one) => one.message).join('\n'));
  return value;
}

async function sample(rows: number): Promise<TestProject> {
  const open = await testProject(sampleProjectTexts());
  await generateData(open.project, { ...host, seed: 5, rows, judge: false });
  return open;
}

/** Names of the tests that caught a kind, by its title. */
function catchers({ kinds }: DefectReport): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(kinds.map(({ kind, caughtBy }) => [kindTitle(kind), caughtBy]));
}

test('on the sample each of the five rules is caught, by the test that stands for it', async () => {
  const report = await tried(await sample(300));
  const by = catchers(report);
  assert.deepEqual(report.failedBefore, []);
  const verified = 'transactions_need_a_verified_player';
  // Rule 1: verified, and not before.
  assert.ok(by['transactions.timestamp: too early']?.includes(verified));
  assert.ok(by['transactions.player_id: parent not allowed']?.includes(verified));
  // Rule 2: one to one, at the moment of redeeming. Rule 3: with a player.
  assert.ok(by['players.affiliate_id: second child']?.includes('redeemed_affiliates_match_one_player'));
  assert.ok(by['affiliates.redeemed_at: unequal value']?.includes('redeemed_affiliates_match_one_player'));
  assert.ok(by['affiliates.redeemed_at: unequal value']?.includes('redeemed_affiliates_have_a_player'));
  // Rule 4: with a code or without, but no code that does not exist.
  assert.equal(by['players.affiliate_id: empty value'], undefined);
  assert.ok(
    by['players.affiliate_id: orphan']?.includes(
      'source_relationships_raw_players_affiliate_id__id__source_raw_affiliates_',
    ),
  );
  // Rule 5: ids are unique.
  for (const table of ['affiliates', 'players', 'transactions']) {
    for (const kind of [`${table}.id: repeated value`, `${table}: repeated row`])
      assert.ok(by[kind]?.includes(`source_unique_raw_${table}_id`), kind);
  }
  // What no test asks for is not caught.
  assert.deepEqual(by['transactions.amount: above range'], []);
  assert.ok(defectScore(report).percent > 60 && defectScore(report).percent < 100);
});

test('the data stays as it is, and the same seed spoils the same places', async () => {
  const open = await sample(50);
  const before = ['affiliates', 'players', 'transactions'].map((name) => open.files.text(`data/${name}.csv`));
  const first = await tried(open);
  assert.deepEqual(
    ['affiliates', 'players', 'transactions'].map((name) => open.files.text(`data/${name}.csv`)),
    before,
  );
  assert.equal(
    open.files.paths.some((path) => path.startsWith('target/')),
    false,
  );
  const places = ({ kinds }: DefectReport): unknown =>
    kinds.map(({ kind, planted }) => [kindTitle(kind), planted.map(({ row, after }) => [row, String(after)])]);
  assert.deepEqual(places(await tried(open)), places(first));
  assert.notDeepEqual(places(await tried(open, 0.02, 'two')), places(first));
});

test('a test that fails on the data as it is catches what makes more rows fail', async () => {
  const open = await testProject(sampleProjectTexts());
  const report = await tried(open, 0.2);
  assert.deepEqual(report.failedBefore, ['source_unique_raw_players_id', 'transactions_need_a_verified_player']);
  const by = catchers(report);
  assert.ok(by['players.id: repeated value']?.includes('source_unique_raw_players_id'));
  assert.deepEqual(by['affiliates.id: repeated value']?.includes('source_unique_raw_players_id'), false);
});

const shop = sourceProject(
  `
      - name: orders
        columns:
          - {name: id, data_type: integer, data_tests: [unique, not_null]}
          - name: total
            data_type: decimal(9, 2)
            config: {meta: {modelyard: {min: 1, max: 50}}}
          - {name: ordered_on, data_type: date, data_tests: [not_null]}
          - name: sent_on
            data_type: date
            config: {meta: {modelyard: {after: ordered_on}}}
`,
  {
    'data/orders.csv':
      'id,total,ordered_on,sent_on\n1,"5.00",2024-01-01,2024-01-03\n2,7.50,2024-02-01,\n\n3,9.00,2024-03-01,2024-03-02\n' +
      '4,1.50,2024-03-04,\n5,2.50,2024-03-04,2024-03-09\n6,2.50,2024-03-05,2024-03-08\n7,8.50,2024-03-06,2024-03-08\n8,3.50,2024-03-06,2024-03-09\n9,2.25,2024-03-06,2024-03-09\n',
    'models/sums.sql': "select sum(total) as total from {{ source('raw', 'orders') }}",
    'tests/small_sum.sql': "select * from {{ ref('sums') }} where total > 60",
  },
);

test('tests of models catch too, and the ledger says what stands on which line of the written files', async () => {
  const open = await testProject(shop);
  const report = await tried(open, 0.1);
  const by = catchers(report);
  assert.deepEqual(by['orders.total: above range'], ['small_sum']);
  assert.deepEqual(by['orders.sent_on: too early'], []);
  const ledger = await writeDefects(open.project, report, open.files, ({ file }) => file);
  assert.equal(ledger, 'data/defects.csv');
  const lines = open.files.text('data/orders.csv').split('\n');
  const rows = open.files.text('data/defects.csv').trim().split('\n').slice(1);
  assert.equal(rows.length, report.kinds.length);
  for (const row of rows) {
    const [defect = '', rule = '', , , line, key = '', column = '', , after = ''] = row.split(',');
    const written = (lines[Number(line) - 1] ?? '').split(',');
    const at = ['id', 'total', 'ordered_on', 'sent_on'].indexOf(column);
    assert.notEqual(rule, '');
    if (defect.endsWith('repeated row')) assert.equal(lines.filter((one) => one === written.join(',')).length, 2, row);
    else assert.equal(written[at], after, row);
    if (column !== 'id') assert.equal(written[0], key, row);
  }
});

test('seeds are spoiled as sources are', async () => {
  const open = await testProject(
    projectTexts({
      'seeds/raw_customers.csv': 'id,first_name\n1,Ada\n2,Bo\n3,Cy\n',
      'seeds/raw_orders.csv': 'id,user_id,status\n1,1,placed\n2,3,returned\n3,3,placed\n',
      'seeds/seeds.yml': `seeds:
  - name: raw_customers
    columns: [{name: id, data_tests: [unique, not_null]}]
  - name: raw_orders
    columns:
      - {name: id}
      - {name: user_id, data_tests: [{relationships: {arguments: {to: "ref('raw_customers')", field: id}}}]}
`,
      'models/stg_orders.sql': "select id as order_id, user_id, status from {{ ref('raw_orders') }}",
      'models/models.yml': `models:
  - name: stg_orders
    columns: [{name: order_id, data_tests: [unique]}]
`,
    }),
  );
  const by = catchers(await tried(open, 0.1));
  assert.ok(by['raw_customers.id: repeated value']?.includes('unique_raw_customers_id'));
  assert.deepEqual(by['raw_orders.user_id: orphan'], ['relationships_raw_orders_user_id__id__ref_raw_customers_']);
  assert.deepEqual(by['raw_orders: repeated row'], ['unique_stg_orders_order_id']);
});
