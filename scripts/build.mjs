// One esbuild script for every bundle: extension (Node and browser host), engine workers, webviews, command line, tests.
// usage: node scripts/build.mjs [--watch] [--tests] [--production]
import fs from 'node:fs';
import path from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { sampleFiles } from './sampleFiles.mjs';
import { webviewBundle, webviewNames } from './webviewBundles.mjs';

ensureInstalled();
const esbuild = await import('esbuild');

const flags = new Set(process.argv.slice(2));
const production = flags.has('--production');

const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  define: { 'process.env.NODE_ENV': JSON.stringify(production ? 'production' : 'development') },
};
const nodeBundle = { ...common, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] };
const browserBundle = {
  ...common,
  platform: 'browser',
  mainFields: ['browser', 'module', 'main'],
  external: ['vscode'],
};
// The wasm loaders ask for Node's modules behind run-time tests that are false in a browser.
const workerBundle = { ...browserBundle, format: 'iife', external: ['vscode', 'fs', 'path', 'crypto', 'node:*'] };

const exists = (file) => fs.existsSync(path.join(root, file));
const bundles = [
  { ...nodeBundle, entryPoints: { extension: 'src/extension/node/extension.ts' }, outdir: 'dist/node' },
  { ...nodeBundle, entryPoints: { engineWorker: 'src/engine/node/engineWorker.ts' }, outdir: 'dist/node' },
  {
    ...browserBundle,
    format: 'cjs',
    entryPoints: { extension: 'src/extension/browser/extension.ts' },
    outdir: 'dist/browser',
  },
  { ...workerBundle, entryPoints: { engineWorker: 'src/engine/browser/engineWorker.ts' }, outdir: 'dist/browser' },
  { ...nodeBundle, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
  ...webviewNames.map((view) => webviewBundle(view, { root, outdir: 'dist/webview', production })),
].filter((b) => exists(Object.values(b.entryPoints)[0]));

/** Test files are found by glob; each becomes one ES module that imports packages as Node finds them. */
function testBundle() {
  const found = fs
    .readdirSync(path.join(root, 'test'), { recursive: true })
    .map((f) => `test/${String(f).split(path.sep).join('/')}`)
    .filter((f) => f.endsWith('.test.ts'));
  return {
    ...nodeBundle,
    format: 'esm',
    splitting: true,
    minify: false,
    packages: 'external',
    entryPoints: found,
    outbase: '.',
    outdir: 'dist/tests',
    outExtension: { '.js': '.mjs' },
  };
}

/** Files that ship as they are, and the list of the sample's files: a web extension cannot list a folder. */
function copyAssets() {
  fs.mkdirSync(path.join(root, 'dist'), { recursive: true });
  fs.copyFileSync(path.join(root, 'node_modules/sql.js/dist/sql-wasm.wasm'), path.join(root, 'dist/sql-wasm.wasm'));
  fs.writeFileSync(path.join(root, 'dist/sampleFiles.json'), JSON.stringify(sampleFiles(root)));
}

if (!flags.has('--watch')) fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
copyAssets();
const wanted = flags.has('--tests') ? [...bundles, testBundle()] : bundles;
if (flags.has('--watch')) {
  for (const bundle of wanted) await (await esbuild.context({ ...bundle, logLevel: 'info' })).watch();
} else {
  await Promise.all(wanted.map((bundle) => esbuild.build(bundle)));
}
