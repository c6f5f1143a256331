import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sampleProjectTexts } from '../support/testProject.ts';
import { checked, violationText } from './checked.ts';

const verified = 'transactions_need_a_verified_player';
const notApproved = 'players.is_kyc_approved is false';
const before = (at: string, what: 'created_at' | 'updated_at', then: string): string =>
  `transactions.timestamp (${at}) is before players.${what} (${then})`;

test('the raw sample: player 10 twice, and seven transactions with all their reasons', async () => {
  const { violations, tables, diagnostics, unchecked } = await checked(sampleProjectTexts());
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    tables.map(({ name, rows, key }) => `${name} ${String(rows)} ${String(key)}`),
    ['raw.affiliates 10 id', 'raw.players 11 id', 'raw.transactions 10 id'],
  );
  const transaction = (id: number, reason: string): string =>
    `data/transactions.csv:${String(id + 1)} ${String(id)} ${verified}: ${reason}`;
  assert.deepEqual(violations.map(violationText), [
    'data/players.csv:11 10 source_unique_raw_players_id: id 10 occurs 2 times',
    'data/players.csv:12 10 source_unique_raw_players_id: id 10 occurs 2 times',
    transaction(1, before('2024-01-10 17:07:01', 'created_at', '2024-04-16 19:27:32')),
    transaction(1, before('2024-01-10 17:07:01', 'updated_at', '2024-04-18 08:29:18')),
    transaction(2, before('2024-02-09 19:19:27', 'created_at', '2024-02-24 04:35:15')),
    transaction(2, before('2024-02-09 19:19:27', 'updated_at', '2024-03-05 19:19:09')),
    transaction(3, before('2024-02-13 05:40:50', 'created_at', '2024-09-05 07:53:23')),
    transaction(3, before('2024-02-13 05:40:50', 'updated_at', '2024-10-01 19:17:16')),
    transaction(4, notApproved),
    transaction(4, before('2024-02-24 04:35:15', 'created_at', '2024-03-27 16:28:29')),
    transaction(4, before('2024-02-24 04:35:15', 'updated_at', '2024-04-01 05:38:15')),
    transaction(5, before('2024-03-27 16:28:29', 'created_at', '2024-04-16 19:27:32')),
    transaction(5, before('2024-03-27 16:28:29', 'updated_at', '2024-04-18 08:29:18')),
    transaction(6, before('2024-04-05 02:33:27', 'created_at', '2024-10-14 23:45:05')),
    transaction(6, before('2024-04-05 02:33:27', 'updated_at', '2024-11-06 12:31:09')),
    transaction(10, notApproved),
  ]);
  assert.deepEqual(
    [...new Set(violations.map(({ rule }) => rule.title))],
    [
      'source_unique_raw_players_id',
      'Rule 1: players are not allowed to make any transaction before they are KYC verified.',
    ],
  );
  assert.ok(unchecked.length > 0 && unchecked.every(({ obstacle }) => obstacle.kind === 'readsModel'));
});
