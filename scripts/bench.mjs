// Runs a benchmark of bench/: build (the default), load or generate.
// usage: node scripts/bench.mjs [name]
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root, runOrExit } from './install.mjs';

ensureInstalled();
const name = process.argv[2] ?? 'build';
const source = path.join(root, 'bench', `${name}.ts`);
if (!fs.existsSync(source)) {
  console.error(`There is no bench/${name}.ts`);
  process.exit(1);
}
ensureNativeSqlite();
runOrExit(process.execPath, [path.join(root, 'scripts/build.mjs')]);
const esbuild = await import('esbuild');
const outfile = path.join(root, '.vscode-test', `bench-${name}.mjs`);
await esbuild.build({
  absWorkingDir: root,
  entryPoints: [source],
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  packages: 'external',
  logLevel: 'warning',
});
const { status } = spawnSync(process.execPath, ['--expose-gc', outfile], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MODELYARD_ROOT: root },
});
process.exit(status ?? 1);

/** The peer, better-sqlite3, is compiled when a benchmark first needs it: installing runs no scripts. */
function ensureNativeSqlite() {
  if (fs.existsSync(path.join(root, 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'))) return;
  console.log('Compiling better-sqlite3, the peer…');
  runOrExit('npm', ['rebuild', 'better-sqlite3', '--ignore-scripts=false'], { shell: process.platform === 'win32' });
}
