/**
 * Milliseconds of each step of the sample project, from generating to the first rows, through the service that the
 * editor and the command line use, with the engine in its worker; beside it the same step on native SQLite
 * (better-sqlite3), as a ratio.
 *
 * usage: npm run bench [build transactions …]     (default: 1,000, 100,000 and 1,000,000; a fifth as many players)
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { nodeFiles } from '../src/cli/nodeFiles.ts';
import { neverCancelled } from '../src/core/diagnostics/cancellation.ts';
import { formatDiagnostic, type Diagnostic } from '../src/core/diagnostics/diagnostic.ts';
import { generateData } from '../src/core/service/generateData.ts';
import { type ModelyardProject } from '../src/core/service/modelyardProject.ts';
import { createSampleProject, sampleProjectFolder } from '../src/core/service/sampleProject.ts';
import { tablePage } from '../src/core/service/tableRows.ts';
import { nodeEngineAssets, startEngine } from '../src/engine/node/startEngine.ts';
import { sampleFiles } from '../scripts/sampleFiles.mjs';
import type { Measure } from './measure.ts';
import { median } from './median.ts';
import { nativeBuild, type NativeWork } from './nativeBuild.ts';
import { nativeSqlite } from './nativeSqlite.ts';
import { StepTimes } from './stepTimes.ts';
import { openProject } from './openProject.ts';

type Times = ReadonlyMap<string, readonly number[]>;

const root = process.env['MODELYARD_ROOT'] ?? process.cwd();
const dist = process.env['MODELYARD_DIST'] ?? path.join(root, 'dist');
const Native = nativeSqlite();
const shown = 'daily_player_transactions';
const rowsShown = 500;
const titles: Readonly<Record<string, string>> = {
  generate: 'generate three CSVs',
  load: 'load three sources',
  tests: 'all tests',
  build: 'whole build',
  page: `first ${String(rowsShown)} rows`,
};

async function bench(transactions: number): Promise<void> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-build-'));
  const folder = path.join(home, sampleProjectFolder);
  const rounds = transactions > 500_000 ? 1 : transactions > 10_000 ? 3 : 5;
  const ours = new Map<string, number[]>();
  const native = new Map<string, number[]>();
  await createSampleProject(nodeFiles(home), sampleFiles(root), (from) => fs.promises.readFile(path.join(root, from)));
  const project = openProject(folder, startEngine(nodeEngineAssets(dist)));
  try {
    // The two take turns, so that what else the machine does falls on both.
    for (let round = 0; round < rounds; round += 1) {
      await generated(project, transactions, into(ours));
      const work = await built(project, folder, into(ours));
      if (Native !== undefined) nativeBuild(Native, work, rowsShown, into(native));
    }
  } finally {
    await project.close();
    fs.rmSync(home, { recursive: true });
  }
  print(`${transactions.toLocaleString('en')} transactions, rounds: ${String(rounds)}`, ours, native);
}

function into(times: Map<string, number[]>): Measure {
  return (step, milliseconds) => times.set(step, [...(times.get(step) ?? []), milliseconds]);
}

/** Writes the CSVs; their new version makes the build load them again. */
async function generated(project: ModelyardProject, transactions: number, measure: Measure): Promise<void> {
  const others = Math.ceil(transactions / 5);
  const startedAt = performance.now();
  const { value, diagnostics } = await generateData(project, {
    seed: 42,
    rowsByTable: { affiliates: others, players: others, transactions },
    cancellation: neverCancelled,
    progress: () => undefined,
    judge: false,
  });
  measure('generate', performance.now() - startedAt);
  if (value === undefined) throw failed(diagnostics);
}

/** Builds, and reads the first rows; gives what native SQLite is to do after it. */
async function built(project: ModelyardProject, folder: string, measure: Measure): Promise<NativeWork> {
  const selection = { select: [], exclude: [] };
  const steps = new StepTimes();
  const startedAt = performance.now();
  const outcome = await project.run({
    command: 'build',
    ...selection,
    args: { which: 'build', ...selection },
    cancellation: neverCancelled,
    onEvent: (event) => steps.heard(event),
  });
  const milliseconds = performance.now() - startedAt;
  const { manifest } = await project.read();
  // On generated data every test passes, so whatever is found is a fault of the benchmark.
  if (outcome.kind === 'refused' || outcome.diagnostics.length > 0) throw failed(outcome.diagnostics);
  const { results } = outcome.results;
  const node = results.find((one) => one.node.name === shown)?.node;
  if (manifest === undefined || node === undefined) throw new Error(`${shown} was not built`);
  steps.takeDown(measure);
  measure('build', milliseconds);
  const readAt = performance.now();
  await tablePage(project, manifest, node.uniqueId, { from: 0, count: rowsShown });
  measure('page', performance.now() - readAt);
  const sources = [...manifest.nodes.values()].flatMap((one) => (one.resourceType === 'source' ? [one] : []));
  return { folder, manifest, sources, results, shown };
}

function failed(diagnostics: readonly Diagnostic[]): Error {
  return new Error(diagnostics.map(formatDiagnostic).join('\n'));
}

function print(title: string, ours: Times, native: Times): void {
  console.log(`\n${title}\n\n| step | Modelyard | native SQLite | ratio |\n| --- | ---: | ---: | ---: |`);
  for (const [step, times] of ours) {
    const own = median(times);
    const other = native.has(step) ? median(native.get(step) ?? []) : undefined;
    const ratio = other === undefined ? '' : (own / other).toFixed(2);
    console.log(`| ${titles[step] ?? step} | ${rounded(own)} | ${rounded(other)} | ${ratio} |`);
  }
}

function rounded(milliseconds: number | undefined): string {
  return milliseconds?.toFixed(milliseconds < 10 ? 1 : 0) ?? '';
}

const asked = process.argv.slice(2).map(Number);
console.log(`Node ${process.version}, ${String(os.availableParallelism())} cores, medians in milliseconds`);
for (const transactions of asked.length > 0 ? asked : [1_000, 100_000, 1_000_000]) await bench(transactions);
