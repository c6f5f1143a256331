/**
 * Seconds to load a CSV of transactions into the embedded engine (reading, parsing, checking types, inserting), as a
 * ratio to the bare inserts of the same rows, parsed beforehand, into native SQLite (better-sqlite3, one prepared
 * statement, one transaction).
 *
 * usage: npm run bench load [transactions] [rounds]     (defaults: 1,000,000 and 3)
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type Database from 'better-sqlite3';
import { type LoadColumn } from '../src/core/run/sqlEngine.ts';
import { SqlJsEngine } from '../src/engine/sqlJsEngine.ts';
import { startSqlJs } from '../src/engine/sqljs/sqlJsRuntime.ts';
import { compileWasm } from '../src/engine/wasm.ts';
import { median } from './median.ts';
import { nativeSqlite } from './nativeSqlite.ts';
import { transactionRow, writeTransactions } from './transactionsFile.ts';

const transactions = Number(process.argv[2] ?? 1_000_000);
const rounds = Number(process.argv[3] ?? 3);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-load-'));
const file = path.join(folder, 'transactions.csv');
const declared: readonly LoadColumn[] = [
  { name: 'id', type: 'integer' },
  { name: 'timestamp', type: 'timestamp' },
  { name: 'player_id', type: 'integer' },
  { name: 'type', type: 'text' },
  { name: 'amount', type: 'decimal' },
];

const runtime = await startSqlJs(
  await compileWasm(fs.readFileSync(path.join(process.cwd(), 'node_modules/sql.js/dist/sql-wasm.wasm'))),
);

async function embedded(columns: readonly LoadColumn[], documentedOnly: boolean): Promise<void> {
  const engine = new SqlJsEngine(documentedOnly ? { ...runtime, c: undefined } : runtime);
  await engine.open();
  const chunks = fs.createReadStream(file, { highWaterMark: 512 * 1024 });
  const result = await engine.load({ table: 'transactions', file, columns }, chunks);
  if (!result.loaded || result.rowCount !== transactions) throw new Error(JSON.stringify(result.faults));
  await engine.close();
}

const Native = nativeSqlite();
const rows = Native === undefined ? [] : Array.from({ length: transactions }, (_, at) => transactionRow(at + 1));

function native(open: typeof Database): void {
  const database = new open(':memory:');
  database.exec('CREATE TABLE transactions (id INTEGER, timestamp TEXT, player_id INTEGER, type TEXT, amount REAL)');
  const insert = database.prepare('INSERT INTO transactions VALUES (?, ?, ?, ?, ?)');
  database.transaction(() => rows.forEach((one) => insert.run(...one)))();
  database.close();
}

const ways: readonly (readonly [name: string, run: () => Promise<void> | void])[] = [
  ...(Native === undefined ? [] : [['native SQLite, row inserts', () => native(Native)] as const]),
  ['types declared', () => embedded(declared, false)],
  ['types inferred', () => embedded([], false)],
  ['types declared, documented functions of sql.js only', () => embedded(declared, true)],
];

await writeTransactions(file, transactions, '+00:00');
const times = new Map<string, number[]>(ways.map(([name]) => [name, []]));
// The ways take turns, so that what else the machine does falls on all of them.
for (let round = 0; round < rounds; round += 1) {
  for (const [name, run] of ways) {
    const start = performance.now();
    await run();
    times.get(name)?.push(performance.now() - start);
  }
}
fs.rmSync(folder, { recursive: true });

const base = Native === undefined ? undefined : median(times.get('native SQLite, row inserts') ?? []);
console.log(`${transactions.toLocaleString('en')} transactions, ${rounds} rounds, median`);
if (base === undefined) console.log('better-sqlite3 is not built: no ratios');
for (const [name, list] of times) {
  const ratio = base === undefined ? '' : `  ${(median(list) / base).toFixed(2)} of native`;
  console.log(`${name.padEnd(52)} ${(median(list) / 1000).toFixed(2)} s${ratio}`);
}
