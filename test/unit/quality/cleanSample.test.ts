import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleProjectTexts } from '../support/testProject.ts';
import { checked } from './checked.ts';
import { cleaned } from './cleaned.ts';

const ids = (csv: string): readonly string[] =>
  csv
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',')[0] ?? '');

test('the raw sample: ten affiliates, ten players with the later version of 10, transactions 7, 8 and 9', async () => {
  const raw = sampleProjectTexts();
  const { plan, files } = await cleaned(raw);
  const ten = Array.from({ length: 10 }, (_, i) => String(i + 1));
  assert.deepEqual(files.paths, ['affiliates.csv', 'players.csv', 'rejects.csv', 'transactions.csv']);
  assert.equal(files.text('affiliates.csv'), raw['data/affiliates.csv']);
  assert.deepEqual(ids(files.text('players.csv')), ten);
  assert.match(files.text('players.csv'), /^10,8,CA,TRUE,/m);
  assert.deepEqual(ids(files.text('transactions.csv')), ['7', '8', '9']);
  assert.deepEqual(plan.left, []);
});

test('every rejected row of the raw sample names its reasons, transaction 4 three', async () => {
  const { files } = await cleaned(sampleProjectTexts());
  const lines = files.text('rejects.csv').trim().split('\n');
  assert.equal(lines[0], 'table,file,line,action,rules,reasons,record');
  const reasons = lines.slice(2).map((line) => line.split('; ').length);
  assert.equal(
    lines[1],
    'raw.players,data/players.csv,11,rejected,source_unique_raw_players_id,"id 10 occurs 2 times; line 12 is kept, the latest (updated_at 2024-11-06 12:31:09)","10,8,CA,FALSE,2024-10-14 23:45:05+00:00,2024-11-04 11:19:33+00:00"',
  );
  // Transactions 1 to 6, and 10.
  assert.deepEqual(reasons, [2, 2, 2, 3, 2, 2, 1]);
  assert.ok(lines[5]?.endsWith('"4,2024-02-24 04:35:15+00:00,5,Deposit,304.94"'));
});

test('what was cleaned breaks no rule', async () => {
  const raw = sampleProjectTexts();
  const { files } = await cleaned(raw);
  const names = ['affiliates', 'players', 'transactions'];
  const clean = Object.fromEntries(names.map((name) => [`data/${name}.csv`, files.text(`${name}.csv`)]));
  assert.deepEqual((await checked({ ...raw, ...clean })).violations, []);
});
