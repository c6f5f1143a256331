/**
 * The sample at 1,000, 100,000 and 1,000,000 transactions (a fifth as many players): each step's median beside the same
 * step on native SQLite (better-sqlite3), as a ratio. The native side loads the same CSVs by inserts in one
 * transaction, and runs the SQL that Modelyard executed.
 *
 * usage: npm run bench
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { neverCancelled } from '../src/core/diagnostics/cancellation.ts';
import type { UniqueId } from '../src/core/project/uniqueId.ts';
import type { RunEvent } from '../src/core/run/runEvent.ts';
import { executionSeconds } from '../src/core/run/nodeResult.ts';
import { generateData } from '../src/core/service/generateData.ts';
import { ModelyardProject } from '../src/core/service/modelyardProject.ts';
import { createSampleProject, sampleProjectFolder } from '../src/core/service/sampleProject.ts';
import { tablePage } from '../src/core/service/tableRows.ts';
import { nodeFiles } from '../src/cli/nodeFiles.ts';
import { nodeEngineAssets, startEngine } from '../src/engine/node/startEngine.ts';
import { sampleFiles } from '../scripts/sampleFiles.mjs';

const root = process.env['MODELYARD_ROOT'] ?? process.cwd();
const models = ['daily_player_transactions', 'agg_discord_deposits_by_country', 'player_top_three_deposits'];
const sizes = [
  { transactions: 1_000, rounds: 5 },
  { transactions: 100_000, rounds: 3 },
  { transactions: 1_000_000, rounds: 1 },
];

/** Milliseconds by step. */
type Steps = Map<string, number>;

const clock = { now: () => performance.timeOrigin + performance.now() };

async function timed<T>(steps: Steps, name: string, work: () => T | Promise<T>): Promise<T> {
  const start = performance.now();
  const result = await work();
  steps.set(name, (steps.get(name) ?? 0) + performance.now() - start);
  return result;
}

async function newProject(folder: string): Promise<ModelyardProject> {
  const files = nodeFiles(folder);
  const read = (from: string): Promise<Uint8Array> => fs.promises.readFile(path.join(root, from));
  await createSampleProject(files, sampleFiles(root), read);
  return new ModelyardProject(
    {
      files: nodeFiles(path.join(folder, sampleProjectFolder)),
      engine: startEngine(nodeEngineAssets(path.join(root, 'dist'))),
      clock,
      environmentVariable: () => undefined,
      newId: () => 'bench',
      profiles: () => Promise.resolve(undefined),
    },
    { targetName: undefined, vars: {} },
  );
}

async function modelyardRound(project: ModelyardProject, transactions: number): Promise<Steps> {
  const steps: Steps = new Map();
  const rowsByTable = { affiliates: transactions / 5, players: transactions / 5, transactions };
  await timed(steps, 'generate', () =>
    generateData(project, { rowsByTable, seed: 42, cancellation: neverCancelled, progress: () => undefined }),
  );
  let loadStarted = 0;
  const onEvent = (event: RunEvent): void => {
    if (event.kind === 'sourceLoading' && event.rows === 0) loadStarted = performance.now();
    if (event.kind === 'sourceLoaded') add(steps, 'load', performance.now() - loadStarted);
    if (event.kind !== 'nodeFinished') return;
    const { node } = event.result;
    add(steps, node.resourceType === 'test' ? 'tests' : node.name, executionSeconds(event.result) * 1000);
  };
  const request = {
    command: 'build',
    select: [],
    exclude: [],
    args: {},
    cancellation: neverCancelled,
    onEvent,
  } as const;
  const outcome = await timed(steps, 'build', () => project.run(request));
  if (outcome.kind === 'refused' || outcome.results.results.some(({ status }) => !/pass|success/.test(status))) {
    throw new Error('the sample did not build');
  }
  const { manifest } = await project.read();
  if (manifest === undefined) throw new Error('the sample cannot be read');
  const id = 'model.gaming_analytics.daily_player_transactions' as UniqueId;
  await timed(steps, 'first 500 rows', () => tablePage(project, manifest, id, { from: 0, count: 500 }));
  return steps;
}

function add(steps: Steps, name: string, milliseconds: number): void {
  steps.set(name, (steps.get(name) ?? 0) + milliseconds);
}

/** The same steps on native SQLite; what Modelyard executed stands in target/run. */
async function nativeRound(project: string): Promise<Steps> {
  const steps: Steps = new Map();
  const file = path.join(project, 'target', 'native.db');
  fs.rmSync(file, { force: true });
  const database = new Database(file);
  await timed(steps, 'build', async () => {
    await timed(steps, 'load', () => loadNatively(database, project));
    for (const [name, sql] of executedSql(project)) {
      await timed(steps, models.includes(name) ? name : 'tests', () => {
        if (models.includes(name)) database.exec(sql);
        else database.prepare(sql).all();
      });
    }
  });
  await timed(steps, 'first 500 rows', () =>
    database
      .prepare(`select * from ${models[0] ?? ''} limit 500`)
      .raw()
      .all(),
  );
  database.close();
  return steps;
}

const tables = {
  raw__affiliates: 'id integer, code text, origin text, redeemed_at text',
  raw__players:
    'id integer, affiliate_id integer, country_code text, is_kyc_approved integer, created_at text, updated_at text',
  raw__transactions: 'id integer, timestamp text, player_id integer, type text, amount real',
};

/** What a careful script does: split the lines, convert the values, insert in one transaction. */
function loadNatively(database: Database.Database, project: string): void {
  database.exec('begin');
  for (const [table, columns] of Object.entries(tables)) {
    database.exec(`create table ${table} (${columns})`);
    const insert = database.prepare(
      `insert into ${table} values (${columns
        .split(',')
        .map(() => '?')
        .join(', ')})`,
    );
    const csv = fs.readFileSync(path.join(project, 'data', `${table.replace('raw__', '')}.csv`), 'utf8');
    for (const line of csv.split('\n').slice(1)) if (line !== '') insert.run(line.split(',').map(nativeValue));
  }
  database.exec('commit');
}

function nativeValue(text: string): string | number | null {
  if (text === '') return null;
  if (text === 'TRUE' || text === 'FALSE') return text === 'TRUE' ? 1 : 0;
  const number = Number(text);
  return Number.isNaN(number) ? text.replace('+00:00', '') : number;
}

/** Models first in the order of their depth, then the tests. */
function executedSql(project: string): [string, string][] {
  const folder = path.join(project, 'target', 'run');
  const files = fs.readdirSync(folder, { recursive: true }).map(String);
  const read = files
    .filter((one) => one.endsWith('.sql'))
    .map((one): [string, string] => [path.basename(one, '.sql'), fs.readFileSync(path.join(folder, one), 'utf8')]);
  const rank = ([name]: [string, string]): number => (models.includes(name) ? 0 : 1);
  return read.sort((a, b) => rank(a) - rank(b));
}

function median(rounds: readonly Steps[], name: string): number | undefined {
  const values = rounds.flatMap((steps) => steps.get(name) ?? []).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}

const number = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(value < 10 ? 1 : 0));

console.log(`Node ${process.version}, ${String(os.cpus().length)} cores, medians in milliseconds`);
for (const { transactions, rounds } of sizes) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-bench-'));
  const project = await newProject(folder);
  const ours: Steps[] = [];
  const theirs: Steps[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      ours.push(await modelyardRound(project, transactions));
      theirs.push(await nativeRound(path.join(folder, sampleProjectFolder)));
    }
  } finally {
    await project.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }
  console.log(`\n${transactions.toLocaleString('en')} transactions, ${String(rounds)} rounds`);
  console.log('| step | Modelyard | native SQLite | ratio |\n| --- | ---: | ---: | ---: |');
  for (const name of ['generate', 'load', ...models, 'tests', 'build', 'first 500 rows']) {
    const [mine, native] = [median(ours, name), median(theirs, name)];
    const ratio = mine === undefined || native === undefined ? '' : (mine / native).toFixed(2);
    console.log(`| ${name} | ${number(mine)} | ${number(native)} | ${ratio} |`);
  }
}
