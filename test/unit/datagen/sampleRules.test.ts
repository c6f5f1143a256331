import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { generateSample } from '../../sample/generateInMemory.ts';
import { computeModels, findViolations, parseRows, type SampleTexts } from '../../sample/independentModels.ts';
import { cleanedSample, rawSample } from '../../sample/sampleTables.ts';

const tenSeeds = [1, 2, 3, 5, 8, 13, 21, 34, 42, 'a text'] as const;

function rowCounts(texts: SampleTexts): number[] {
  return [texts.affiliates, texts.players, texts.transactions].map((text) => parseRows(text).length);
}

for (const seed of tenSeeds) {
  test(`1,000 rows a table from seed ${String(seed)} break no rule`, async () => {
    const texts = await generateSample({ seed });
    assert.deepEqual(rowCounts(texts), [1000, 1000, 1000]);
    assert.deepEqual(findViolations(texts), []);
    assertLively(texts);
  });
}

for (const seed of [42, 7]) {
  test(`100,000 rows a table from seed ${String(seed)} break no rule`, async () => {
    const texts = await generateSample({ seed, rows: 100_000 });
    assert.deepEqual(rowCounts(texts), [100_000, 100_000, 100_000]);
    assert.deepEqual(findViolations(texts), []);
    assertLively(texts);
  });
}

for (const [affiliates, players, transactions] of [
  [10, 1000, 5000],
  [1000, 10, 100],
  [0, 50, 20],
  [5, 1, 3],
  [3, 2, 0],
  [0, 0, 0],
] as const) {
  test(`rules hold for ${[affiliates, players, transactions].join(', ')} rows`, async () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const texts = await generateSample({
        seed,
        rowsByTable: { affiliates, players, 'raw.transactions': transactions },
      });
      assert.deepEqual(rowCounts(texts), [affiliates, players, transactions]);
      assert.deepEqual(findViolations(texts), []);
    }
  });
}

/** Data that breaks no rule because it says nothing proves nothing. */
function assertLively(texts: SampleTexts): void {
  const [affiliates, players, transactions] = [texts.affiliates, texts.players, texts.transactions].map(parseRows);
  const share = (rows: typeof players, holds: (row: Record<string, string>) => boolean): number =>
    (rows ?? []).filter(holds).length / (rows?.length ?? 1);
  const near = (actual: number, expected: number): void =>
    assert.ok(Math.abs(actual - expected) < 0.06, `${String(actual)} is not near ${String(expected)}`);
  near(
    share(players, (row) => row['affiliate_id'] !== ''),
    0.8,
  );
  near(
    share(players, (row) => row['is_kyc_approved'] === 'TRUE'),
    0.8,
  );
  near(
    share(affiliates, (row) => row['redeemed_at'] !== ''),
    0.8,
  );
  near(
    share(affiliates, (row) => row['origin'] === ''),
    0.15,
  );
  near(
    share(affiliates, (row) => row['origin'] === 'Discord'),
    0.85 * 0.3,
  );
  near(
    share(transactions, (row) => row['type'] === 'Deposit'),
    0.6,
  );
  assert.equal(new Set(affiliates?.map((row) => row['code'])).size, affiliates?.length);
  assert.ok(affiliates?.every((row) => /^[A-Z]{6}$/.test(row['code'] ?? '')));
  assert.ok(transactions?.every((row) => /^\d+\.\d\d$/.test(row['amount'] ?? '') && Number(row['amount']) >= 5));
  const timestamp = /^2024-\d\d-\d\d \d\d:\d\d:\d\d\+00:00$/;
  assert.ok(transactions?.every((row) => timestamp.test(row['timestamp'] ?? '')));
  assert.ok(players?.every((row) => (row['created_at'] ?? '') <= (row['updated_at'] ?? '')));
  const models = computeModels(texts);
  assert.ok(models.agg_discord_deposits_by_country.length >= 5);
  assert.ok(models.daily_player_transactions.length > 100);
}

/** Files by seed: a change of any of them is a change that users see, and is said in the changelog. */
const expectedHashes: Readonly<Record<string, string>> = {
  '1': 'bb1a5d6fb609af0a11f62d5040cc9795a18eaeda64291ec8ab6984ed8df3d80f',
  '42': '4bfcd6dc8684076392d51a398cd5886094ac30c731befd5d9cc8787e1d1d25a9',
};

for (const [seed, expected] of Object.entries(expectedHashes)) {
  test(`seed ${seed} gives the very bytes it always gave`, async () => {
    const texts = await generateSample({ seed });
    const hash = createHash('sha256').update(texts.affiliates).update(texts.players).update(texts.transactions);
    assert.equal(hash.digest('hex'), expected);
  });
}

test('a number and its text are the same seed, and seeds differ', async () => {
  assert.deepEqual(await generateSample({ seed: 42 }), await generateSample({ seed: '42' }));
  assert.notEqual((await generateSample({ seed: 42 })).players, (await generateSample({ seed: 43 })).players);
});

test('the first rows have the head and the form of the raw sample', async () => {
  const [texts, raw] = [await generateSample({ seed: 42 }), rawSample()];
  for (const table of ['affiliates', 'players', 'transactions'] as const) {
    assert.equal(texts[table].split('\n')[0], raw[table].split('\n')[0]);
    assert.ok(texts[table].endsWith('\n') && !texts[table].includes('\r'));
  }
});

test('the independent models give the known answers of the raw and the cleaned sample', () => {
  const raw = computeModels(rawSample());
  assert.equal(raw.daily_player_transactions.length, 10);
  assert.deepEqual(raw.agg_discord_deposits_by_country, []);
  const only = { second_largest_deposit: undefined, third_largest_deposit: undefined };
  assert.deepEqual(raw.player_top_three_deposits, [
    { player_id: '5', largest_deposit: 30494, ...only },
    { player_id: '10', largest_deposit: 43251, ...only },
  ]);
  const cleaned = computeModels(cleanedSample());
  assert.deepEqual(cleaned.daily_player_transactions, [
    { player_id: '3', transaction_date: '2024-04-16', deposits: 0, withdrawals: -29194 },
    { player_id: '7', transaction_date: '2024-09-05', deposits: 0, withdrawals: -61224 },
    { player_id: '8', transaction_date: '2024-10-13', deposits: 0, withdrawals: -14035 },
  ]);
  assert.equal(cleaned.agg_discord_deposits_by_country.length + cleaned.player_top_three_deposits.length, 0);
});

test('the independent check finds what is wrong in the raw sample, and nothing in the cleaned one', () => {
  const found = findViolations(rawSample());
  const ids = (table: string): string[] => [
    ...new Set(found.filter((one) => one.table === table).map((one) => one.id)),
  ];
  assert.deepEqual(ids('transactions'), ['1', '2', '3', '4', '5', '6', '10']);
  assert.deepEqual(ids('players'), ['10']);
  assert.deepEqual(ids('affiliates'), []);
  assert.equal(found.filter((one) => one.table === 'transactions' && one.id === '4').length, 3);
  assert.deepEqual(findViolations(cleanedSample()), []);
});

test('the independent check finds each broken rule', () => {
  const base = cleanedSample();
  const rules = (texts: Partial<SampleTexts>): number[] => findViolations({ ...base, ...texts }).map((one) => one.rule);
  assert.deepEqual(rules({ affiliates: `${base.affiliates}11,AAAAAA,X,2024-05-05 00:00:00+00:00\n` }), [3]);
  assert.deepEqual(rules({ affiliates: base.affiliates.replace('2024-01-10 17:07:01', '2024-01-10 17:07:02') }), [2]);
  assert.deepEqual(rules({ affiliates: base.affiliates.replace('2024-01-10 17:07:01+00:00', '') }), [2]);
  assert.deepEqual(rules({ players: base.players.replace('2,,BR', '2,1,BR') }), [2]);
  assert.deepEqual(rules({ players: base.players.replace('2,,BR', '2,77,BR') }), [4]);
  assert.deepEqual(rules({ transactions: `${base.transactions}7,2024-12-01 00:00:00+00:00,3,Deposit,1.00\n` }), [5]);
  assert.deepEqual(rules({ transactions: `${base.transactions}70,2024-12-01 00:00:00+00:00,99,Deposit,1.00\n` }), [1]);
});
