// The VS Code server, out of the npm package code-server: nothing is compiled and nothing but npm is asked.
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../install.mjs';
import { writeStandIns } from './standIns.mjs';

/** 4.100.3 carries VS Code 1.100.3, the newest server that runs on Node 20. */
const codeServer = 'code-server@4.100.3';

/** Search in files and `workspace.findFiles` run this program, which the server's own install script would download. */
const ripgrep = `@vscode/ripgrep-${process.platform}-${process.arch}@1.18.0`;

/**
 * Fetches and prepares the server in .vscode-test/ unless it is there.
 * @returns {Promise<string>} the server's main script, to be run with Node
 */
export async function prepareServer() {
  const home = path.join(root, '.vscode-test', codeServer.replace('@', '-'));
  if (!fs.existsSync(home)) {
    // Made aside and renamed: a folder of the final name is always whole.
    const draft = `${home}.${process.pid}`;
    try {
      await unpack(codeServer, draft);
      const server = path.join(draft, 'lib/vscode');
      await Promise.all([addDependencies(server), addDependencies(path.join(server, 'extensions'))]);
      writeStandIns(path.join(server, 'node_modules'));
      await addRipgrep(path.join(server, 'node_modules/@vscode/ripgrep/bin'), `${draft}.rg`);
      fs.renameSync(draft, home);
    } finally {
      for (const leftover of [draft, `${draft}.rg`]) fs.rmSync(leftover, { recursive: true, force: true });
    }
  }
  return path.join(home, 'lib/vscode/out/server-main.js');
}

/**
 * @param {string} spec package name and version
 * @param {string} folder where the package's files go
 */
async function unpack(spec, folder) {
  fs.mkdirSync(folder, { recursive: true });
  const archive = (await npm(['pack', '--silent', spec], folder)).trim().split('\n').pop() ?? '';
  await run('tar', ['xzf', archive, '--strip-components=1'], { cwd: folder });
  fs.rmSync(path.join(folder, archive));
}

/**
 * Not `npm ci`: the shrinkwrap inside the package does not agree with its package.json.
 * @param {string} folder
 */
async function addDependencies(folder) {
  await npm(['install', '--omit=dev'], folder);
}

/**
 * @param {string} bin where the server looks for the program
 * @param {string} scratch
 */
async function addRipgrep(bin, scratch) {
  await unpack(ripgrep, scratch);
  fs.cpSync(path.join(scratch, 'bin'), bin, { recursive: true });
}

const run = promisify(execFile);

/**
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {Promise<string>} what npm printed
 */
async function npm(args, cwd) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const windows = process.platform === 'win32'; // npm is a .cmd file there
  const { stdout } = await run('npm', [...args, ...quiet], { cwd, encoding: 'utf8', shell: windows });
  return stdout;
}
