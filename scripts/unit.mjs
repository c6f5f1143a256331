// Runs unit tests under Node's own test runner.
// usage: node scripts/unit.mjs [part of a path …]   (builds only the tests that match)
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './install.mjs';

ensureInstalled();
const esbuild = await import('esbuild');
const parts = process.argv.slice(2).filter((a) => !a.startsWith('-'));
const files = fs
  .readdirSync(path.join(root, 'test/unit'), { recursive: true })
  .map((f) => `test/unit/${String(f).split(path.sep).join('/')}`)
  .filter((f) => f.endsWith('.test.ts') && (parts.length === 0 || parts.some((p) => f.includes(p))))
  .sort();
if (files.length === 0) {
  console.error(`no unit test matches ${parts.join(', ')}`);
  process.exit(1);
}
const outdir = path.join(root, 'dist', `unit-${process.pid}`);
const onExit = () => fs.rmSync(outdir, { recursive: true, force: true });
process.on('exit', onExit);
await esbuild.build({
  absWorkingDir: root,
  entryPoints: files,
  outbase: '.',
  outdir,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  sourcemap: 'linked',
  logLevel: 'warning',
});
const built = files.map((f) => path.join(outdir, f.replace(/\.ts$/, '.mjs')));
const { status } = spawnSync(
  process.execPath,
  ['--enable-source-maps', '--test', '--test-reporter=spec', `--test-concurrency=${process.env.CI ? 2 : 2}`, ...built],
  { cwd: root, stdio: 'inherit', env: { ...process.env, MODELYARD_ROOT: root } },
);
process.exit(status ?? 1);
