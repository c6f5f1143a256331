import assert from 'node:assert/strict';
import { test } from 'node:test';
import { neverCancelled } from '../../../src/core/diagnostics/cancellation.ts';
import type { CheckReport } from '../../../src/core/quality/checkData.ts';
import { tryProjectDefects } from '../../../src/core/service/tryProjectDefects.ts';
import { planWords } from '../../../src/extension/quality/cleaningWords.ts';
import { checkTree, type Grouping } from '../../../src/extension/quality/checkTree.ts';
import { dataProblems } from '../../../src/extension/quality/dataProblems.ts';
import { defectTree } from '../../../src/extension/quality/defectTree.ts';
import { pageSize, type QualityItem } from '../../../src/extension/quality/qualityItem.ts';
import { scopeWords, verdictWords } from '../../../src/extension/quality/qualityWords.ts';
import { checked, sourceProject } from '../quality/checked.ts';
import { planned } from '../quality/cleaned.ts';
import { sampleProjectTexts, testProject } from '../support/testProject.ts';

/** Every item below some, as the view shows it: indented, with what stands behind the label. */
function outline(items: readonly QualityItem[], indent = ''): readonly string[] {
  return items.flatMap((one) => [
    `${indent}${one.label}${one.description === '' ? '' : ` | ${one.description}`}`,
    ...outline(one.children(pageSize), `${indent}  `),
  ]);
}

function shown(report: CheckReport, grouping: Grouping, limit = pageSize): readonly string[] {
  return outline(checkTree(report, '12:00', grouping, limit));
}

const shop = (rows: string, test = ''): Record<string, string> =>
  sourceProject(
    `      - name: orders
        columns:
          - { name: id, data_type: integer, data_tests: [unique] }
          - { name: price, data_type: integer, data_tests: [not_null] }
`,
    { 'data/orders.csv': `id,price\n${rows}`, ...(test === '' ? {} : { 'tests/price.sql': test }) },
  );

test('by rule: the raw sample has two broken rules, with rows and their reasons', async () => {
  const report = await checked(sampleProjectTexts());
  const lines = shown(report, 'rule');
  const [first, row, reason] = lines;
  assert.match(first ?? '', /^Rule 1: players are not .* \| 7 rows · transactions_need_a_verified_player$/);
  assert.equal(row, '  raw.transactions 1 | line 2 · 2 reasons');
  assert.match(reason ?? '', /^ {4}transactions\.timestamp \(2024-01-10 17:07:01\) is before players\.created_at/);
  assert.ok(lines.includes('source_unique_raw_players_id | 2 rows'));
  // A single reason stands beside its row.
  assert.ok(lines.includes('  raw.players 10 | line 11 · id 10 occurs 2 times'));
  assert.equal(lines.filter((line) => /^ {2}raw\./.test(line)).length, 9);
  assert.equal(verdictWords(report), '9 rows break 2 rules');
});

test('by row: each row has the reasons of all its rules, and leads to its line and to the rules', async () => {
  const report = await checked(sampleProjectTexts());
  const items = checkTree(report, '12:00', 'row', pageSize).filter(({ icon }) => icon === 'error');
  assert.equal(items.length, 9);
  const four = items.find(({ label }) => label === 'raw.transactions 4');
  assert.equal(four?.description, 'data/transactions.csv:5 · 1 rule');
  assert.equal(four.place?.range.start.line, 4);
  const reasons = four.children(pageSize);
  assert.equal(reasons.length, 3);
  for (const { rulePlace, description } of reasons) {
    assert.equal(rulePlace?.file, 'tests/transactions_need_a_verified_player.sql');
    assert.match(description, /^Rule 1/);
  }
});

test('tests that were not run are a closed group, with the reason', async () => {
  const group = checkTree(await checked(sampleProjectTexts()), '12:00', 'rule', pageSize).at(-1);
  assert.equal(group?.label, 'Tests not run');
  assert.equal(group.state, 'collapsed');
  const [first] = group.children(pageSize);
  assert.match(first?.description ?? '', /^reads the model \w+: Build runs it$/);
  assert.ok(first?.place !== undefined);
});

test('when nothing is broken, what was checked and when is said', async () => {
  const report = await checked(shop('1,5\n2,6\n'));
  assert.deepEqual(shown(report, 'rule'), ['No rule is broken | 2 rows in 1 file, by 2 tests, at 12:00']);
  assert.deepEqual(shown(report, 'row'), shown(report, 'rule'));
  assert.equal(scopeWords(report), '2 rows in 1 file, by 2 tests');
  assert.equal(verdictWords(report), 'no rule is broken');
});

test('a missing data file is not a clean one', async () => {
  const texts = shop('1,5\n');
  delete texts['data/orders.csv'];
  const report = await checked(texts);
  const [first] = shown(report, 'rule');
  assert.equal(first, 'There are no data to check | no source or seed has a data file');
  assert.equal(verdictWords(report), 'there are no data to check');
});

test('of many rows the first are shown, and an item leads on to the others', async () => {
  const count = 450;
  const rows = Array.from({ length: count }, (_, at) => `${String(at + 1)},\n`).join('');
  const report = await checked(shop(rows));
  for (const grouping of ['rule', 'row'] as const) {
    const list = (limit: number): readonly QualityItem[] => {
      const roots = checkTree(report, '12:00', grouping, limit);
      return grouping === 'row' ? roots : (roots[0]?.children(limit) ?? []);
    };
    const more = list(pageSize).at(-1);
    assert.equal(list(pageSize).length, pageSize + 1);
    assert.deepEqual([more?.label, more?.description], ['Show 200 more', 'of 250 that are not shown']);
    assert.equal(list(2 * pageSize).at(-1)?.label, 'Show the last 50');
    assert.equal(list(3 * pageSize).length, count);
    assert.equal(new Set(list(3 * pageSize).map(({ id }) => id)).size, count);
  }
  const problems = dataProblems(report.violations);
  assert.equal(problems.length, 301);
  assert.equal(problems[0]?.message, 'raw.orders 1: price is empty');
  assert.match(problems.at(-1)?.message ?? '', /^150 more reasons/);
});

test('a warning stands below errors, and is a warning in Problems', async () => {
  const test_ = `-- Prices are below ten.\n{{ config(severity='warn') }}\nselect id from {{ source('raw', 'orders') }} where price > 10\n`;
  const report = await checked(shop('1,50\n2,60\n3,\n', test_));
  const items = checkTree(report, '12:00', 'rule', pageSize);
  assert.deepEqual(
    items.map(({ icon, description }) => `${icon} ${description}`),
    ['error 1 row', 'warning 2 rows · price'],
  );
  assert.deepEqual(
    dataProblems(report.violations).map(({ line, severity, code }) => `${String(line)} ${severity} ${code}`),
    ['2 warning price', '3 warning price', '4 error source_not_null_raw_orders_price'],
  );
});

test('defects: the score, and what no test caught leads to its column', async () => {
  const { project } = await testProject(shop('1,5\n2,6\n3,7\n'));
  const host = { progress: (): void => undefined, cancellation: neverCancelled };
  const { value } = await tryProjectDefects(project, { rate: 0.4, seed: 's' }, host);
  assert.ok(value !== undefined);
  const tree = defectTree(value, '12:00', (name) => ({
    file: name,
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
  }));
  assert.match(tree.label, /^Tests catch \d+ of \d+ kinds of defects$/);
  assert.match(tree.description, /^\d+ % · \d+ defects planted, at 12:00$/);
  const caught = tree.children(pageSize).find(({ label }) => label === 'Caught');
  const empty = caught?.children(pageSize).find(({ label }) => label === 'orders.price: empty value');
  assert.equal(empty?.children(pageSize)[0]?.label, 'source_not_null_raw_orders_price');
  assert.equal(empty.children(pageSize)[0]?.place?.file, 'source_not_null_raw_orders_price');
});

test('a kind that no test catches is told with the rule it breaks', async () => {
  const texts = sourceProject(
    `      - name: orders
        columns:
          - { name: id, data_type: integer, data_tests: [unique] }
          - name: price
            data_type: integer
            config: { meta: { modelyard: { min: 1, max: 9 } } }
`,
    { 'data/orders.csv': 'id,price\n1,5\n2,6\n3,7\n' },
  );
  const { project } = await testProject(texts);
  const host = { progress: (): void => undefined, cancellation: neverCancelled };
  const { value } = await tryProjectDefects(project, { rate: 0.4, seed: 's' }, host);
  assert.ok(value !== undefined);
  const [missed] = defectTree(value, '12:00', () => undefined).children(pageSize);
  assert.equal(missed?.label, 'Caught by no test');
  const kinds = missed.children(pageSize);
  const below = kinds.find(({ label }) => label === 'orders.price: below range');
  assert.match(below?.description ?? '', /^breaks .* · 1 row$/);
  assert.deepEqual([below?.place?.file, below?.place?.range.start.line], ['models/sources.yml', 6]);
});

test('what cleaning would do is said of the files that change', async () => {
  const { plan } = await planned(sampleProjectTexts());
  assert.equal(planWords(plan), 'players.csv: 10 kept, 1 rejected; transactions.csv: 3 kept, 7 rejected');
});
