/**
 * Rows a second of generating the sample's three tables as CSV files on disk, beside plain faker calls per field
 * that write the same columns (and keep fewer of the rules). Planning is part of the time, reading the project is not.
 *
 * usage: npm run bench generate [transactions] [rounds]     (defaults: 1,000,000 and 3; affiliates and players are a fifth)
 */
import { faker } from '@faker-js/faker';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { generate } from '../src/core/datagen/generate.ts';
import { planGeneration } from '../src/core/datagen/planGeneration.ts';
import type { FileSink } from '../src/core/project/projectFiles.ts';
import { sampleTables } from '../test/sample/sampleTables.ts';
import { median } from './median.ts';

const transactions = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);
const others = Math.ceil(transactions / 5);
const tables = sampleTables();
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

async function modelyard(seed: number): Promise<void> {
  const rowsByTable = { affiliates: others, players: others, transactions };
  const { value: plan } = planGeneration(tables, { seed, rowsByTable });
  if (plan === undefined) throw new Error('the plan was refused');
  await generate(plan, openSink);
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

try {
  const ours: number[] = [];
  const plain: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await timed(() => modelyard(round)));
    plain.push(await timed(() => plainFaker(round)));
  }
  const line = (name: string, ms: number): string =>
    `${name.padEnd(24)}${ms.toFixed(0).padStart(8)} ms${Math.round((transactions / ms) * 1000)
      .toLocaleString('en')
      .padStart(14)} transactions a second`;
  console.log(
    `${transactions.toLocaleString('en')} transactions, ${others.toLocaleString('en')} affiliates and players, median of ${rounds}`,
  );
  console.log(line('modelyard generate', median(ours)));
  console.log(line('faker, call per field', median(plain)));
  console.log(`ratio ${(median(plain) / median(ours)).toFixed(1)}`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
