// Makes modelyard-<version>.vsix, and checks what is in it.
// usage: node scripts/package.mjs
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { ensureInstalled, root } from './install.mjs';
import { readZip } from './zipFile.mjs';

/** Bytes of the package, as it is downloaded. */
const packageLimit = 4 * 1024 * 1024;

/** Most bytes a view's script may have, gzipped. */
const scriptLimits = { 'dist/webview/lineage.js': 180_000, 'dist/webview/results.js': 260_000 };

/** Files the package always has; a view may have a style sheet beside its script. */
const wanted = [
  'package.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE.txt',
  'dist/sql-wasm.wasm',
  'dist/sampleFiles.json',
  'dist/node/extension.js',
  'dist/node/engineWorker.js',
  'dist/browser/extension.js',
  'dist/browser/engineWorker.js',
  ...Object.keys(scriptLimits),
];
const allowed = ['dist/webview/lineage.css', 'dist/webview/results.css'];

/** Folders that ship whole. */
const wholeFolders = ['media', 'models', 'schemas', 'templates'];

/**
 * Builds for production (package.json's vscode:prepublish) and packages. What vsce prints is shown when it fails.
 * @returns {Promise<string>} the package's absolute path
 */
export async function packageExtension() {
  const { name, version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, `${name}-${version}.vsix`);
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  // Everything is bundled; relative links of the README are made to point into the repository.
  const options = ['--no-dependencies', '--out', vsix];
  await promisify(execFile)(process.execPath, [vsce, 'package', ...options], { cwd: root }).catch((error) => {
    throw new Error(`vsce package failed\n${error.stdout}${error.stderr}`);
  });
  return vsix;
}

/**
 * Compares a package with what belongs in it.
 * @param {string} vsix
 * @returns {{ sizes: readonly { name: string, bytes: number, limit?: number }[], problems: readonly string[] }} sizes
 *   in bytes: of each file as it is compressed in the package, of what has a limit, and in all
 */
export function checkPackage(vsix) {
  const entries = readZip(vsix)
    .filter(({ name }) => name.startsWith('extension/'))
    .map(({ name, compressed }) => ({ name: sourceName(name.slice('extension/'.length)), bytes: compressed.length }));
  const present = new Set(entries.map(({ name }) => name));
  const expected = new Set([...wanted, ...wholeFolders.flatMap(filesBelow)]);
  const total = fs.statSync(vsix).size;
  const limited = [
    { name: 'package', bytes: total, limit: packageLimit },
    ...Object.entries(scriptLimits)
      .filter(([name]) => present.has(name))
      .map(([name, limit]) => ({
        name: `${name}, gzipped`,
        bytes: gzipSync(fs.readFileSync(path.join(root, name)), { level: 9 }).length,
        limit,
      })),
  ];
  return {
    sizes: [...entries.sort((a, b) => b.bytes - a.bytes), ...limited],
    problems: [
      ...[...expected].filter((name) => !present.has(name)).map((name) => `${name} is missing`),
      ...[...present]
        .filter((name) => !expected.has(name) && !allowed.includes(name))
        .map((name) => `${name} does not belong`),
      ...limited
        .filter(({ bytes, limit }) => bytes > limit)
        .map(({ name, bytes, limit }) => `${name} has ${bytes} bytes; the limit is ${limit}`),
    ],
  };
}

/**
 * vsce writes two of the file names in small letters.
 * @param {string} name in the package
 */
function sourceName(name) {
  return { 'readme.md': 'README.md', 'changelog.md': 'CHANGELOG.md' }[name] ?? name;
}

/** @param {string} folder */
function filesBelow(folder) {
  return fs
    .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  const vsix = await packageExtension();
  const { sizes, problems } = checkPackage(vsix);
  const digits = Math.max(...sizes.map(({ bytes }) => bytes.toLocaleString('en').length));
  for (const { name, bytes, limit } of sizes) {
    const of = limit === undefined ? '' : ` (limit ${limit.toLocaleString('en')})`;
    console.log(`${bytes.toLocaleString('en').padStart(digits)}  ${name}${of}`);
  }
  for (const problem of problems) console.error(`${path.basename(vsix)}: ${problem}`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
