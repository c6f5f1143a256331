/**
 * Of the sample project and of projects of many models: milliseconds that reading (dbt's parse), compiling, reading
 * again after one edit, and building take, beside dbt-core on DuckDB, whose commands run in one Python process that has
 * all its modules loaded; and a whole `build` as a command, the start of the process included. Of each side the least
 * of its rounds counts.
 *
 * usage: npm run bench parse [models …]     (default: 10, 100, 1,000 and 5,000)
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nodeFiles } from '../src/cli/nodeFiles.ts';
import { neverCancelled } from '../src/core/diagnostics/cancellation.ts';
import { formatDiagnostic } from '../src/core/diagnostics/diagnostic.ts';
import { compileNodes } from '../src/core/service/compileNodes.ts';
import { createSampleProject, sampleProjectFolder } from '../src/core/service/sampleProject.ts';
import { nodeEngineAssets, startEngine } from '../src/engine/node/startEngine.ts';
import { sampleFiles } from '../scripts/sampleFiles.mjs';
import { modelFile, writeManyModels } from './manyModels.ts';
import { openProject } from './openProject.ts';

const root = process.env['MODELYARD_ROOT'] ?? process.cwd();
const dist = process.env['MODELYARD_DIST'] ?? path.join(root, 'dist');
const python = process.env['MODELYARD_PYTHON'];
const mostBuilt = 100;
const asCommand = 'build as a command';

type Times = Record<string, number>;

/** A project to measure: a file of it to edit, and whether it is also built. */
interface Subject {
  readonly title: string;
  readonly folder: string;
  readonly edited: string;
  readonly isBuilt: boolean;
  readonly rounds: number;
}

async function ours({ folder, edited, isBuilt, rounds }: Subject): Promise<Times> {
  const times: Record<string, number[]> = {};
  const engine = startEngine(nodeEngineAssets(dist));
  const measure = async <T>(step: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    (times[step] ??= []).push(performance.now() - start);
    return result;
  };
  try {
    for (let round = 0; round < rounds; round += 1) {
      const project = openProject(folder, engine);
      const { diagnostics } = await measure('parse', () => project.read());
      if (diagnostics.length > 0) throw new Error(diagnostics.map(formatDiagnostic).slice(0, 3).join('\n'));
      fs.appendFileSync(path.join(folder, edited), `-- ${String(round)}\n`);
      project.changed([edited]);
      await measure('parse after one edit', () => project.read());
      await measure('compile', () => compileNodes(project, { select: [], exclude: [] }));
      if (!isBuilt) continue;
      const request = { command: 'build', select: [], exclude: [], cancellation: neverCancelled } as const;
      const outcome = await measure('build', () => project.run({ ...request, onEvent: () => undefined }));
      if (outcome.kind === 'refused') throw new Error(outcome.diagnostics.map(formatDiagnostic).join('\n'));
    }
  } finally {
    await engine.close();
  }
  return Object.fromEntries(Object.entries(times).map(([step, all]) => [step, Math.min(...all)]));
}

function dbt({ folder, edited, isBuilt, rounds }: Subject): Times | undefined {
  if (python === undefined) return undefined;
  const args = [path.join(root, 'bench/python/dbt_times.py'), folder, edited, rounds > 3 ? '3' : '1'];
  if (isBuilt) args.push('build');
  const { status, stdout } = spawnSync(python, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error('dbt could not be measured');
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as Times;
}

/** Milliseconds of `build` as a command of the shell, the least of three. */
function commandTime(folder: string, program: string, args: readonly string[]): number {
  const env = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false' };
  const times = [1, 2, 3].map(() => {
    const start = performance.now();
    const { status } = spawnSync(program, [...args, 'build'], { cwd: folder, env, stdio: 'ignore' });
    if (status !== 0) throw new Error(`${program} ${args.join(' ')} build ended with ${String(status)}`);
    return performance.now() - start;
  });
  return Math.min(...times);
}

async function bench(subject: Subject): Promise<void> {
  const own = await ours(subject);
  const peer = dbt(subject);
  if (subject.isBuilt) own[asCommand] = commandTime(subject.folder, process.execPath, [path.join(dist, 'cli.js')]);
  if (subject.isBuilt && peer !== undefined && python !== undefined) {
    peer[asCommand] = commandTime(subject.folder, path.join(path.dirname(python), 'dbt'), []);
  }
  const memory = Math.round(process.memoryUsage().rss / 1e6);
  console.log(`\n${subject.title} (memory of this process: ${String(memory)} MB)`);
  for (const [step, time] of Object.entries(own)) {
    const other = peer?.[step];
    const ratio =
      other === undefined ? '' : `   dbt-core ${other.toFixed(0).padStart(7)} ms   ${(other / time).toFixed(1)} times`;
    console.log(`  ${step.padEnd(22)} ${time.toFixed(1).padStart(9)} ms${ratio}`);
  }
}

async function benchSample(home: string): Promise<void> {
  await createSampleProject(nodeFiles(home), sampleFiles(root), (from) => fs.promises.readFile(path.join(root, from)));
  const folder = path.join(home, sampleProjectFolder);
  spawnSync(process.execPath, [path.join(dist, 'cli.js'), 'generate', '--no-tests'], { cwd: folder, stdio: 'ignore' });
  const edited = 'models/core/daily_player_transactions.sql';
  await bench({ title: 'The sample project', folder, edited, isBuilt: true, rounds: 15 });
}

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-parse-'));
try {
  await benchSample(path.join(home, 'sample'));
  for (const models of process.argv.length > 2 ? process.argv.slice(2).map(Number) : [10, 100, 1000, 5000]) {
    const folder = path.join(home, String(models));
    writeManyModels(folder, models);
    const edited = modelFile(models - 1);
    const title = `${models.toLocaleString('en')} models`;
    await bench({
      title,
      folder,
      edited,
      isBuilt: models <= mostBuilt,
      rounds: models > 1000 ? 3 : models > 10 ? 5 : 15,
    });
  }
} finally {
  fs.rmSync(home, { recursive: true });
}
