/**
 * How far it goes: a project of many models read, and again after one edit, and one large seed loaded, beside dbt-core
 * on DuckDB. Each side runs in a process of its own that has loaded all its code, and tells its greatest memory; dbt is
 * measured on fewer models and a smaller seed, since it takes long, and Modelyard on these too: equal sizes are compared,
 * and of seeds the rows a second.
 *
 * usage: npm run bench scale [models] [models for dbt] [MB] [MB for dbt]     (defaults: 10,000, 2,000, 50 and 5)
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { neverCancelled } from '../src/core/diagnostics/cancellation.ts';
import { formatDiagnostic } from '../src/core/diagnostics/diagnostic.ts';
import { nodeEngineAssets, startEngine } from '../src/engine/node/startEngine.ts';
import { modelFile, writeManyModels } from './manyModels.ts';
import { writeTransactions } from './transactionsFile.ts';
import { openProject } from './openProject.ts';

const root = process.env['MODELYARD_ROOT'] ?? process.cwd();
const dist = process.env['MODELYARD_DIST'] ?? path.join(root, 'dist');
const python = process.env['MODELYARD_PYTHON'];

/** Milliseconds of each step, and the greatest memory of the process in megabytes. */
interface Figures {
  readonly times: Readonly<Record<string, number>>;
  readonly memory: number;
}

/** What a process measures: reading a project and again after an edit of a file, or loading its seed. */
type Task =
  | { readonly kind: 'read'; readonly folder: string; readonly edited: string }
  | { readonly kind: 'seed'; readonly folder: string };

async function measured(task: Task): Promise<Figures> {
  const times: Record<string, number> = {};
  const timed = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    times[step] = performance.now() - start;
    return result;
  };
  const engine = startEngine(nodeEngineAssets(dist));
  const project = openProject(task.folder, engine);
  try {
    if (task.kind === 'read') {
      const { diagnostics } = await timed('read', () => project.read());
      if (diagnostics.length > 0) throw new Error(diagnostics.map(formatDiagnostic).slice(0, 3).join('\n'));
      fs.appendFileSync(path.join(task.folder, task.edited), '-- edited\n');
      project.changed([task.edited]);
      await timed('read after one edit', () => project.read());
    } else {
      await project.read();
      const request = { command: 'seed', select: [], exclude: [], cancellation: neverCancelled } as const;
      const outcome = await timed('seed', () => project.run({ ...request, onEvent: () => undefined }));
      if (outcome.kind === 'refused' || outcome.results.results.some(({ status }) => status !== 'success'))
        throw new Error(outcome.diagnostics.map(formatDiagnostic).join('\n'));
    }
  } finally {
    await engine.close();
  }
  return { times, memory: process.resourceUsage().maxRSS / 1000 };
}

/** Measures in another process: this program again, or dbt's. */
function inProcess(program: string, args: readonly string[]): Figures {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Figures;
}

const ours = (task: Task): Figures =>
  inProcess(process.execPath, [process.argv[1] ?? '', 'measure', JSON.stringify(task)]);
const dbts = (task: Task): Figures | undefined =>
  python === undefined
    ? undefined
    : inProcess(python, [path.join(root, 'bench/python/dbt_scale.py'), JSON.stringify(task)]);

const megabytes = (memory: number): string => `${memory.toFixed(0)} MB`;
const count = (number: number): string => Math.round(number).toLocaleString('en');

function benchModels(home: string, sizes: readonly number[], most: number): void {
  for (const models of new Set(sizes)) {
    const folder = path.join(home, `models-${String(models)}`);
    writeManyModels(folder, models);
    const task = { kind: 'read', folder, edited: modelFile(models - 1) } as const;
    const own = ours(task);
    const peer = models <= most ? dbts(task) : undefined;
    const memory = peer === undefined ? '' : `, dbt-core ${megabytes(peer.memory)}`;
    console.log(`\n${count(models)} models (memory: ${megabytes(own.memory)}${memory})`);
    for (const [step, time] of Object.entries(own.times)) {
      const other = peer?.times[step];
      const ratio = other === undefined ? '' : `   dbt-core ${count(other)} ms, ${(other / time).toFixed(1)} times`;
      console.log(`  ${step.padEnd(22)} ${count(time).padStart(9)} ms${ratio}`);
    }
  }
}

async function benchSeed(home: string, side: string, size: number, measure: typeof dbts): Promise<number | undefined> {
  const folder = path.join(home, `seed-${side}`);
  writeManyModels(folder, 1);
  const file = path.join(folder, 'seeds/events.csv');
  // A row takes about fifty bytes.
  const rows = Math.round(size * 20_000);
  await writeTransactions(file, rows, '');
  const figures = measure({ kind: 'seed', folder });
  const time = figures?.times['seed'];
  if (figures === undefined || time === undefined) return undefined;
  const pace = rows / (time / 1000);
  const written = megabytes(fs.statSync(file).size / 1e6);
  const took = `${(time / 1000).toFixed(1)} s, ${count(pace)} rows a second, memory ${megabytes(figures.memory)}`;
  console.log(`  ${side.padEnd(10)} ${count(rows)} rows (${written}) in ${took}`);
  return pace;
}

async function bench([models = 10_000, dbtModels = 2000, size = 50, dbtSize = 5]: readonly number[]): Promise<void> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-scale-'));
  try {
    benchModels(home, [dbtModels, models], dbtModels);
    console.log('\nOne seed');
    const own = await benchSeed(home, 'Modelyard', size, ours);
    const peer = await benchSeed(home, 'dbt-core', dbtSize, dbts);
    if (own !== undefined && peer !== undefined)
      console.log(`  Modelyard loads ${(own / peer).toFixed(1)} times as many rows a second`);
  } finally {
    fs.rmSync(home, { recursive: true });
  }
}

const [, , first = '', task = ''] = process.argv;
if (first === 'measure') console.log(JSON.stringify(await measured(JSON.parse(task) as Task)));
else await bench(process.argv.slice(2).map(Number));
