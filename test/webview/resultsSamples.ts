import type { ResultsContent, ResultsSource } from '../../src/extension/views/resultsChannel.ts';
import type { NodeTest } from '../../src/protocol/nodeFacts.ts';
import type { ResultsColumn, ResultsSubject, ResultsValue } from '../../src/protocol/resultsProtocol.ts';
import { sampleTest } from './lineageSamples.ts';

export type RowsContent = Extract<ResultsContent, { readonly state: 'rows' }>;

const columns: readonly ResultsColumn[] = [
  { name: 'player_id', type: 'integer', align: 'end' },
  { name: 'day', type: 'date' },
  { name: 'deposits', type: 'decimal(18,2)', align: 'end' },
  { name: 'withdrawals', type: 'decimal(18,2)', align: 'end' },
  { name: 'affiliate_origin', type: 'varchar' },
  { name: 'note', type: 'varchar' },
];

const tests: readonly NodeTest[] = [
  sampleTest('unique_daily_player_transactions_player_id_day', 'pass'),
  sampleTest('withdrawals_are_not_positive', 'fail', 2),
  sampleTest('deposits_have_two_decimals', 'warn', 1),
  sampleTest('not_null_daily_player_transactions_day', 'pass'),
];

/** The node that the samples are of. */
export const dailySubject: ResultsSubject = {
  kind: 'node',
  id: 'model.gaming_analytics.daily_player_transactions',
  resourceType: 'model',
  status: 'success',
  location: { file: 'models/core/daily_player_transactions.sql', line: 0, character: 0 },
  tests,
};

/** The sample's header; the rows come from `sampleRows`. */
export const daily: RowsContent = {
  state: 'rows',
  title: 'daily_player_transactions',
  subject: dailySubject,
  columns,
  rowCount: 812,
  durationMs: 23,
};

/** The same without failing tests, so that the tests stay folded up. */
export const quiet: RowsContent = {
  ...daily,
  subject: { ...dailySubject, tests: tests.filter(({ verdict }) => verdict === 'pass') },
};

/** A row of the sample by its number: NULLs, empty text, exact decimals and a value too wide for its column. */
export function sampleRow(at: number): readonly ResultsValue[] {
  return [
    at + 1,
    `2024-01-${String((at % 28) + 1).padStart(2, '0')}`,
    `${String(at * 7)}.50`,
    at % 3 === 0 ? null : `-${String(at)}.05`,
    at % 4 === 0 ? '' : 'Discord',
    at % 5 === 0 ? 'a note that goes on and on until it is wider than any column should ever be' : 'ok',
  ];
}

/** Rows up to a count, and the windows that were asked for. */
export function sampleSource(rowCount: number): ResultsSource & { readonly windows: readonly string[] } {
  const windows: string[] = [];
  return {
    windows,
    page: (from, count) => {
      windows.push(`${String(from)}+${String(count)}`);
      return Promise.resolve(
        Array.from({ length: Math.max(Math.min(count, rowCount - from), 0) }, (_, at) => sampleRow(from + at)),
      );
    },
  };
}
