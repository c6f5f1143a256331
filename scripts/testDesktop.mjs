// The in-host tests in a desktop VS Code, which is downloaded into .vscode-test/: for machines that may do that.
// usage: npm run test:desktop
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, root, runOrExit } from './install.mjs';
import { step } from './steps.mjs';

ensureInstalled();
const { runTests } = await import('@vscode/test-electron');
const { bundleInHostTests } = await import('./inHostTests.mjs');

await step('Building', () => runOrExit(process.execPath, ['scripts/build.mjs', '--production']));
const tests = await bundleInHostTests();
// A short path: the editor makes a socket in its data folder, whose path may have no more than about 100 characters.
const home = fs.mkdtempSync(path.join(os.tmpdir(), 'my-'));
const folder = path.join(home, 'folder');
fs.mkdirSync(folder);
try {
  process.exitCode = await runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: tests.node,
    launchArgs: [
      folder,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      '--skip-release-notes',
      `--user-data-dir=${path.join(home, 'data')}`,
    ],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  for (const leftover of [tests.folder, home]) {
    fs.rmSync(leftover, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
