// Opens VS Code in the browser on a new folder with the sample project, with Modelyard installed. Ctrl+C ends it.
// usage: npm start [-- --empty]   (--empty: the folder has nothing in it)
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensureInstalled, root } from './install.mjs';
import { step } from './steps.mjs';
import { browserSwitches, ensureBrowser } from './vscode/browser.mjs';
import { prepareServer } from './vscode/prepareServer.mjs';
import { endProcess, exitOnSignals, startProcess } from './vscode/processes.mjs';
import { startServer } from './vscode/server.mjs';

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'modelyard-'));
process.once('exit', () => fs.rmSync(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));

/** What is to be ended, the last first. @type {(() => Promise<void>)[]} */
const started = [];
let ending = false;
exitOnSignals(async () => {
  ending = true;
  console.log('\nEnding VS Code…');
  for (const stop of started.reverse()) await stop();
});

await step('Checking npm packages', ensureInstalled);
const { packageExtension } = await import('./package.mjs');
const vsix = await step('Building and packaging the extension', packageExtension);
await step('Preparing VS Code (once: about 300 MB in .vscode-test)', prepareServer);
const server = await step('Starting VS Code with the extension installed', () => startServer({ vsix }));
started.push(server.stop);

const isEmpty = process.argv.includes('--empty');
const demo = path.join(home, isEmpty ? 'demo' : 'gaming_analytics');
fs.mkdirSync(demo);
if (!isEmpty) {
  await step('Writing the sample project and its data', () => {
    modelyard(['create', demo]);
    modelyard(['generate', '--project-dir', path.join(demo, 'dbt_project')]);
  });
}
const address = server.address(demo);
const reason = hasDisplay() ? await openBrowser() : 'there is no display';
if (reason !== undefined) console.log(`No browser was opened: ${reason}.`);
console.log(`
VS Code with Modelyard:  ${address}
Begin there with F1 and "Modelyard: ${isEmpty ? 'Create Sample Project' : 'Build'}".
Ctrl+C here ends VS Code and removes the folder.`);

/** @param {readonly string[]} args */
function modelyard(args) {
  execFileSync(process.execPath, [path.join(root, 'dist/cli.js'), ...args], { stdio: 'ignore' });
}

/** macOS and Windows sessions always have one. */
function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/**
 * A window of its own with a profile of its own: nothing of the user's browser is touched.
 * @returns {Promise<string | undefined>} why none was opened
 */
async function openBrowser() {
  const browser = await step('Looking for a browser', ensureBrowser);
  if ('missing' in browser) return browser.missing;
  const profile = `--user-data-dir=${path.join(home, 'browser')}`;
  const switches = [...browserSwitches, profile, '--window-size=1440,900', `--app=${address}`];
  const running = startProcess(browser.program, switches, process.env);
  started.push(() => endProcess(running));
  void running.ended.then(() => {
    if (!ending) console.log(`The browser window is closed; VS Code is still at ${address}`);
  });
  return undefined;
}
