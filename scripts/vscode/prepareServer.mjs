// The VS Code server, out of the npm package code-server: nothing is compiled and nothing but npm is asked.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../install.mjs';
import { makeOnce, npm, unpackPackage } from './npmPackages.mjs';
import { writeStandIns } from './standIns.mjs';
import { shareServiceWorker } from './webviewPage.mjs';

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
  await makeOnce(home, async (draft) => {
    await unpackPackage(codeServer, draft);
    const server = path.join(draft, 'lib/vscode');
    await Promise.all([addDependencies(server), addDependencies(path.join(server, 'extensions'))]);
    writeStandIns(path.join(server, 'node_modules'));
    shareServiceWorker(server);
    const scratch = path.join(draft, 'ripgrep');
    await unpackPackage(ripgrep, scratch);
    fs.cpSync(path.join(scratch, 'bin'), path.join(server, 'node_modules/@vscode/ripgrep/bin'), { recursive: true });
    fs.rmSync(scratch, { recursive: true });
  });
  return path.join(home, 'lib/vscode/out/server-main.js');
}

/**
 * Not `npm ci`: the shrinkwrap inside the package does not agree with its package.json.
 * @param {string} folder
 */
async function addDependencies(folder) {
  await npm(['install', '--omit=dev'], folder);
}
