/**
 * From the click to the results: seconds until a model that was just edited is built and its first 500 rows are there,
 * and until the whole sample (5,000 rows a table) is built and tested; offline in the editor's own process and as a
 * command, beside dbt-core and dbt 2 on DuckDB and on a PostgreSQL server of this machine, which are always commands:
 * what an editor that runs dbt has to wait for. The sides take turns; the least of each counts.
 *
 * usage: npm run bench results [rounds]     (default: 5)
 */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { neverCancelled } from '../src/core/diagnostics/cancellation.ts';
import { uniqueId } from '../src/core/project/uniqueId.ts';
import type { RunRequest } from '../src/core/service/modelyardProject.ts';
import { tablePage } from '../src/core/service/tableRows.ts';
import { nodeEngineAssets, startEngine } from '../src/engine/node/startEngine.ts';
import { openProject } from './openProject.ts';

/** A dbt with its warehouse, as scripts/benchWarehouses.mjs makes it. */
interface Warehouse {
  readonly title: string;
  readonly program: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How one side does the two things. */
interface Side {
  readonly title: string;
  readonly folder: string;
  readonly rows: () => Promise<void>;
  readonly build: () => Promise<void>;
}

const dist = process.env['MODELYARD_DIST'] ?? 'dist';
const { project: sample, warehouses } = JSON.parse(process.env['MODELYARD_WAREHOUSES'] ?? '{}') as {
  readonly project: string;
  readonly warehouses: readonly Warehouse[];
};
const model = 'daily_player_transactions';
const modelId = uniqueId('model', 'gaming_analytics', model);
const modelFile = `models/core/${model}.sql`;
const rowsShown = 500;

function inEditor(): Side & { readonly close: () => Promise<void> } {
  const project = openProject(sample, startEngine(nodeEngineAssets(dist)));
  const run = async (request: Pick<RunRequest, 'command' | 'select'>): Promise<void> => {
    const more = { exclude: [], args: {}, cancellation: neverCancelled, onEvent: () => undefined };
    const outcome = await project.run({ ...request, ...more });
    const isWell = outcome.kind === 'ran' && outcome.results.results.every(({ status }) => status !== 'error');
    if (!isWell) throw new Error('Modelyard could not build the sample');
  };
  return {
    title: 'Modelyard, in the editor',
    folder: sample,
    rows: async () => {
      project.changed([modelFile]);
      await run({ command: 'run', select: [model] });
      const { manifest } = await project.read();
      if (manifest === undefined) throw new Error('Modelyard could not read the sample');
      const page = await tablePage(project, manifest, modelId, { from: 0, count: rowsShown });
      if (page.length !== rowsShown) throw new Error(`${String(page.length)} rows were read`);
    },
    build: () => run({ command: 'build', select: [] }),
    close: () => project.close(),
  };
}

/** A side that is a command: `run` and `show`, and `build`. */
function asCommands(title: string, folder: string, program: readonly string[], env: Warehouse['env']): Side {
  const [file = '', ...first] = program;
  const call = (args: readonly string[]): void => {
    const variables = { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', ...env };
    const { status } = spawnSync(file, [...first, ...args], { cwd: folder, env: variables, stdio: 'ignore' });
    if (status !== 0) throw new Error(`${title}: ${args.join(' ')} ended with ${String(status)}`);
  };
  const asked = (args: readonly string[]): Promise<void> => {
    call([...args, '--profiles-dir', '.']);
    return Promise.resolve();
  };
  return {
    title,
    folder,
    rows: async () => {
      await asked(['run', '--select', model]);
      await asked(['show', '--inline', `select * from {{ ref('${model}') }}`, '--limit', String(rowsShown)]);
    },
    build: () => asked(['build']),
  };
}

const editor = inEditor();
const sides: readonly Side[] = [
  editor,
  asCommands('Modelyard, as a command', sample, [process.execPath, path.join(dist, 'cli.js')], {}),
  ...warehouses.map(({ title, folder, program, env }) => asCommands(title, folder, [program], env)),
];
const times = new Map(sides.map(({ title }) => [title, { rows: [] as number[], build: [] as number[] }]));
const timed = async (work: () => Promise<void>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
for (let round = 0; round < Number(process.argv[2] ?? 5); round += 1) {
  for (const { title, folder, rows, build } of sides) {
    fs.appendFileSync(path.join(folder, modelFile), `-- ${title} ${String(round)}\n`);
    times.get(title)?.rows.push(await timed(rows));
    times.get(title)?.build.push(await timed(build));
  }
}
await editor.close();
const least = (title: string, what: 'rows' | 'build'): number => Math.min(...(times.get(title)?.[what] ?? []));
console.log('seconds from the click to the results (the editor is so many times as quick)');
for (const { title } of sides) {
  const shown = (['rows', 'build'] as const).map((what) => {
    const ratio = least(title, what) / least(editor.title, what);
    return `${what} ${least(title, what).toFixed(2).padStart(6)} (${ratio.toFixed(0).padStart(3)})`;
  });
  console.log(`  ${title.padEnd(26)} ${shown.join('   ')}`);
}
