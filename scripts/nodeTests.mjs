// Test files of one folder under Node's own test runner.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import { root } from './install.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} folder searched with its subfolders, as `test/unit`
 * @param {readonly string[]} [parts] only files whose path holds one of these; none means all
 * @returns {string[]} the `*.test.ts` files, sorted, relative to the repository
 */
export function findTests(folder, parts = []) {
  const home = path.join(root, folder);
  if (!fs.existsSync(home)) return [];
  return fs
    .readdirSync(home, { recursive: true })
    .map((file) => `${folder}/${String(file).split(path.sep).join('/')}`)
    .filter((file) => file.endsWith('.test.ts') && (parts.length === 0 || parts.some((part) => file.includes(part))))
    .sort();
}

/**
 * Bundles the files (packages stay imports) and runs each in a process of its own, with the output shown.
 * @param {readonly string[]} files
 * @param {{ concurrency: number, env?: Readonly<Record<string, string>> }} options files that run at once; variables
 *   for them
 * @returns {Promise<Counts>}
 */
export async function runNodeTests(files, { concurrency, env = {} }) {
  // Inside the repository, so that packages are found; not in dist/, which a build empties.
  const outdir = path.join(root, '.vscode-test', `bundles-${process.pid}`);
  const counts = path.join(outdir, 'counts.json');
  try {
    await bundle(files, outdir);
    const built = files.map((file) => path.join(outdir, file.replace(/\.ts$/, '.mjs')));
    const reporter = new URL('./countReporter.mjs', import.meta.url).href;
    const exitCode = await run(
      [
        '--enable-source-maps',
        '--test',
        ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
        ...[`--test-reporter=${reporter}`, `--test-reporter-destination=${counts}`],
        `--test-concurrency=${concurrency}`,
        ...built,
      ],
      { ...process.env, ...env, MODELYARD_ROOT: root },
    );
    const { passed, failed, skipped } = fs.existsSync(counts)
      ? /** @type {Counts} */ (JSON.parse(fs.readFileSync(counts, 'utf8')))
      : { passed: 0, failed: 0, skipped: 0 };
    // A runner that fails without a failing test (a crash, no test at all) is a failure too.
    const noTest = passed + failed + skipped === 0;
    return { passed, failed: failed === 0 && (exitCode !== 0 || noTest) ? 1 : failed, skipped };
  } finally {
    fs.rmSync(outdir, { recursive: true, force: true });
  }
}

/**
 * @param {readonly string[]} files
 * @param {string} outdir
 */
async function bundle(files, outdir) {
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: [...files],
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
}

/**
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
