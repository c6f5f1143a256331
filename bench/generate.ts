/**
 * Rows a second of generating the sample's three tables as files on disk, beside plain faker calls per field and beside
 * Python's Faker with pandas, which write the same columns (and keep fewer of the rules). Planning is part of the time,
 * reading the project is not. Then the time and the peak memory of `modelyard generate` as a process of its own.
 *
 * usage: npm run bench generate [transactions] [rounds]     (defaults: 1,000,000 and 5; affiliates and players are a fifth)
 */
import { faker } from '@faker-js/faker';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { generate } from '../src/core/datagen/generate.ts';
import { planGeneration } from '../src/core/datagen/planGeneration.ts';
import { rowFormats, type RowFormatName } from '../src/core/datagen/rowFormat.ts';
import type { FileSink } from '../src/core/project/projectFiles.ts';
import { sampleFiles } from '../scripts/sampleFiles.mjs';
import { sampleTables } from '../test/sample/sampleTables.ts';
import { median } from './median.ts';

const transactions = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 5);
const others = Math.ceil(transactions / 5);
const tables = sampleTables();
const root = process.env['MODELYARD_ROOT'] ?? process.cwd();
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-generate-'));

async function openSink(file: string): Promise<FileSink> {
  const target = path.join(folder, path.basename(file));
  const handle = await fs.promises.open(`${target}.part`, 'w');
  return {
    write: async (chunk) => {
      await handle.write(chunk);
    },
    commit: async () => {
      await handle.close();
      await fs.promises.rename(`${target}.part`, target);
    },
    abort: async () => {
      await handle.close();
      await fs.promises.rm(`${target}.part`);
    },
  };
}

async function modelyard(seed: number, format: RowFormatName): Promise<void> {
  const rowsByTable = { affiliates: others, players: others, transactions };
  const { value: plan } = planGeneration(tables, { seed, rowsByTable });
  if (plan === undefined) throw new Error('the plan was refused');
  await generate(plan, openSink, { format: rowFormats[format] });
}

const year = { from: '2024-01-01T00:00:00Z', to: '2024-12-31T23:59:59Z' };
const time = (from: Date | string = year.from): Date => faker.date.between({ from, to: year.to });
const timeText = (date: Date): string => `${date.toISOString().slice(0, 19).replace('T', ' ')}+00:00`;

/** One faker call a field, a line at a time into a stream. */
async function plainFaker(seed: number): Promise<void> {
  faker.seed(seed);
  const created = Array.from({ length: others }, () => time());
  const updated = created.map((date) => time(date));
  await writeLines('affiliates', 'id,code,origin,redeemed_at', others, (row) => [
    row + 1,
    faker.string.alpha({ length: 6, casing: 'upper' }),
    faker.helpers.arrayElement(['YouTube', 'Discord', 'X', 'Twitch', '']),
    faker.datatype.boolean(0.8) ? timeText(created[row] ?? new Date(0)) : '',
  ]);
  await writeLines('players', 'id,affiliate_id,country_code,is_kyc_approved,created_at,updated_at', others, (row) => [
    row + 1,
    faker.datatype.boolean(0.8) ? row + 1 : '',
    faker.location.countryCode(),
    faker.datatype.boolean(0.8) ? 'TRUE' : 'FALSE',
    timeText(created[row] ?? new Date(0)),
    timeText(updated[row] ?? new Date(0)),
  ]);
  await writeLines('transactions', 'id,timestamp,player_id,type,amount', transactions, (row) => {
    const player = faker.number.int({ min: 1, max: others });
    return [
      row + 1,
      timeText(time(updated[player - 1])),
      player,
      faker.helpers.arrayElement(['Deposit', 'Withdraw']),
      faker.finance.amount({ min: 5, max: 10_000, dec: 2 }),
    ];
  });
}

async function writeLines(
  table: string,
  header: string,
  rows: number,
  fields: (row: number) => readonly (string | number)[],
): Promise<void> {
  const stream = fs.createWriteStream(path.join(folder, `${table}.csv`));
  stream.write(`${header}\n`);
  for (let row = 0; row < rows;) {
    let chunk = '';
    for (const end = Math.min(row + 1000, rows); row < end; row++) chunk += `${fields(row).join(',')}\n`;
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Python is so much slower that fewer rows do. */
const pythonTransactions = Math.min(transactions, 50_000);

/** Milliseconds of Faker and pandas for so many transactions, as they tell them: without starting and importing. */
function pythonFaker(python: string, seed: number): number {
  const script = path.join(root, 'bench/python/generate.py');
  const { stdout, stderr, status } = spawnSync(python, [script, folder, String(pythonTransactions), String(seed)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stdout);
}

/** Runs `modelyard generate` on the sample in a process of its own, without the tests that follow. */
function commandLine(...args: readonly string[]): { readonly seconds: number; readonly megabytes: number } {
  const project = path.join(folder, 'sample');
  for (const { from, to } of sampleFiles(root)) {
    const target = path.join(project, to);
    fs.mkdirSync(path.dirname(target), { recursive: true });
    fs.copyFileSync(path.join(root, from), target);
  }
  const tell = path.join(folder, 'tell.cjs');
  fs.writeFileSync(tell, "process.on('exit', () => console.error(process.resourceUsage().maxRSS));");
  const cli = path.join(process.env['MODELYARD_DIST'] ?? path.join(root, 'dist'), 'cli.js');
  const call = ['--require', tell, cli, 'generate', '--no-tests', '--project-dir', path.join(project, 'dbt_project')];
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [...call, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return { seconds: (performance.now() - start) / 1000, megabytes: Number(stderr.trim().split('\n').at(-1)) / 1024 };
}

const count = (rows: number): string => rows.toLocaleString('en');

function report(name: string, milliseconds: readonly number[], rows: number): number {
  const ms = median(milliseconds);
  const rate = (rows / ms) * 1000;
  console.log(
    `${name.padEnd(26)}${count(rows).padStart(12)}${ms.toFixed(0).padStart(8)} ms${count(Math.round(rate)).padStart(14)} transactions a second`,
  );
  return rate;
}

try {
  const python = process.env['MODELYARD_PYTHON'];
  const times = { csv: [] as number[], ndjson: [] as number[], plain: [] as number[], python: [] as number[] };
  // Both sides of JavaScript run twice unmeasured: a compiler that is still at work is not what is compared.
  for (let round = 0; round < 2; round++) {
    await modelyard(round, 'csv');
    await modelyard(round, 'ndjson');
    await plainFaker(round);
  }
  for (let round = 0; round < rounds; round++) {
    times.csv.push(await timed(() => modelyard(round, 'csv')));
    times.plain.push(await timed(() => plainFaker(round)));
    times.ndjson.push(await timed(() => modelyard(round, 'ndjson')));
    if (python !== undefined) times.python.push(pythonFaker(python, round));
  }
  console.log(`transactions, and a fifth as many affiliates and players; median of ${String(rounds)}`);
  const own = report('modelyard, CSV', times.csv, transactions);
  report('modelyard, NDJSON', times.ndjson, transactions);
  const plain = report('faker, call per field', times.plain, transactions);
  console.log(`ratio to faker ${(own / plain).toFixed(1)}`);
  if (python !== undefined) {
    const slow = report("Python's Faker and pandas", times.python, pythonTransactions);
    console.log(`ratio to Python ${(own / slow).toFixed(1)}`);
  }
  for (const rows of [transactions, 10 * transactions]) {
    const size = ['--rows', String(Math.ceil(rows / 5)), '--table', `transactions=${String(rows)}`];
    const { seconds, megabytes } = commandLine(...size);
    console.log(
      `modelyard generate, ${count(rows)} transactions: ${seconds.toFixed(1)} s, at most ${megabytes.toFixed(0)} MB`,
    );
  }
  const { seconds, megabytes } = commandLine('--rows', String(transactions));
  console.log(
    `modelyard generate, ${count(transactions)} rows of each table: ${seconds.toFixed(1)} s, at most ${megabytes.toFixed(0)} MB`,
  );
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
