import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generateSample } from '../sample/generateInMemory.ts';
import { cleanedSample, rawSample } from '../sample/sampleTables.ts';
import { countViolations } from './leanRules.ts';

const none = { 1: 0, 2: 0, 3: 0, 5: 0 };

test('the count sees what is wrong with the raw sample', () => {
  // Transactions 1 to 6 and 10, and player 10 twice, who then has one affiliate twice.
  assert.deepEqual(countViolations(rawSample()), { 1: 7, 2: 1, 3: 0, 5: 1 });
  assert.deepEqual(countViolations(cleanedSample()), none);
});

const seeds = Array.from({ length: 20 }, (_, i) => i + 1);

for (const rows of [1_000, 100_000]) {
  test(`${rows.toLocaleString('en')} rows a table of 20 seeds break no rule`, async () => {
    for (const seed of seeds)
      assert.deepEqual(countViolations(await generateSample({ seed, rows })), none, String(seed));
  });
}

test('1,000,000 transactions of 20 seeds break no rule', async () => {
  for (const seed of seeds) {
    const rowsByTable = { affiliates: 200_000, players: 200_000, transactions: 1_000_000 };
    assert.deepEqual(countViolations(await generateSample({ seed, rowsByTable })), none, String(seed));
  }
});
