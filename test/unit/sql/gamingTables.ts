import type { RelationTypes } from '../../../src/core/sql/translation.ts';

/** The three source tables of the sample project, as the loader types them. */
export const gamingTables: RelationTypes = {
  affiliates: [
    { name: 'id', type: { kind: 'integer' } },
    { name: 'code', type: { kind: 'text' } },
    { name: 'origin', type: { kind: 'text' } },
    { name: 'redeemed_at', type: { kind: 'timestamp' } },
  ],
  players: [
    { name: 'id', type: { kind: 'integer' } },
    { name: 'affiliate_id', type: { kind: 'integer' } },
    { name: 'country_code', type: { kind: 'text' } },
    { name: 'is_kyc_approved', type: { kind: 'boolean' } },
    { name: 'created_at', type: { kind: 'timestamp' } },
  ],
  transactions: [
    { name: 'id', type: { kind: 'integer' } },
    { name: 'timestamp', type: { kind: 'timestamp' } },
    { name: 'player_id', type: { kind: 'integer' } },
    { name: 'type', type: { kind: 'text' } },
    { name: 'amount', type: { kind: 'decimal', scale: 2 } },
  ],
};
