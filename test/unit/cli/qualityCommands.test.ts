import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { UsageError } from '../../../src/cli/options/usageError.ts';
import { commandOutput, type CommandOutput } from '../support/commandOutput.ts';
import { MemoryProjectFiles } from '../support/memoryProjectFiles.ts';
import { sampleProjectTexts } from '../support/testProject.ts';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-quality-'));
after(() => fs.rmSync(folder, { recursive: true, force: true }));

const rawSample = (): MemoryProjectFiles => new MemoryProjectFiles(sampleProjectTexts());
const run = (files: MemoryProjectFiles, ...args: readonly string[]): Promise<CommandOutput> =>
  commandOutput({ files }, args);

test('check lists what is broken and ends with 1', async () => {
  const { code, lines } = await run(rawSample(), 'check');
  assert.equal(code, 1);
  assert.equal(lines[0], 'data/players.csv:11: raw.players 10: id 10 occurs 2 times [source_unique_raw_players_id]');
  assert.ok(lines.includes('Checked 31 rows in 3 files by 22 tests: 9 rows break 2 rules.'));
  assert.ok(lines.includes("14 tests of models are left to 'modelyard build'."));
});

test('check as JSON is a list of violations, as CSV a table of the same', async () => {
  const json = await run(rawSample(), 'check', '--format', 'json');
  const list = JSON.parse(json.lines.join('\n')) as readonly Record<string, unknown>[];
  assert.equal(list.length, 16);
  assert.deepEqual(list[0], {
    rule: 'source_unique_raw_players_id',
    severity: 'error',
    table: 'raw.players',
    row_key: 10,
    file: 'data/players.csv',
    line: 11,
    column: 'id',
    reason: 'id 10 occurs 2 times',
  });
  assert.deepEqual(
    [...new Set(list.filter((one) => one['table'] === 'raw.transactions').map((one) => one['row_key']))],
    [1, 2, 3, 4, 5, 6, 10],
  );
  assert.equal(list.filter((one) => one['table'] === 'raw.transactions' && one['row_key'] === 4).length, 3);
  const csv = await run(rawSample(), 'check', '--format', 'csv');
  assert.equal(csv.lines[0], 'rule,severity,table,row_key,file,line,column,reason');
  assert.equal(csv.lines.filter((line) => line !== '').length, 17);
});

test('check names the tests that it leaves out', async () => {
  const files = rawSample();
  files.set('packages.yml', 'packages:\n  - package: dbt-labs/dbt_utils\n    version: 1.3.0\n');
  files.set(
    'models/more.yml',
    'sources:\n  - name: more\n    tables:\n      - name: things\n        columns:\n          - name: id\n            data_tests:\n              - dbt_utils.accepted_range: {arguments: {min_value: 0}}\n',
  );
  const { errors } = await run(files, 'check');
  assert.match(errors.join('\n'), /models\/more\.yml:8:\d+: warning: .*dbt_utils/);
});

test('check of clean data ends with 0', async () => {
  const files = rawSample();
  assert.equal((await run(files, 'generate', '--rows', '50')).code, 0);
  const { code, lines } = await run(files, 'check');
  assert.deepEqual([code, lines[0]], [0, 'Checked 150 rows in 3 files by 22 tests: no rule is broken.']);
  assert.deepEqual((await run(files, 'check', '--format', 'json')).lines, ['[]']);
});

test('clean without a yes shows what it would do and writes nothing', async () => {
  const files = rawSample();
  const before = files.paths;
  const { code, lines } = await run(files, 'clean');
  assert.equal(code, 0);
  assert.ok(lines.includes('data/players.csv: 10 kept, 1 rejected'));
  assert.ok(lines.includes('- 11: 10,8,CA,FALSE,2024-10-14 23:45:05+00:00,2024-11-04 11:19:33+00:00'));
  assert.ok(
    lines.some((line) =>
      line.startsWith('source_unique_raw_players_id: keep_latest: rows with the same id are versions of one'),
    ),
  );
  assert.ok(
    lines.includes('Nothing was written. --yes changes the data files; --out DIR writes cleaned copies there.'),
  );
  assert.deepEqual(files.paths, before);
  assert.equal(files.text('data/players.csv'), sampleProjectTexts()['data/players.csv']);
});

test('clean --out writes copies, and not over what is there without a yes', async () => {
  const files = rawSample();
  const out = path.join(folder, 'out');
  assert.equal((await run(files, 'clean', '--out', out)).code, 0);
  assert.deepEqual(fs.readdirSync(out).sort(), ['affiliates.csv', 'players.csv', 'rejects.csv', 'transactions.csv']);
  assert.equal(files.text('data/players.csv'), sampleProjectTexts()['data/players.csv']);
  fs.writeFileSync(path.join(out, 'players.csv'), 'mine');
  const again = await run(files, 'clean', '--out', out);
  assert.equal(again.code, 1);
  assert.match(again.errors.join('\n'), /players\.csv is there already, so nothing was written/);
  assert.equal(fs.readFileSync(path.join(out, 'players.csv'), 'utf8'), 'mine');
  assert.equal((await run(files, 'clean', '--out', out, '--yes')).code, 0);
  assert.match(fs.readFileSync(path.join(out, 'players.csv'), 'utf8'), /^id,affiliate_id/);
});

test('clean --yes, and on from there to more rows', async () => {
  const files = rawSample();
  const refused = await run(files, 'generate', '--extend', '--rows', '200');
  assert.equal(refused.code, 2);
  assert.match(refused.errors.join('\n'), /Only clean rows are extended, and 9 break a rule/);
  assert.equal((await run(files, 'clean', '--yes')).code, 0);
  assert.match(files.text('data/rejects.csv'), /^raw\.transactions,data\/transactions\.csv,5,rejected,/m);
  const cleaned = files.text('data/players.csv');
  assert.equal((await run(files, 'check')).code, 0);
  const extended = await run(files, 'generate', '--extend', '--rows', '200');
  assert.deepEqual([extended.code, extended.lines.at(-1)], [0, 'Tests: 36 passed, 0 failed']);
  assert.ok(files.text('data/players.csv').startsWith(cleaned));
  assert.equal(files.text('data/players.csv').trimEnd().split('\n').length, 201);
});

test('a repair is chosen by the name of the rule', async () => {
  const rule = 'source_unique_raw_players_id';
  const { lines } = await run(rawSample(), 'clean', '--repair', `${rule}=keep_first`);
  assert.ok(lines.includes('- 12: 10,8,CA,TRUE,2024-10-14 23:45:05+00:00,2024-11-06 12:31:09+00:00'));
  for (const [choice, why] of [
    [`${rule}=latest`, /is not RULE=keep_latest\|keep_first\|drop\|empty/],
    [`${rule}=empty`, /that rule can have keep_latest, keep_first, drop/],
    ['no_rule=drop', /no row breaks a rule of that name/],
  ] as const) {
    await assert.rejects(
      run(rawSample(), 'clean', '--repair', choice),
      (error) => error instanceof UsageError && why.test(error.message),
    );
  }
});

test('defects are planted in the generated files, with a ledger and the score of the tests', async () => {
  const files = rawSample();
  const { code, lines } = await run(files, 'generate', '--rows', '100', '--defects', '0.05');
  assert.equal(code, 0);
  assert.ok(lines.includes('Tests: 36 passed, 0 failed'));
  assert.match(lines.join('\n'), /^ {2}transactions\.timestamp: too early +5 {2}transactions_need_a_verified_player$/m);
  assert.match(lines.join('\n'), /^Score: 28 of 36 kinds caught \(77 %\)\.$/m);
  assert.equal(lines.at(-1), 'Wrote data/defects.csv: what was planted where, and what caught it');
  assert.equal((await run(files, 'check')).code, 1);
  for (const rate of ['0', '2', 'x']) {
    await assert.rejects(run(files, 'generate', '--defects', rate), UsageError);
  }
  await assert.rejects(run(files, 'generate', '--defects', '0.1', '--format', 'ndjson'), UsageError);
  await assert.rejects(run(files, 'generate', '--extend', '--format', 'ndjson'), UsageError);
});

test('tests that fail on generated rows end generating with 1, and are named', async () => {
  const files = rawSample();
  files.set('tests/few_players.sql', "select * from {{ source('raw', 'players') }} where id > 3");
  const { code, lines } = await run(files, 'generate', '--rows', '5');
  assert.equal(code, 1);
  assert.deepEqual(lines.slice(-2), ['Tests: 36 passed, 1 failed', '  FAIL 2 few_players']);
  assert.equal((await run(files, 'generate', '--rows', '5', '--no-tests')).code, 0);
});
