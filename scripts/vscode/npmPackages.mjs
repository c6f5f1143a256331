// Programs that npm carries, fetched without running anything of theirs.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<string>} what npm printed
 */
export async function npm(args, cwd) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const windows = process.platform === 'win32'; // npm is a .cmd file there
  const { stdout } = await run('npm', [...args, ...quiet], { cwd, encoding: 'utf8', shell: windows });
  return stdout;
}

/**
 * Unpacks a package, without its dependencies.
 * @param {string} spec package name and version
 * @param {string} folder where its files go
 */
export async function unpackPackage(spec, folder) {
  fs.mkdirSync(folder, { recursive: true });
  const archive = (await npm(['pack', '--silent', spec], folder)).trim().split('\n').pop() ?? '';
  await run('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
  fs.rmSync(path.join(folder, archive));
}

/**
 * Makes a folder unless it is there. It is made aside and renamed: a folder of the final name is always whole.
 * @param {string} folder
 * @param {(draft: string) => Promise<void>} make
 */
export async function makeOnce(folder, make) {
  if (fs.existsSync(folder)) return;
  const draft = `${folder}.${process.pid}`;
  try {
    await make(draft);
    fs.renameSync(draft, folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}
