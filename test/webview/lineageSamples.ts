import type { DagSnapshot, LineageEdge, LineageNode, LineageSnapshot } from '../../src/protocol/lineageProtocol.ts';
import type { NodeTest, TestVerdict } from '../../src/protocol/nodeFacts.ts';

export type ReadySnapshot = Extract<LineageSnapshot, { readonly state: 'ready' }>;

/** A test of a node with a verdict. */
export function sampleTest(name: string, verdict: TestVerdict, failures = 0): NodeTest {
  const location = { file: 'models/core/core.yml', line: 11, character: 10 };
  return {
    id: `test.gaming_analytics.${name}`,
    name,
    verdict,
    location,
    ...(failures === 0
      ? {}
      : { failures, message: `Expected no rows, found ${String(failures)}: amount is not positive` }),
  };
}

const model = (name: string, more: Partial<LineageNode> = {}): LineageNode => ({
  id: `model.gaming_analytics.${name}`,
  name,
  resourceType: 'model',
  materialized: 'table',
  schema: 'main',
  columns: [{ name: 'player_id', type: 'integer' }],
  location: { file: `models/core/${name}.sql`, line: 0, character: 0 },
  status: 'success',
  tests: [],
  ...more,
});

const source = (name: string, rowCount: number, tests: readonly NodeTest[]): LineageNode => ({
  id: `source.gaming_analytics.raw.${name}`,
  name,
  resourceType: 'source',
  sourceName: 'raw',
  columns: [{ name: 'id', type: 'integer' }],
  location: { file: 'models/sources.yml', line: 8, character: 6 },
  status: 'success',
  rowCount,
  durationMs: 14,
  tests,
});

const ids = {
  affiliates: 'source.gaming_analytics.raw.affiliates',
  players: 'source.gaming_analytics.raw.players',
  transactions: 'source.gaming_analytics.raw.transactions',
  daily: 'model.gaming_analytics.daily_player_transactions',
  discord: 'model.gaming_analytics.agg_discord_deposits_by_country',
  top: 'model.gaming_analytics.player_top_three_deposits',
  exposure: 'exposure.gaming_analytics.weekly_report',
};

const task = (id: string, command: string, ...after: readonly string[]): DagSnapshot['tasks'][number] => ({
  id,
  command: `dbt ${command}`,
  after,
});

const buildOf = (name: string): string => `build --select gaming_analytics.core.${name} --indirect-selection buildable`;

/** The sample's DAG with a task for each model. */
export const dag: DagSnapshot = {
  state: 'dag',
  dagId: 'gaming_analytics_dbt',
  schedule: '@daily',
  tasks: [
    task('source_tests', 'test --select source:* --indirect-selection cautious'),
    task('model_daily_player_transactions', buildOf('daily_player_transactions'), 'source_tests'),
    task('model_agg_discord_deposits_by_country', buildOf('agg_discord_deposits_by_country'), 'source_tests'),
    task('model_player_top_three_deposits', buildOf('player_top_three_deposits'), 'source_tests'),
  ],
};

/** The gaming project after a build: seven nodes in each kind of state. */
export const gaming: ReadySnapshot = {
  state: 'ready',
  projectName: 'gaming_analytics',
  generation: 1,
  canRun: true,
  nodes: [
    source('affiliates', 1000, [
      sampleTest('unique_affiliates_id', 'pass'),
      sampleTest('not_null_affiliates_id', 'pass'),
    ]),
    source('players', 1000, [sampleTest('unique_players_id', 'fail', 2), sampleTest('not_null_players_id', 'pass')]),
    source('transactions', 1_000_000, [sampleTest('unique_transactions_id', 'pass')]),
    model('daily_player_transactions', {
      rowCount: 812,
      durationMs: 23,
      tests: [sampleTest('unique_daily', 'pass'), sampleTest('withdrawals_are_negative', 'warn', 3)],
    }),
    model('agg_discord_deposits_by_country', {
      status: 'error',
      message: 'no such column: countrycode',
      tests: [sampleTest('unique_country', 'skipped')],
    }),
    model('player_top_three_deposits', { materialized: 'view', status: 'running' }),
    {
      id: ids.exposure,
      name: 'weekly_report',
      resourceType: 'exposure',
      columns: [],
      status: 'none',
      tests: [],
    },
  ],
  edges: [
    { from: ids.players, to: ids.daily },
    { from: ids.transactions, to: ids.daily },
    { from: ids.affiliates, to: ids.discord },
    { from: ids.players, to: ids.discord },
    { from: ids.transactions, to: ids.discord },
    { from: ids.transactions, to: ids.top },
    { from: ids.daily, to: ids.exposure },
  ],
};

/** A project of some size: layers of models, each reading two of the layer before. */
export function largeProject(count: number): ReadySnapshot {
  const perLayer = Math.max(Math.round(Math.sqrt(count) * 1.5), 1);
  const nodes = Array.from({ length: count }, (_, at) =>
    model(`stg_model_${String(at)}`, { rowCount: at * 37, tests: [sampleTest(`unique_${String(at)}`, 'pass')] }),
  );
  const edges = nodes.flatMap((node, at): LineageEdge[] => {
    const layer = Math.floor(at / perLayer);
    if (layer === 0) return [];
    const start = (layer - 1) * perLayer;
    return [...new Set([start + (at % perLayer), start + ((at * 7) % perLayer)])].flatMap((from) => {
      const parent = nodes[from];
      return parent === undefined ? [] : [{ from: parent.id, to: node.id }];
    });
  });
  return { ...gaming, projectName: 'large', nodes, edges };
}

/** One model, nothing upstream. */
export const single: ReadySnapshot = { ...gaming, nodes: [model('only_model', { rowCount: 1 })], edges: [] };

/** Names as long as some databases allow. */
export const longNames: ReadySnapshot = {
  ...gaming,
  nodes: gaming.nodes.map((node) => ({
    ...node,
    name: `${node.name}_with_a_name_that_goes_on_and_on_until_nobody_wants_to_read_it_to_the_end`,
    materialized: 'materialized_view',
  })),
};

/** The node of the gaming project with a name. */
export function idOf(name: keyof typeof ids): string {
  return ids[name];
}
