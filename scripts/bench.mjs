// Runs a benchmark of bench/.
// usage: npm run bench [build | load | generate | parse | results | scale] [numbers …]     (build without a name; each file says what they mean)
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, runOrExit } from './install.mjs';
import { benchWarehouses } from './benchWarehouses.mjs';
import { pythonTools } from './pythonTools.mjs';

const names = ['build', 'load', 'generate', 'parse', 'results', 'scale'];
/**
 * What a benchmark needs of Python, by its name.
 *
 * @type {Readonly<Record<string, string>>}
 */
const requirements = {
  generate: 'bench/python/requirements.txt',
  parse: 'test/differential/requirements.txt',
  scale: 'test/differential/requirements.txt',
};
const [name = 'build', ...numbers] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`There is no benchmark "${name}": it is one of ${names.join(', ')}.`);
  process.exit(2);
}

ensureInstalled();
const esbuild = await import('esbuild');
if (name === 'build' || name === 'load') buildNativeSqlite();
runOrExit(process.execPath, ['scripts/build.mjs', '--production']);

// Inside the repository, so that packages are found; not in dist/, which another build would empty meanwhile.
const folder = path.join(root, '.vscode-test', `bench-${process.pid}`);
process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
for (const file of ['cli.js', 'node/engineWorker.js', 'sql-wasm.wasm']) {
  fs.cpSync(path.join(root, 'dist', file), path.join(folder, file));
}
await esbuild.build({
  absWorkingDir: root,
  entryPoints: [`bench/${name}.ts`],
  outdir: folder,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
const wanted = requirements[name];
const python =
  wanted === undefined ? {} : { MODELYARD_PYTHON: path.join(pythonTools(path.join(root, wanted)), 'python') };
const warehouses = name === 'results' ? { MODELYARD_WAREHOUSES: JSON.stringify(await benchWarehouses()) } : {};
runOrExit(process.execPath, ['--enable-source-maps', path.join(folder, `${name}.mjs`), ...numbers], {
  env: { ...process.env, MODELYARD_ROOT: root, MODELYARD_DIST: folder, ...python, ...warehouses },
});

/** better-sqlite3 is compiled when it is first needed: installing runs no scripts. */
function buildNativeSqlite() {
  if (fs.existsSync(path.join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))) return;
  console.log('Building better-sqlite3, the native SQLite to compare with…');
  const { status } = spawnSync('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(
    'better-sqlite3 could not be built: it needs the binary that its makers offer on GitHub, or Python, a C++\n' +
      "compiler and Node's headers. The times are printed without the ratios to native SQLite.",
  );
}
